#include "support/program.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class CaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void ca_showsWhatTheAuthorityIs()
    {
        const Outcome outcome = runCa({});
        QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
        const QSslCertificate certificate(contentOf(path(QStringLiteral("ca/ca.pem"))));
        QVERIFY(!certificate.isNull());
        QVERIFY(outcome.out.contains(path(QStringLiteral("ca/ca.pem")).toUtf8()));
        QVERIFY(outcome.out.contains("Headrace CA ("));
        QVERIFY(outcome.out.contains(
            certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper()));
        QVERIFY(outcome.out.contains(
            certificate.expiryDate().toUTC().date().toString(Qt::ISODate).toLatin1()));
        QCOMPARE(runCa({}).out, outcome.out);
    }

    void export_writesTheCertificate_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        const auto row = [](const char *title, const QStringList &options, const char *file,
                             const char *format) {
            QTest::newRow(title) << options << QString::fromLatin1(file)
                                 << QString::fromLatin1(format);
        };
        const QString option = QStringLiteral("--format");
        row("pem by default", {}, "out", "pem");
        row("crt", {}, "out.crt", "pem");
        row("cer", {}, "out.CER", "der");
        row("p12", {}, "out.pfx", "p12");
        row("der said", { option, QStringLiteral("der") }, "out.pem", "der");
        row("p12 with a password",
            { QStringLiteral("--format=p12"), QStringLiteral("--password=secret") }, "out.x",
            "p12");
    }

    void export_writesTheCertificate()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, file);
        QFETCH(QString, format);
        const QByteArray pem = contentOf(path(QStringLiteral("ca/ca.pem")));
        const Outcome outcome = runCa(
            QStringList { QStringLiteral("export") } + options + QStringList { path(file) });
        QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
        QVERIFY(outcome.out.contains("without the key"));
        const QByteArray written = contentOf(path(file));
        if (format == u"pem")
            QCOMPARE(written, pem);
        else if (format == u"der")
            QCOMPARE(written, QSslCertificate(pem).toDer());
        else
            QVERIFY(listOf(file, options.isEmpty() ? QString() : QStringLiteral("secret"))
                == "certificate");
    }

    void export_toStandardOutput_isThePemAlone()
    {
        const Outcome outcome = runCa({ QStringLiteral("export"), QStringLiteral("-") });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out, contentOf(path(QStringLiteral("ca/ca.pem"))));
    }

    void export_withKey_isEncryptedAndForTheOwnerAlone()
    {
        const QString file = QStringLiteral("key.p12");
        const Outcome outcome = runCa({ QStringLiteral("export"), QStringLiteral("--with-key"),
            QStringLiteral("--password"), QStringLiteral("secret"), path(file) });
        QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
        QVERIFY(outcome.out.contains("private key"));
        QCOMPARE(listOf(file, QStringLiteral("secret")), QByteArray("certificate key"));
        const QFile::Permissions others
            = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile(path(file)).permissions() & others));
    }

    void arguments_thatAreWrong_areRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *line) {
            QTest::newRow(line) << QString::fromLatin1(line).split(u' ');
        };
        row("import");
        row("export");
        row("export a b");
        row("export --format x a");
        row("export --format");
        row("export --nonsense a");
        row("export --with-key a.pem");
        row("export --with-key --password p a.cer");
        row("export --with-key a.p12");
        row("export --password p a.pem");
    }

    void arguments_thatAreWrong_areRefused()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = runCa(arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY(outcome.err.startsWith("headrace: "));
        QVERIFY(outcome.out.isEmpty());
    }

    void failures_areSaid()
    {
        Outcome outcome
            = runCa({ QStringLiteral("export"), QStringLiteral("/no/such/folder/ca.pem") });
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.err.contains("/no/such/folder/ca.pem"));
        QVERIFY(QFile::setPermissions(path(QStringLiteral("ca/ca.key")),
            QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        outcome = runCa({});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.err.contains("ca.key"));
    }

    void help_isPrinted()
    {
        const Outcome outcome = runCa({ QStringLiteral("--help") });
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.out.startsWith("Usage: headrace ca"));
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    Outcome runCa(const QStringList &arguments) const
    {
        return run(Program::headrace(), QStringList { QStringLiteral("ca") } + arguments,
            { QStringLiteral("HEADRACE_CA_DIR=") + path(QStringLiteral("ca")) });
    }

    /// What openssl finds in a PKCS#12 file.
    QByteArray listOf(const QString &file, const QString &password) const
    {
        const Outcome outcome = run(Program::tool(QStringLiteral("openssl")),
            { QStringLiteral("pkcs12"), QStringLiteral("-in"), path(file), QStringLiteral("-nodes"),
                QStringLiteral("-passin"), QStringLiteral("pass:") + password });
        QByteArrayList found;
        if (outcome.out.contains("BEGIN CERTIFICATE"))
            found += "certificate";
        if (outcome.out.contains("PRIVATE KEY"))
            found += "key";
        return found.join(' ');
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(CaTest)
#include "tst_ca.moc"

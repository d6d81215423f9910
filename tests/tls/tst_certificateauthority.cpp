#include "support/program.h"

#include <tls/certificateauthority.h>

#include <QFile>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using tls::CertificateAuthority;
using tls::Identity;
using tls::TlsError;

namespace {

QSslCertificate read(const QByteArray &der) { return QSslCertificate(der, QSsl::Der); }

QStringList namesOf(const Identity &identity)
{
    QStringList names = read(identity.certificate).subjectAlternativeNames().values();
    names.sort();
    return names;
}

/// Answers each connection with TLS.
class TlsServer : public QTcpServer
{
public:
    explicit TlsServer(const Identity &identity)
    {
        QList<QSslCertificate> chain { read(identity.certificate) };
        for (const QByteArray &issuer : identity.issuers)
            chain += read(issuer);
        m_configuration.setLocalCertificateChain(chain);
        m_configuration.setPrivateKey(QSslKey(identity.keyPem(), QSsl::Ec));
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setSslConfiguration(m_configuration);
        socket->startServerEncryption();
    }

private:
    QSslConfiguration m_configuration = QSslConfiguration::defaultConfiguration();
};

} // namespace

class CertificateAuthorityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        m_authority = CertificateAuthority::create(QStringLiteral("bench"), &m_error);
        QVERIFY2(m_authority, qPrintable(m_error.message));
        write(QStringLiteral("ca.pem"), m_authority->identity().certificatePem());
    }

    void authority_saysWhatItIs()
    {
        const QSslCertificate own = read(m_authority->identity().certificate);
        QVERIFY(own.isSelfSigned());
        const QString name = own.subjectInfo(QSslCertificate::CommonName).value(0);
        QVERIFY2(name.startsWith(QStringLiteral("Headrace CA (bench, ")), qPrintable(name));
        QCOMPARE(own.publicKey().algorithm(), QSsl::Ec);
        QVERIFY(own.effectiveDate() < QDateTime::currentDateTime());
        QVERIFY(own.expiryDate() > QDateTime::currentDateTime().addYears(9));
        const QString text = own.toText();
        QVERIFY(text.contains(QStringLiteral("CA:TRUE, pathlen:0")));
        QVERIFY(text.contains(QStringLiteral("Certificate Sign, CRL Sign")));
        QCOMPARE(m_authority->sha256(), own.digest(QCryptographicHash::Sha256));
    }

    void authority_withALongPlace_hasAWholeName()
    {
        const auto made = CertificateAuthority::create(QString(200, u'ü'), &m_error);
        QVERIFY(made);
        const QString name
            = read(made->identity().certificate).subjectInfo(QSslCertificate::CommonName).value(0);
        QVERIFY(name.toUtf8().size() <= 64);
        QVERIFY(name.endsWith(u'ü'));
    }

    void two_areNotTheSame()
    {
        const auto other = CertificateAuthority::create(QStringLiteral("bench"), &m_error);
        QVERIFY(other->identity().key != m_authority->identity().key);
        QVERIFY(other->sha256() != m_authority->sha256());
    }

    void leaf_holdsItsNames_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QStringList>("expected");
        QTest::addColumn<QString>("commonName");
        const QString longName
            = QString(60, u'a') + u'.' + QString(60, u'b') + QStringLiteral(".test");
        const auto row = [](const char *title, const QStringList &names,
                             const QStringList &expected, const QString &commonName) {
            QTest::newRow(title) << names << expected << commonName;
        };
        const QString api = QStringLiteral("api.example.test");
        row("name", { api }, { api }, api);
        row("upper case, root's dot", { QStringLiteral("API.Example.test.") }, { api }, api);
        row("doubles", { api, api }, { api }, api);
        row("several", { api, QStringLiteral("*.cdn.test") }, { QStringLiteral("*.cdn.test"), api },
            api);
        row("IDN", { QStringLiteral("münchen.test") }, { QStringLiteral("xn--mnchen-3ya.test") },
            QStringLiteral("xn--mnchen-3ya.test"));
        row("underscore", { QStringLiteral("a_b.test") }, { QStringLiteral("a_b.test") },
            QStringLiteral("a_b.test"));
        row("IPv4", { QStringLiteral("127.0.0.1") }, { QStringLiteral("127.0.0.1") }, {});
        row("IPv6", { QStringLiteral("[::1]") }, { QStringLiteral("::1") }, {});
        row("long", { longName }, { longName }, {});
    }

    void leaf_holdsItsNames()
    {
        QFETCH(QStringList, names);
        QFETCH(QStringList, expected);
        QFETCH(QString, commonName);
        TlsError error;
        const Identity leaf = m_authority->issue({ names }, &error);
        QVERIFY2(!error, qPrintable(error.message));
        QCOMPARE(namesOf(leaf), expected);
        QCOMPARE(
            read(leaf.certificate).subjectInfo(QSslCertificate::CommonName).value(0), commonName);
    }

    void leaf_isForServersAndShort()
    {
        TlsError error;
        const Identity leaf = m_authority->issue({ { QStringLiteral("a.test") } }, &error);
        const QSslCertificate certificate = read(leaf.certificate);
        const qint64 days = certificate.effectiveDate().daysTo(certificate.expiryDate());
        QVERIFY(days > 190 && days < 200);
        QVERIFY(certificate.effectiveDate() < QDateTime::currentDateTimeUtc());
        QCOMPARE(leaf.validUntil, certificate.expiryDate());
        const QString text = certificate.toText();
        QVERIFY(text.contains(QStringLiteral("TLS Web Server Authentication")));
        QVERIFY(text.contains(QStringLiteral("CA:FALSE")));
        QCOMPARE(leaf.issuers, QList<QByteArray> { m_authority->identity().certificate });
    }

    void leaf_hasASerialNumberOfItsOwn()
    {
        TlsError error;
        QSet<QByteArray> serials;
        for (int i = 0; i < 100; ++i)
            serials
                += read(m_authority->issue({ { QStringLiteral("a.test") } }, &error).certificate)
                       .serialNumber();
        QCOMPARE(serials.size(), 100);
    }

    void badNames_areRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("empty") << QString();
        QTest::newRow("space") << QStringLiteral("a b.test");
        QTest::newRow("empty label") << QStringLiteral("a..test");
        QTest::newRow("wildcard inside") << QStringLiteral("a.*.test");
        QTest::newRow("only a wildcard") << QStringLiteral("*.");
        QTest::newRow("label too long") << QString(64, u'a') + QStringLiteral(".test");
        QTest::newRow("too long") << QStringLiteral("%1.test").arg(
            QStringList(130, QStringLiteral("a")).join(u'.'));
        QTest::newRow("line feed") << QStringLiteral("a.test\nDNS:b.test");
        QTest::newRow("NUL") << QStringLiteral("a.test") + QChar(0) + QStringLiteral(".evil");
        QTest::newRow("hyphen first") << QStringLiteral("-a.test");
    }

    void badNames_areRefused()
    {
        QFETCH(QString, name);
        TlsError error;
        QVERIFY(m_authority->issue({ { name } }, &error).isNull());
        QCOMPARE(error.code, TlsError::Code::BadName);
        QVERIFY(!error.message.isEmpty());
        TlsError none;
        QVERIFY(m_authority->issue({}, &none).isNull());
        QCOMPARE(none.code, TlsError::Code::BadName);
    }

    void openssl_verifiesTheChain_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("check");
        QTest::newRow("name") << QStringLiteral("api.example.test")
                              << QStringList { QStringLiteral("-verify_hostname"),
                                     QStringLiteral("api.example.test") };
        QTest::newRow("wildcard") << QStringLiteral("*.cdn.test")
                                  << QStringList { QStringLiteral("-verify_hostname"),
                                         QStringLiteral("a.cdn.test") };
        QTest::newRow("IPv4") << QStringLiteral("192.0.2.7")
                              << QStringList { QStringLiteral("-verify_ip"),
                                     QStringLiteral("192.0.2.7") };
        QTest::newRow("IPv6") << QStringLiteral("2001:db8::7")
                              << QStringList { QStringLiteral("-verify_ip"),
                                     QStringLiteral("2001:db8::7") };
    }

    void openssl_verifiesTheChain()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, check);
        TlsError error;
        const QString file = write(
            QStringLiteral("leaf.pem"), m_authority->issue({ { name } }, &error).certificatePem());
        const QStringList arguments = QStringList { QStringLiteral("verify"),
            QStringLiteral("-x509_strict"), QStringLiteral("-purpose"), QStringLiteral("sslserver"),
            QStringLiteral("-CAfile"), m_folder.filePath(QStringLiteral("ca.pem")) }
            + check + QStringList { file };
        QProcess openssl;
        openssl.start(Program::tool(QStringLiteral("openssl")), arguments);
        QVERIFY(openssl.waitForFinished());
        QVERIFY2(openssl.exitCode() == 0, openssl.readAllStandardError());
    }

    void client_thatTrustsTheAuthority_shakesHands()
    {
        TlsError error;
        TlsServer server(m_authority->issue({ { QStringLiteral("localhost") } }, &error));
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QSslSocket client;
        QSslConfiguration configuration = client.sslConfiguration();
        configuration.setCaCertificates({ read(m_authority->identity().certificate) });
        client.setSslConfiguration(configuration);
        client.connectToHostEncrypted(
            QStringLiteral("127.0.0.1"), server.serverPort(), QStringLiteral("localhost"));
        QTRY_VERIFY(client.isEncrypted());
        QVERIFY(client.sslHandshakeErrors().isEmpty());
    }

    void pem_isReadAgain()
    {
        const Identity &own = m_authority->identity();
        TlsError error;
        const auto again
            = CertificateAuthority::fromPem(own.certificatePem(), own.keyPem(), &error);
        QVERIFY2(again, qPrintable(error.message));
        QCOMPARE(again->sha256(), m_authority->sha256());
        QCOMPARE(again->identity().validUntil, own.validUntil);
    }

    void pem_thatIsWrong_isRefused()
    {
        const Identity &own = m_authority->identity();
        TlsError error;
        const Identity leaf = m_authority->issue({ { QStringLiteral("a.test") } }, &error);
        const auto other = CertificateAuthority::create({}, &error);
        const std::pair<QByteArray, QByteArray> pairs[]
            = { { {}, {} }, { own.certificatePem(), {} }, { "garbage", own.keyPem() },
                  { own.certificatePem(), other->identity().keyPem() },
                  { leaf.certificatePem(), leaf.keyPem() }, // no authority
                  { own.certificatePem().left(200), own.keyPem() } };
        for (const auto &[certificate, key] : pairs) {
            TlsError refusal;
            QVERIFY(!CertificateAuthority::fromPem(certificate, key, &refusal));
            QCOMPARE(refusal.code, TlsError::Code::NotReadable);
            QVERIFY(!refusal.message.isEmpty());
        }
    }

    void pkcs12_isReadByOpenssl()
    {
        TlsError error;
        const QString file = write(
            QStringLiteral("ca.p12"), m_authority->toPkcs12(QStringLiteral("sécret"), &error));
        QVERIFY(!error);
        QProcess openssl;
        openssl.start(Program::tool(QStringLiteral("openssl")),
            { QStringLiteral("pkcs12"), QStringLiteral("-in"), file, QStringLiteral("-nodes"),
                QStringLiteral("-passin"), QStringLiteral("pass:sécret") });
        QVERIFY(openssl.waitForFinished());
        const QByteArray out = openssl.readAllStandardOutput();
        QVERIFY2(openssl.exitCode() == 0, openssl.readAllStandardError());
        QCOMPARE(QSslCertificate(out).toDer(), m_authority->identity().certificate);
        QVERIFY(out.contains("PRIVATE KEY"));
    }

private:
    QString write(const QString &name, const QByteArray &octets)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
            qFatal("%s cannot be written", qPrintable(name));
        return file.fileName();
    }

    QTemporaryDir m_folder;
    TlsError m_error;
    std::unique_ptr<CertificateAuthority> m_authority;
};

QTEST_GUILESS_MAIN(CertificateAuthorityTest)
#include "tst_certificateauthority.moc"

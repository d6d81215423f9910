#include <tls/authorityfile.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/stat.h>
#include <unistd.h>

using namespace headrace;
using tls::AuthorityFile;
using tls::TlsError;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int modeOf(const QString &path)
{
    struct stat status
    {
    };

    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 0777)
                                                                     : -1;
}

} // namespace

class AuthorityFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void firstUse_makesOne_thatStays()
    {
        const QTemporaryDir folder;
        const AuthorityFile file(folder.filePath(QStringLiteral("not/there/yet")));
        QVERIFY(!file.exists());
        TlsError error;
        const auto made = file.open(&error);
        QVERIFY2(made, qPrintable(error.message));
        QVERIFY(file.exists());
        QCOMPARE(modeOf(file.keyPath()), 0600);
        QCOMPARE(contentOf(file.certificatePath()), made->identity().certificatePem());
        const auto again = file.open(&error);
        QVERIFY(again);
        QCOMPARE(again->sha256(), made->sha256());
        QCOMPARE(QDir(QFileInfo(file.keyPath()).path()).entryList(QDir::Files),
            QStringList({ QStringLiteral("ca.key"), QStringLiteral("ca.pem") }));
    }

    void folders_haveEachTheirOwn()
    {
        const QTemporaryDir one;
        const QTemporaryDir other;
        TlsError error;
        QVERIFY(AuthorityFile(one.path()).open(&error)->sha256()
            != AuthorityFile(other.path()).open(&error)->sha256());
    }

    void keyThatOthersMayRead_isRefused()
    {
        const QTemporaryDir folder;
        const AuthorityFile file(folder.path());
        TlsError error;
        QVERIFY(file.open(&error));
        QCOMPARE(::chmod(QFile::encodeName(file.keyPath()).constData(), 0640), 0);
        QVERIFY(!file.open(&error));
        QCOMPARE(error.code, TlsError::Code::UnsafeKey);
        QVERIFY(error.message.contains(QStringLiteral("chmod 600")));
    }

    void damagedFiles_areRefused_andStay_data()
    {
        QTest::addColumn<bool>("isKey");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty certificate") << false << QByteArray();
        QTest::newRow("empty key") << true << QByteArray();
        QTest::newRow("garbage certificate") << false << QByteArray("garbage");
        QTest::newRow("garbage key") << true << QByteArray(1'000'000, 'x');
    }

    void damagedFiles_areRefused_andStay()
    {
        QFETCH(bool, isKey);
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        const AuthorityFile file(folder.path());
        TlsError error;
        QVERIFY(file.open(&error));
        const QString path = isKey ? file.keyPath() : file.certificatePath();
        QFile damaged(path);
        QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
        damaged.write(content);
        damaged.close();
        QVERIFY(!file.open(&error));
        QCOMPARE(error.code, TlsError::Code::NotReadable);
        QVERIFY(error.message.contains(path));
        QCOMPARE(contentOf(path), content);
    }

    void halfOfOne_isRefused_andStays()
    {
        const QTemporaryDir folder;
        const AuthorityFile file(folder.path());
        TlsError error;
        QVERIFY(file.open(&error));
        const QByteArray key = contentOf(file.keyPath());
        QVERIFY(QFile::remove(file.certificatePath()));
        QVERIFY(!file.open(&error));
        QCOMPARE(error.code, TlsError::Code::NotReadable);
        QCOMPARE(contentOf(file.keyPath()), key);
    }

    void folderThatCannotBeMade_isSaid()
    {
        const QTemporaryDir folder;
        QFile inTheWay(folder.filePath(QStringLiteral("file")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        TlsError error;
        QVERIFY(!AuthorityFile(folder.filePath(QStringLiteral("file/ca"))).open(&error));
        QCOMPARE(error.code, TlsError::Code::NotWritable);
    }

    void several_atTheSameMoment_getTheSameOne()
    {
        const QTemporaryDir folder;
        QList<QByteArray> seen(8);
        QList<QThread *> threads;
        for (QByteArray &fingerprint : seen) {
            threads += QThread::create([&folder, &fingerprint] {
                TlsError error;
                if (const auto authority = AuthorityFile(folder.path()).open(&error))
                    fingerprint = authority->sha256();
            });
            threads.constLast()->start();
        }
        for (QThread *thread : std::as_const(threads)) {
            QVERIFY(thread->wait());
            delete thread;
        }
        QVERIFY(!seen.constFirst().isEmpty());
        for (const QByteArray &fingerprint : std::as_const(seen))
            QCOMPARE(fingerprint, seen.constFirst());
    }

    void defaultFolder_canBeChosen()
    {
        qputenv("HEADRACE_CA_DIR", "/somewhere/else");
        QCOMPARE(AuthorityFile::defaultFolder(), QStringLiteral("/somewhere/else"));
        qunsetenv("HEADRACE_CA_DIR");
        QVERIFY(AuthorityFile::defaultFolder().endsWith(QStringLiteral("/headrace/ca")));
    }
};

QTEST_GUILESS_MAIN(AuthorityFileTest)
#include "tst_authorityfile.moc"

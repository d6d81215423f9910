#include "proxyfixture.h"
#include "rules/filebody.h"

#include <proxy/rulebook.h>

#include <QCryptographicHash>
#include <QTemporaryDir>

using namespace headrace;
using namespace headrace::proxy;

namespace {

constexpr int patience = 20'000; // milliseconds; only a fault takes so long

Rule rule(const char *name, Action action)
{
    Rule result;
    result.id = result.name = QString::fromLatin1(name);
    result.action = std::move(action);
    return result;
}

/// A proxy that answers by rules.
class Serving
{
public:
    explicit Serving(const QList<Rule> &rules)
    {
        m_proxy.proxy.setInterceptors({ &m_book });
        m_book.setRules(rules);
    }

    ProxyFixture *operator->() { return &m_proxy; }

private:
    RuleBook m_book;
    ProxyFixture m_proxy;
};

} // namespace

/// Files of any size that a rule answers with: as fast as the client takes them.
class FileStreamsTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path() const { return m_folder.filePath(QStringLiteral("a.bin")); }

    /// Octets that tell where they are.
    QByteArray write(qint64 size)
    {
        QByteArray octets;
        for (quint32 i = 0; octets.size() < size; ++i)
            octets += QByteArray::number(i) + '\n';
        octets.truncate(size);
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || file.write(octets) != size)
            qFatal("the file cannot be written");
        return octets;
    }

    static void request(QTcpSocket &client, const QByteArray &method = "GET",
        const QByteArray &fields = {}, const QByteArray &version = "1.1")
    {
        client.write(
            method + " http://a.test/ HTTP/" + version + "\r\nHost: a.test\r\n" + fields + "\r\n");
    }

    static QByteArray bodyOf(const QByteArray &octets)
    {
        const qsizetype head = octets.indexOf("\r\n\r\n");
        return head < 0 ? QByteArray() : octets.sliced(head + 4);
    }

private Q_SLOTS:

    void file_comesWhole_data()
    {
        QTest::addColumn<qint64>("size");
        QTest::newRow("empty") << qint64(0);
        QTest::newRow("one octet") << qint64(1);
        QTest::newRow("one step") << FileBody::Step;
        QTest::newRow("one step and one octet") << FileBody::Step + 1;
        QTest::newRow("many steps") << 20 * FileBody::Step + 7;
    }

    void file_comesWhole()
    {
        QFETCH(qint64, size);
        const QByteArray octets = write(size);
        Serving fixture({ rule("r", MapLocal { path() }) });
        const auto client = fixture->connectClient();
        Received received(*client);
        request(*client);
        QTRY_VERIFY_WITH_TIMEOUT(
            received.octets.contains("\r\n\r\n") && bodyOf(received.octets).size() == size,
            patience);
        QVERIFY(received.octets.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(
            received.octets.contains("\r\nContent-Length: " + QByteArray::number(size) + "\r\n"));
        QVERIFY(bodyOf(received.octets) == octets);
        // The connection goes on.
        received.octets.clear();
        request(*client, "HEAD");
        QTRY_VERIFY_WITH_TIMEOUT(received.octets.endsWith("\r\n\r\n"), patience);
        QVERIFY(
            received.octets.contains("\r\nContent-Length: " + QByteArray::number(size) + "\r\n"));
        received.octets.clear();
        request(*client, "GET", {}, "1.0");
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), QAbstractSocket::UnconnectedState, patience);
        QVERIFY(bodyOf(received.octets) == octets);
        QTRY_VERIFY(fixture->lastEnded());
        QCOMPARE(fixture->lastEnded()->summary.errorMessage, QString());
        QCOMPARE(fixture->lastEnded()->summary.state, exchange::State::Complete);
        QCOMPARE(fixture->lastEnded()->response.bodyOctets, size);
    }

    void range_comesAlone()
    {
        const QByteArray octets = write(5 * FileBody::Step);
        Serving fixture({ rule("r", MapLocal { path() }) });
        const auto client = fixture->connectClient();
        Received received(*client);
        request(*client, "GET", "Range: bytes=100-300099\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(bodyOf(received.octets).size(), 300'000, patience);
        QVERIFY(received.octets.startsWith("HTTP/1.1 206 Partial Content\r\n"));
        QVERIFY(bodyOf(received.octets) == octets.sliced(100, 300'000));
        received.octets.clear();
        request(*client, "GET", "Range: bytes=0-199999, 400000-\r\n");
        QTRY_VERIFY_WITH_TIMEOUT(received.octets.endsWith("--\r\n"), patience);
        QVERIFY(received.octets.contains("\r\n\r\n" + octets.first(200'000) + "\r\n--"));
        QVERIFY(received.octets.contains("\r\n\r\n" + octets.sliced(400'000) + "\r\n--"));
        received.octets.clear();
        request(*client, "GET", "If-None-Match: *\r\n");
        QTRY_VERIFY_WITH_TIMEOUT(received.octets.endsWith("\r\n\r\n"), patience);
        QVERIFY(received.octets.startsWith("HTTP/1.1 304 Not Modified\r\n"));
    }

    /// Nobody takes it: nothing of it is read that could not be sent.
    void clientThatDoesNotRead_holdsTheFileBack()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        constexpr qint64 size = qint64(8) << 30;
        QVERIFY(file.resize(size)); // sparse
        Serving fixture({ rule("r", MapLocal { path() }) });
        const auto client = fixture->connectClient();
        client->setReadBufferSize(1024);
        request(*client);
        QTRY_VERIFY_WITH_TIMEOUT(client->bytesAvailable() == 1024, patience);
        const auto recorded = [&] {
            const auto exchange = fixture->store.exchange(fixture->store.ids().last());
            return exchange ? exchange->response.bodyOctets : 0;
        };
        // Until the system's buffers are full it goes on.
        qint64 before = -1;
        const auto goesOn = [&] {
            const qint64 now = recorded();
            return std::exchange(before, now) != now;
        };
        QTRY_VERIFY_WITH_TIMEOUT(!goesOn(), patience);
        QVERIFY2(before < 64 << 20, qPrintable(QString::number(before)));
        // Others are served meanwhile.
        const auto other = fixture->connectClient();
        Received received(*other);
        request(*other, "GET", "Range: bytes=0-9\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(bodyOf(received.octets), QByteArray(10, '\0'), patience);
        client->abort();
        QTRY_COMPARE_WITH_TIMEOUT(fixture->proxy.counters().active, 0, patience);
    }

    void fileThatBecomesShorter_breaksTheAnswerOff()
    {
        write(200 * FileBody::Step);
        Serving fixture({ rule("r", MapLocal { path() }) });
        const auto client = fixture->connectClient();
        client->setReadBufferSize(1024);
        request(*client);
        QTRY_VERIFY_WITH_TIMEOUT(client->bytesAvailable() == 1024, patience);
        QVERIFY(QFile::resize(path(), 10));
        client->setReadBufferSize(0);
        Received received(*client);
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), QAbstractSocket::UnconnectedState, patience);
        QVERIFY(bodyOf(received.octets).size() < 200 * FileBody::Step);
        QTRY_VERIFY_WITH_TIMEOUT(fixture->lastEnded(), patience);
        QCOMPARE(fixture->lastEnded()->summary.state, exchange::State::Failed);
        QCOMPARE(fixture->lastEnded()->summary.errorMessage,
            QStringLiteral("The file has become shorter while it was sent."));
    }

    void fileThatGoesAway_isSentAllTheSame()
    {
        const QByteArray octets = write(200 * FileBody::Step);
        Serving fixture({ rule("r", MapLocal { path() }) });
        const auto client = fixture->connectClient();
        client->setReadBufferSize(1024);
        request(*client);
        QTRY_VERIFY_WITH_TIMEOUT(client->bytesAvailable() == 1024, patience);
        QVERIFY(QFile::remove(path()));
        client->setReadBufferSize(0);
        Received received(*client);
        QTRY_COMPARE_WITH_TIMEOUT(bodyOf(received.octets).size(), octets.size(), patience);
        QVERIFY(bodyOf(received.octets) == octets);
    }

    void laterRule_hasTheWholeFile()
    {
        const QByteArray octets = write(3 * FileBody::Step);
        ReplaceInBody replace;
        replace.pattern = QStringLiteral("\n");
        replace.replacement = QStringLiteral("--");
        Serving fixture({ rule("map", MapLocal { path() }), rule("replace", replace) });
        const auto client = fixture->connectClient();
        Received received(*client);
        request(*client);
        const QByteArray wanted = QByteArray(octets).replace("\n", "--");
        QTRY_COMPARE_WITH_TIMEOUT(bodyOf(received.octets).size(), wanted.size(), patience);
        QVERIFY(bodyOf(received.octets) == wanted);
    }

    void fileThatCannotBeGathered_goesOnAsItIs()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        constexpr qint64 size = (qint64(64) << 20) + 10;
        QVERIFY(file.resize(size));
        ReplaceInBody replace;
        replace.pattern = QStringLiteral("a");
        Serving fixture({ rule("map", MapLocal { path() }), rule("replace", replace) });
        const auto client = fixture->connectClient();
        qint64 got = 0;
        connect(
            client.get(), &QTcpSocket::readyRead, this, [&] { got += client->readAll().size(); });
        request(*client);
        QTRY_VERIFY_WITH_TIMEOUT(got > size, patience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture->lastEnded(), patience);
        QCOMPARE(fixture->lastEnded()->response.bodyOctets, size);
    }
};

QTEST_GUILESS_MAIN(FileStreamsTest)
#include "tst_filestreams.moc"

// Source: RFC 9112 section 9 (connections end at any time); reference server.timeout, response.write(), 'drain'; pipelining.
// Peers that leave in the middle, do not read, or come in thousands: nothing hangs, nothing is left, memory stays bounded.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A client that reads nothing until it is told to.
class SilentClient
{
public:
    explicit SilentClient(quint16 port)
    {
        m_socket.setReadBufferSize(1);
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        QVERIFY(m_socket.waitForConnected());
    }

    void send(const QByteArray &octets) { m_socket.write(octets); }

    bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

    /// Reads to the end and answers how often \a what came.
    qsizetype readAll(const QByteArray &what)
    {
        QByteArray all;
        m_socket.setReadBufferSize(0);
        QObject::connect(
            &m_socket, &QTcpSocket::readyRead, &m_socket, [&] { all += m_socket.readAll(); });
        all += m_socket.readAll();
        if (!QTest::qWaitFor([this] { return isClosed(); }, 30'000))
            return -1;
        return all.count(what);
    }

private:
    QTcpSocket m_socket;
};

/// Lets the event loop go round until nothing changes any more.
template <typename Value>
void settled(Value value)
{
    int same = 0;
    for (auto last = value(); same < 50; last = value()) {
        QCoreApplication::processEvents();
        same = value() == last ? same + 1 : 0;
    }
}

} // namespace

class HostilePeersPaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesAtEveryOffset_data();
    void leavesAtEveryOffset();
    void leavesDuringTheAnswer_data();
    void leavesDuringTheAnswer();
    void requestFlood_waitsAndIsServed_data();
    void requestFlood_waitsAndIsServed();
    void requestFlood_hugeAnswers_areNotAllMade();
    void requestFlood_unansweredRequests_areLimited();
    void requestFlood_droppedInBetween();
    void hugeAnswer_neverRead_isHeldThenCut();
    void thousandsOfConnections_leaveNothing_data();
    void thousandsOfConnections_leaveNothing();
    void manyAtOnce_areAllServed();
};

void HostilePeersPaceTest::leavesAtEveryOffset_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("reset");
    const QByteArray length = keeping("/a", "Content-Length: 5\r\nX-Y: z\r\n", "POST") + "hello";
    const QByteArray chunked = keeping("/b", "Transfer-Encoding: chunked\r\n", "POST")
        + "5;ext\r\nhello\r\n3\r\nyou\r\n0\r\nX-T: t\r\n\r\n";
    const QByteArray expecting
        = keeping("/c", "Expect: 100-continue\r\nContent-Length: 2\r\n", "POST") + "ok";
    const QByteArray upgrade = keeping("/d", "Connection: Upgrade\r\nUpgrade: x\r\n") + "tunnelled";
    const QByteArray pipelined = keeping("/1") + keeping("/2") + keeping("/3");
    for (const bool reset : { true, false }) {
        const char *how = reset ? "reset" : "FIN";
        QTest::addRow("length, %s", how) << length << reset;
        QTest::addRow("chunked, %s", how) << chunked << reset;
        QTest::addRow("100-continue, %s", how) << expecting << reset;
        QTest::addRow("upgrade, %s", how) << upgrade << reset;
        QTest::addRow("pipelined, %s", how) << pipelined << reset;
    }
}

/// Whatever was dispatched hears 'close' once, the last of its events, and everything is gone afterwards.
void HostilePeersPaceTest::leavesAtEveryOffset()
{
    QFETCH(QByteArray, octets);
    QFETCH(bool, reset);
    for (qsizetype offset = 0; offset <= octets.size(); ++offset) {
        int begun = 0;
        int over = 0;
        QStringList wrong;
        Server server([&](IncomingMessage *req, ServerResponse *res) {
            ++begun;
            const auto closed = std::make_shared<int>(0);
            const auto check = [&wrong, closed](const char *what) {
                return [&wrong, closed, what] {
                    if (*closed > 0)
                        wrong += QString::fromLatin1(what);
                };
            };
            connect(req, &IncomingMessage::data, this, check("data after close"));
            connect(req, &IncomingMessage::ended, this, check("end after close"));
            connect(req, &IncomingMessage::aborted, this, check("aborted after close"));
            connect(req, &IncomingMessage::closed, this, check("closed twice"));
            connect(req, &IncomingMessage::closed, this, [&over, closed] {
                ++over;
                ++*closed;
            });
            connect(req, &IncomingMessage::ended, res, [res] { res->end("answer"); });
        });
        connect(&server, &Server::upgrade, this,
            [](IncomingMessage *, QIODevice *socket, const QByteArray &) {
                socket->write("HTTP/1.1 101 Switching Protocols\r\n\r\n");
            });
        QVERIFY(!server.listen(0, QHostAddress::LocalHost));
        RawClient client(server.serverPort());
        client.send(octets.first(offset));
        QTRY_COMPARE(server.connectionCount(), 1);
        QCoreApplication::processEvents();
        if (reset)
            client.reset();
        else
            client.finish();
        QTRY_VERIFY2(server.children().isEmpty(), QByteArray::number(offset));
        QCOMPARE(over, begun);
        QCOMPARE(wrong, QStringList());
        if (!reset)
            QTRY_VERIFY(client.isClosed());
    }
}

void HostilePeersPaceTest::leavesDuringTheAnswer_data()
{
    QTest::addColumn<bool>("reset");
    QTest::addColumn<qsizetype>("after");
    for (const bool reset : { true, false }) {
        for (const qsizetype after : { 0, 1, 200, 100'000, 3'000'000 })
            QTest::addRow("%s after %d octets", reset ? "reset" : "FIN", int(after))
                << reset << after;
    }
}

void HostilePeersPaceTest::leavesDuringTheAnswer()
{
    QFETCH(bool, reset);
    QFETCH(qsizetype, after);
    bool begun = false;
    int closed = 0;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        begun = true;
        connect(res, &ServerResponse::closed, this, [&] { ++closed; });
        res->write(QByteArray(4'000'000, 'x'));
        connect(
            res, &ServerResponse::drain, res, [res] { res->write(QByteArray(4'000'000, 'x')); });
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    QTRY_VERIFY(begun && client.received().size() >= after);
    if (reset)
        client.reset();
    else
        client.finish();
    QTRY_VERIFY(server.children().isEmpty());
    QCOMPARE(closed, 1);
}

void HostilePeersPaceTest::requestFlood_waitsAndIsServed_data()
{
    QTest::addColumn<int>("octets");
    QTest::addColumn<bool>("later");
    QTest::newRow("small answers, at once") << 1'500 << false;
    QTest::newRow("small answers, later") << 1'500 << true;
    QTest::newRow("answers beyond the high-water mark") << 20'000 << false;
}

void HostilePeersPaceTest::requestFlood_waitsAndIsServed()
{
    QFETCH(int, octets);
    QFETCH(bool, later);
    constexpr int all = 10'000;
    int requests = 0;
    QPointer<QIODevice> socket;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        ++requests;
        socket = req->socket();
        const auto answer = [res, octets] { res->end(QByteArray(octets, 'x')); };
        if (later)
            QMetaObject::invokeMethod(res, answer, Qt::QueuedConnection);
        else
            answer();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    SilentClient client(server.serverPort());
    client.send(keeping().repeated(all - 1) + closing());
    settled([&] { return requests; });
    QVERIFY2(requests > 0 && requests < all, qPrintable(QString::number(requests)));
    const qsizetype waiting = Transport::of(socket)->writableLength();
    QVERIFY2(waiting < 8'000'000, qPrintable(QString::number(waiting)));
    QVERIFY(!client.isClosed());
    QCOMPARE(client.readAll("HTTP/1.1 200 OK\r\n"), all);
    QCOMPARE(requests, all);
    QTRY_VERIFY(server.children().isEmpty());
}

/// One read brings some two thousand requests: their answers must not all wait in memory.
void HostilePeersPaceTest::requestFlood_hugeAnswers_areNotAllMade()
{
    constexpr int all = 2'000;
    constexpr qsizetype size = 1'000'000;
    int requests = 0;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        ++requests;
        res->end(QByteArray(size, 'x'));
    });
    server.setTimeout(300ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    SilentClient client(server.serverPort());
    client.send(keeping().repeated(all));
    settled([&] { return requests; });
    QVERIFY2(requests > 1 && requests < 20, qPrintable(QString::number(requests)));
    QTRY_VERIFY(server.children().isEmpty()); // it never reads: the timeout cuts it
    QVERIFY(requests < 20);
}

void HostilePeersPaceTest::requestFlood_unansweredRequests_areLimited()
{
    constexpr int all = 10'000;
    QList<QPointer<ServerResponse>> waiting;
    int requests = 0;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        ++requests;
        waiting.append(res);
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping().repeated(all - 1) + closing());
    QTRY_COMPARE(requests, 1'024);
    settled([&] { return requests; });
    QCOMPARE(requests, 1'024);
    waiting.takeLast()->end("last"); // out of its turn: frees nothing
    settled([&] { return requests; });
    QCOMPARE(requests, 1'024);
    waiting.takeFirst()->end("first");
    QTRY_COMPARE(requests, 1'025);
    while (!client.isClosed()) {
        for (const QPointer<ServerResponse> &res : std::exchange(waiting, {}))
            res->end("ok");
        (void)QTest::qWaitFor([&] { return client.isClosed() || !waiting.isEmpty(); }, 5'000);
    }
    QCOMPARE(requests, all);
    QCOMPARE(client.received().count("HTTP/1.1 200 OK\r\n"), all);
}

void HostilePeersPaceTest::requestFlood_droppedInBetween()
{
    int requests = 0;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        ++requests;
        res->end(QByteArray(100'000, 'x'));
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    for (int round = 0; round < 20; ++round) {
        RawClient client(server.serverPort());
        client.send(keeping().repeated(5'000));
        QTRY_VERIFY(client.received().size() > round * 100'000);
        client.reset();
        QTRY_VERIFY(server.children().isEmpty());
    }
    QVERIFY(requests > 20);
}

void HostilePeersPaceTest::hugeAnswer_neverRead_isHeldThenCut()
{
    qint64 written = 0;
    bool full = false;
    int closed = 0;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        const auto more = [&, res] {
            full = false;
            while (!full) {
                written += 100'000;
                full = !res->write(QByteArray(100'000, 'x'));
            }
        };
        connect(res, &ServerResponse::drain, this, more);
        connect(res, &ServerResponse::closed, this, [&] { ++closed; });
        more();
    });
    server.setTimeout(200ms);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    SilentClient client(server.serverPort());
    client.send(keeping());
    QTRY_VERIFY(written > 0);
    settled([&] { return written; });
    QVERIFY(full);
    QVERIFY2(written < 16'000'000, qPrintable(QString::number(written))); // the kernel's buffers
    QTRY_COMPARE(closed, 1);
    QTRY_VERIFY(server.children().isEmpty());
}

void HostilePeersPaceTest::thousandsOfConnections_leaveNothing_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("silent") << QByteArray();
    QTest::newRow("half a head") << QByteArray("GET / HTTP/1.1\r\nHo");
    QTest::newRow("unanswered request") << keeping("/wait");
    QTest::newRow("answered request") << keeping();
    QTest::newRow("garbage") << QByteArray("@@@\r\n\r\n");
}

void HostilePeersPaceTest::thousandsOfConnections_leaveNothing()
{
    QFETCH(QByteArray, octets);
    int opened = 0;
    Server server([](IncomingMessage *req, ServerResponse *res) {
        if (req->url() != "/wait")
            res->end("ok");
    });
    connect(&server, &Server::connection, this, [&] { ++opened; });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    constexpr int all = 2'000;
    for (int done = 0; done < all; done += 50) {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 50; ++i) {
            clients.push_back(std::make_unique<RawClient>(server.serverPort()));
            clients.back()->send(octets);
        }
        QTRY_COMPARE(opened, done + 50);
        for (const auto &client : clients) {
            if (done % 100 == 0)
                client->reset(); // the others close as their destructor does it
        }
    }
    QTRY_VERIFY(server.children().isEmpty());
    QVERIFY(talk(server.serverPort(), closing()).endsWith("\r\n\r\nok"));
}

void HostilePeersPaceTest::manyAtOnce_areAllServed()
{
    Server server([](IncomingMessage *, ServerResponse *res) { res->end("ok"); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 300; ++i)
        clients.push_back(std::make_unique<RawClient>(server.serverPort()));
    for (const auto &client : clients)
        client->send(closing());
    for (const auto &client : clients) {
        QTRY_VERIFY(client->isClosed());
        QVERIFY(client->received().endsWith("\r\n\r\nok"));
    }
    QTRY_VERIFY(server.children().isEmpty());
}

QTEST_GUILESS_MAIN(HostilePeersPaceTest)
#include "tst_hostilepeerspace.moc"

// Source: reference request.write(), response.write(), 'drain', readable streams (pause, resume, read, pipe);
// conformance messages/paused-*, readable-event-and-read, pause-and-resume-of-messages, server/pipe-*.
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/transport.h>

#include <QBuffer>
#include <QFile>
#include <QPointer>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

qint64 residentOctets()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').at(1).toLongLong() * 4096 : 0;
}

} // namespace

class BodiesTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void largeBodies_memoryIsBounded_data();
    void largeBodies_memoryIsBounded();
    void pausedRequest_holdsBackTheClient_data();
    void pausedRequest_holdsBackTheClient();
    void pausedResponse_holdsBackTheServer_data();
    void pausedResponse_holdsBackTheServer();
    void lateDataListener_getsAll();
    void pauseInsideData_stopsAfterThatPiece();
    void readableAndRead();
    void readSizes();
    void readMoreThanTheHighWaterMark_comesWhole();
    void unreadResponse_neitherEndsNorCloses_data();
    void unreadResponse_neitherEndsNorCloses();
    void chunkBoundaries_areKept();
    void trailers_bothWays();
    void trailers_followTheDuplicateRules();
    void earlyAnswer_socketIsFreeOnlyAfterEnd();
    void earlyAnswer_uploadGoesOn();
    void slowPeer_isNotIdle();
};

void BodiesTest::largeBodies_memoryIsBounded_data()
{
    QTest::addColumn<bool>("up");
    QTest::addColumn<bool>("chunked");
    QTest::newRow("up, chunked") << true << true;
    QTest::newRow("up, length") << true << false;
    QTest::newRow("down, chunked") << false << true;
    QTest::newRow("down, length") << false << false;
}

void BodiesTest::largeBodies_memoryIsBounded()
{
    QFETCH(bool, up);
    QFETCH(bool, chunked);
    const qint64 total = qint64(256) << 20;
    qint64 received = 0;
    bool ended = false;
    const auto drink = [&](IncomingMessage *message) {
        connect(message, &IncomingMessage::data, this,
            [&](const QByteArray &octets) { received += octets.size(); });
        connect(message, &IncomingMessage::ended, this, [&] { ended = true; });
    };
    const auto frame = [&](OutgoingMessage *message) {
        if (!chunked)
            QVERIFY(!message->setHeader("Content-Length", total));
    };
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        if (up) {
            drink(req);
            connect(req, &IncomingMessage::ended, res, [res] { res->end(); });
        } else {
            frame(res);
            pour(res, total);
        }
    });
    QPointer<ClientRequest> req = request(to(port));
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        if (up)
            res->resume();
        else
            drink(res);
    });
    const qint64 before = residentOctets();
    if (up) {
        frame(req);
        pour(req, total);
    } else {
        req->end();
    }
    QTRY_VERIFY_WITH_TIMEOUT(ended && !req, 60'000);
    QCOMPARE(received, total);
    QVERIFY2(residentOctets() - before < (16 << 20),
        qPrintable(QString::number(residentOctets() - before)));
}

void BodiesTest::pausedRequest_holdsBackTheClient_data()
{
    QTest::addColumn<bool>("paused");
    QTest::newRow("paused") << true;
    QTest::newRow("unread") << false;
}

// conformance: messages/paused-request-holds-back-the-client
void BodiesTest::pausedRequest_holdsBackTheClient()
{
    QFETCH(bool, paused);
    QPointer<IncomingMessage> held;
    qint64 received = 0;
    const auto count = [&](const QByteArray &octets) { received += octets.size(); };
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        held = req;
        connect(req, &IncomingMessage::ended, res, [res] { res->end(); });
        if (paused) {
            connect(req, &IncomingMessage::data, this, count);
            req->pause();
        }
    });
    const qint64 total = qint64(64) << 20;
    QPointer<ClientRequest> req = request(to(port));
    pour(req, total);
    QTRY_VERIFY(held && req->writableNeedDrain());
    turn(500);
    QVERIFY(req->writableNeedDrain() && !req->writableEnded());
    QCOMPARE(received, 0);
    QVERIFY(held->readableLength() < (256 << 10));
    if (paused)
        held->resume();
    else
        connect(held, &IncomingMessage::data, this, count);
    QTRY_VERIFY(!req);
    QCOMPARE(received, total);
}

void BodiesTest::pausedResponse_holdsBackTheServer_data()
{
    pausedRequest_holdsBackTheClient_data();
}

// conformance: messages/paused-response-holds-back-the-server
void BodiesTest::pausedResponse_holdsBackTheServer()
{
    QFETCH(bool, paused);
    const qint64 total = qint64(64) << 20;
    QPointer<ServerResponse> sending;
    const quint16 port = listen([&](IncomingMessage *, ServerResponse *res) {
        sending = res;
        pour(res, total);
    });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QPointer<IncomingMessage> held;
    qint64 received = 0;
    const auto count = [&](const QByteArray &octets) { received += octets.size(); };
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        held = res;
        if (paused) {
            res->pause();
            connect(res, &IncomingMessage::data, this, count);
        }
    });
    QTRY_VERIFY(held && sending->writableNeedDrain());
    turn(500);
    QVERIFY(sending->writableNeedDrain() && !sending->writableEnded());
    QCOMPARE(received, 0);
    QVERIFY(held->readableLength() < (256 << 10));
    if (paused)
        held->resume();
    else
        connect(held, &IncomingMessage::data, this, count);
    QTRY_VERIFY(!req);
    QCOMPARE(received, total);
}

void BodiesTest::lateDataListener_getsAll()
{
    QPointer<IncomingMessage> held;
    const quint16 port = listen([](auto *, auto *res) { res->end("all of it"); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) { held = res; });
    QTRY_VERIFY(held && held->isComplete());
    m_journal.followMessage(held, u"res "_s);
    QTRY_VERIFY(m_journal.contains(u"res close"_s));
    QCOMPARE(m_journal.text(),
        u"res data all of it | res close | res end"_s); // the library's listener came first
}

void BodiesTest::pauseInsideData_stopsAfterThatPiece()
{
    RawServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                     "chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n");
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    QPointer<IncomingMessage> res;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *response) {
        res = response;
        m_journal.followMessage(res, {});
        connect(res, &IncomingMessage::data, res, [&] { res->pause(); });
    });
    for (const char *piece : { "a", "b" }) { // with the last piece the end is near, paused or not
        QTRY_VERIFY2(res && m_journal.text().endsWith(u"data "_s + QString::fromLatin1(piece)),
            qPrintable(m_journal.text()));
        QVERIFY(res->isPaused());
        turn(50);
        QVERIFY(m_journal.text().endsWith(u"data "_s + QString::fromLatin1(piece)));
        res->resume();
    }
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"data a | data b | data c | end | close"_s);
}

void BodiesTest::readableAndRead()
{
    const quint16 port = listen([](auto *, auto *res) { res->end("hello world"); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QByteArray all;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        connect(res, &IncomingMessage::readable, res, [&, res] {
            for (QByteArray piece = res->read(4); !piece.isNull(); piece = res->read(4)) {
                QVERIFY(piece.size() <= 4);
                all += piece;
            }
        });
        connect(res, &IncomingMessage::ended, this, [this] { m_journal.add(u"end"_s); });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(all, "hello world");
    QCOMPARE(m_journal.text(), u"end"_s);
}

void BodiesTest::readSizes()
{
    QPointer<IncomingMessage> held;
    const quint16 port = listen([](auto *, auto *res) { res->end("0123456789"); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) { held = res; });
    QTRY_VERIFY(held && held->isComplete());
    QCOMPARE(held->read(3), "012");
    QCOMPARE(held->readableLength(), 7);
    QCOMPARE(held->read(100), "3456789"); // it ended: what there is
    QVERIFY(held->read().isNull());
    QTRY_VERIFY(!req);
}

void BodiesTest::readMoreThanTheHighWaterMark_comesWhole()
{
    const qsizetype size = 1'000'000;
    const quint16 port = listen([&](auto *, auto *res) { pour(res, 3 * size); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QList<qsizetype> sizes;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        connect(res, &IncomingMessage::readable, res, [&, res] {
            for (QByteArray piece = res->read(size); !piece.isNull(); piece = res->read(size))
                sizes.append(piece.size());
            QCOMPARE(res->readableHighWaterMark(), 1 << 20);
        });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(sizes, (QList<qsizetype> { size, size, size }));
}

void BodiesTest::unreadResponse_neitherEndsNorCloses_data()
{
    QTest::addColumn<bool>("listens");
    QTest::newRow("paused") << false;
    QTest::newRow("readable, and nothing is read") << true;
}

void BodiesTest::unreadResponse_neitherEndsNorCloses()
{
    QFETCH(bool, listens);
    const quint16 port = listen([](auto *, auto *res) { res->end("unread"); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QPointer<IncomingMessage> held;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        held = res;
        connect(res, &IncomingMessage::ended, this, [this] { m_journal.add(u"end"_s); });
        connect(res, &IncomingMessage::closed, this, [this] { m_journal.add(u"close"_s); });
        if (listens)
            connect(res, &IncomingMessage::readable, res, [] {});
        else
            res->pause();
    });
    QTRY_VERIFY(held && held->isComplete());
    turn(100);
    QCOMPARE(m_journal.text(), QString());
    req->destroy(); // what was received is dropped
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.contains(u"close"_s), qPrintable(m_journal.text()));
}

void BodiesTest::chunkBoundaries_areKept()
{
    RawServer server(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\n\r\n");
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data a | res data bc | res end | close | res close"_s);
}

void BodiesTest::trailers_bothWays()
{
    const quint16 port = listen([this](IncomingMessage *req, ServerResponse *res) {
        req->resume();
        connect(req, &IncomingMessage::ended, res, [this, req, res] {
            m_journal.add(QString::fromLatin1(req->rawTrailers().join(',')));
            QVERIFY(!res->setHeader("Trailer", "X-Sum"));
            res->write("body");
            QVERIFY(!res->addTrailers({ { "X-Sum", "42" } }));
            res->end();
        });
    });
    QPointer<ClientRequest> req = request(to(port));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        QVERIFY(res->trailers().names().isEmpty());
        res->resume();
        connect(res, &IncomingMessage::ended, this,
            [this, res] { m_journal.add(QString::fromLatin1(res->trailers().value("x-sum"))); });
    });
    req->write("x");
    QVERIFY(!req->addTrailers({ { "X-Up", "1" }, { "x-up", "2" } }));
    req->end();
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"X-Up,1,x-up,2 | 42"_s);
}

void BodiesTest::trailers_followTheDuplicateRules()
{
    RawServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-A: 1\r\nx-a: "
                     "2\r\nSet-Cookie: p\r\n"
                     "Set-Cookie: q\r\nETag: 1\r\nETag: 2\r\n\r\n");
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        res->resume();
        connect(res, &IncomingMessage::ended, this, [this, res] {
            for (const Headers::Entry &entry : res->trailers().entries())
                m_journal.add(QString::fromLatin1(entry.name + '=' + entry.values.join('/')));
        });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"x-a=1, 2 | set-cookie=p/q | etag=1"_s);
}

void BodiesTest::earlyAnswer_socketIsFreeOnlyAfterEnd()
{
    AgentOptions keepAlive;
    keepAlive.keepAlive = true;
    m_agent = std::make_unique<Agent>(keepAlive);
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *res) {
        req->resume();
        res->end("early");
    });
    QPointer<ClientRequest> req = request(to(port));
    m_journal.followRequest(req);
    req->write("begun");
    QTRY_VERIFY(m_journal.contains(u"res end"_s));
    turn(50);
    QVERIFY(m_agent->freeSockets().isEmpty());
    req->end("done");
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"socket | response 200 | res data early | res end | finish | close | res close"_s);
    QCOMPARE(m_agent->freeSockets().size(), 1);
}

void BodiesTest::earlyAnswer_uploadGoesOn()
{
    AgentOptions keepAlive;
    keepAlive.keepAlive = true;
    m_agent = std::make_unique<Agent>(keepAlive);
    bool answered = false;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    qint64 received = 0;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&, socket] {
            received += socket->readAll().size();
            if (!std::exchange(answered, true))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    });
    const qint64 total = 20'000'000;
    QPointer<ClientRequest> req = request(to(server.serverPort()));
    m_journal.followRequest(req);
    QVERIFY(!req->setHeader("Content-Length", total));
    pour(req, total);
    QTRY_VERIFY(!req);
    QTRY_VERIFY(received > total);
    QVERIFY2(m_journal.text().startsWith(u"socket | response 200 | res data ok | res end | "_s)
            && m_journal.contains(u"res close"_s),
        qPrintable(m_journal.text()));
}

void BodiesTest::slowPeer_isNotIdle()
{
    // More than the system's buffers take, and slower than the timeout; each pause is far shorter than that.
    const qint64 total = 24 << 20;
    QTcpServer slow;
    QVERIFY(slow.listen(QHostAddress::LocalHost));
    QTimer reader;
    connect(&slow, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = slow.nextPendingConnection();
        socket->setReadBufferSize(64 << 10);
        connect(&reader, &QTimer::timeout, socket, [socket] { socket->read(128 << 10); });
        reader.start(20);
    });
    RequestOptions options = to(slow.serverPort());
    options.timeout = std::chrono::milliseconds(2000);
    QPointer<ClientRequest> req = request(options);
    m_journal.followRequest(req, false);
    req->end(QByteArray(total, 'x'));
    QTRY_VERIFY_WITH_TIMEOUT(m_journal.contains(u"finish"_s), 30'000);
    QVERIFY(!m_journal.text().startsWith(u"socket | timeout"_s));
    req->destroy();
    QTRY_VERIFY(!req);
}

QTEST_GUILESS_MAIN(BodiesTest)
#include "tst_bodies.moc"

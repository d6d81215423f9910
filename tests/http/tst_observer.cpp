// Source: http/observer.h; DESIGN.md "lib/http" rule 4. What an observer hears equals what passed the wire.
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>
#include <http/ticks.h>
#include <http/transport.h>

#include <QHash>
#include <QHostInfo>
#include <QPointer>
#include <QSet>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

/// Between client and server: passes all on, and keeps it.
class Tap : public QObject
{
public:
    explicit Tap(quint16 target)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this, target] {
            QTcpSocket *near = m_server.nextPendingConnection();
            auto *far = new QTcpSocket(near);
            far->connectToHost(QHostAddress(QHostAddress::LocalHost), target);
            connect(near, &QTcpSocket::readyRead, far, [this, near, far] { pass(near, far, &up); });
            connect(
                far, &QTcpSocket::readyRead, near, [this, near, far] { pass(far, near, &down); });
            connect(near, &QTcpSocket::disconnected, far, &QTcpSocket::disconnectFromHost);
            connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
        });
    }

    quint16 port() const { return m_server.serverPort(); }

    QByteArray up;
    QByteArray down;

private:
    static void pass(QTcpSocket *from, QTcpSocket *to, QByteArray *kept)
    {
        const QByteArray octets = from->readAll();
        *kept += octets;
        to->write(octets);
    }

    QTcpServer m_server;
};

class Notes : public Observer
{
public:
    void exchangeBegan(const ExchangeStart &start) override
    {
        ++began;
        note(u"began "_s + QString::fromLatin1(start.method) + QString::fromLatin1(start.target));
    }

    void socketAssigned(ExchangeId, const ConnectionInfo &info, MonotonicTime) override
    {
        reused += info.isReused ? u"yes,"_s : u"no,"_s;
        note(u"assigned"_s);
    }

    void socketPhase(ExchangeId, ConnectionId, SocketPhase phase, MonotonicTime time) override
    {
        inOrder(time);
        phases += QString(name(phase)) + u',';
    }

    void octets(ExchangeId, ConnectionId, Direction direction, wire::MessagePart,
        QByteArrayView octets, MonotonicTime time) override
    {
        const bool isSent = direction == Direction::Sent;
        (isSent ? sent : received).append(octets);
        auto &times = isSent ? sentTimes : receivedTimes;
        timesFall = timesFall || (!times.isEmpty() && time < times.constLast());
        times.append(time);
    }

    void headComplete(
        ExchangeId, Direction direction, const wire::Head &head, MonotonicTime) override
    {
        (direction == Direction::Sent ? sentHeads : receivedHeads).append(head.octets());
    }

    void chunkBegan(ExchangeId, Direction, const wire::ChunkHeader &header, MonotonicTime) override
    {
        chunks += QString::number(header.size) + u',';
    }

    void trailersComplete(ExchangeId, Direction, const wire::Fields &fields, MonotonicTime) override
    {
        trailers += fields.toRawList();
    }

    void messageComplete(ExchangeId, Direction direction, MonotonicTime) override
    {
        note(direction == Direction::Sent ? u"sent"_s : u"received"_s);
    }

    void event(
        ExchangeId, Emitter emitter, EventKind event, const QString &, MonotonicTime time) override
    {
        inOrder(time);
        note(QString(name(emitter)) + u' ' + name(event));
    }

    void failed(ExchangeId, const Error &error, MonotonicTime) override
    {
        note(u"failed "_s + wire::name(error.code));
    }

    void exchangeEnded(ExchangeId, MonotonicTime) override
    {
        ++ended;
        note(u"ended"_s);
    }

    QByteArray sent;
    QByteArray received;
    QList<MonotonicTime> sentTimes; ///< Of each call.
    QList<MonotonicTime> receivedTimes;
    QList<QByteArray> sentHeads;
    QList<QByteArray> receivedHeads;
    QList<QByteArray> trailers;
    QString phases;
    QString reused; ///< By assignment.
    QString chunks;
    QStringList events;
    int began = 0;
    int ended = 0;
    bool timesFall = false;

private:
    void note(const QString &entry) { events.append(entry); }

    void inOrder(MonotonicTime time)
    {
        timesFall = timesFall || time < m_last;
        m_last = time;
    }

    MonotonicTime m_last = 0;
};

} // namespace

class ObserverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void octets_ofOneReadOrWrite_haveItsTime();
    void octets_areWhatPassedTheWire_data();
    void octets_areWhatPassedTheWire();
    void serverAlone_rawOctets_data();
    void serverAlone_rawOctets();
    void clientAlone_rawOctets_data();
    void clientAlone_rawOctets();
    void events_ofAnExchange();
    void events_ofARefusedConnection();
    void phases_ofAConnection();
    void phases_ofALookupFunction();
    void waitingRequest_getsAReusedConnection();
};

using Use = std::function<void(ClientRequest *)>;
Q_DECLARE_METATYPE(Use)
Q_DECLARE_METATYPE(Handler)

/// Whatever listeners do between the pieces.
void ObserverTest::octets_ofOneReadOrWrite_haveItsTime()
{
    const auto countOf = [](const QList<MonotonicTime> &times) {
        return QSet<MonotonicTime>(times.cbegin(), times.cend()).size();
    };
    Notes atServer;
    Server server([](IncomingMessage *req, ServerResponse *res) {
        req->resume();
        QObject::connect(req, &IncomingMessage::ended, res, [res] {
            res->write("a");
            res->write("b");
            res->end();
        });
    });
    server.setObserver(&atServer);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    Notes atClient;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.serverPort();
    options.method = "POST";
    options.observer = &atClient;
    QPointer<ClientRequest> req = request(options);
    connect(req, &ClientRequest::response, this, [](IncomingMessage *res) { res->resume(); });
    req->write("one");
    req->write("two");
    req->end();
    QTRY_VERIFY(!req);
    QTRY_COMPARE(atServer.ended, 1);
    for (const Notes *notes : { &atClient, &atServer }) {
        QVERIFY(notes->sentTimes.size() > 6);
        QVERIFY(notes->receivedTimes.size() > 6);
        QCOMPARE(countOf(notes->sentTimes), 1);
        QCOMPARE(countOf(notes->receivedTimes), 1);
    }
}

void ObserverTest::octets_areWhatPassedTheWire_data()
{
    QTest::addColumn<Handler>("handler");
    QTest::addColumn<Use>("use");
    const Use end = [](auto *req) { req->end("body"); };
    QTest::newRow("plain") << Handler([](auto *, auto *res) { res->end("answer"); }) << end;
    QTest::newRow("chunked, trailers, both ways") << Handler(
        [](IncomingMessage *req, ServerResponse *res) {
            req->resume();
            res->write("one");
            res->write("two");
            QVERIFY(!res->addTrailers({ { "X-T", "1" } }));
            res->end();
        }) << Use([](auto *req) {
        req->write("up");
        QVERIFY(!req->addTrailers({ { "X-U", "2" } }));
        req->end("load");
    });
    QTest::newRow("interim") << Handler([](auto *, auto *res) {
        res->writeContinue();
        QVERIFY(!res->writeInformation(103, { { "Link", "a" } }));
        res->end("answer");
    }) << end;
    QTest::newRow("large") << Handler([](auto *req, auto *res) {
        req->resume();
        QObject::connect(
            req, &IncomingMessage::ended, res, [res] { res->end(QByteArray(3'000'000, 'x')); });
    }) << Use([](auto *req) { req->end(QByteArray(2'000'000, 'y')); });
    QTest::newRow("answer destroyed") << Handler([](auto *, auto *res) {
        res->write("some");
        QObject::connect(res, &ServerResponse::finish, res, [] {});
        nextTick(res, [res] { res->destroy(); });
    }) << end;
    QTest::newRow("request destroyed")
        << Handler([](auto *, auto *) {})
        << Use([](auto *req) { req->write("begun", [req](const Error &) { req->destroy(); }); });
}

void ObserverTest::octets_areWhatPassedTheWire()
{
    QFETCH(Handler, handler);
    QFETCH(Use, use);
    Notes atServer;
    Server server(handler);
    server.setObserver(&atServer);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    Tap tap(server.serverPort());
    Notes atClient;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = tap.port();
    options.method = "POST";
    options.observer = &atClient;
    QPointer<ClientRequest> req = request(options);
    connect(req, &ClientRequest::errorOccurred, this, [] {});
    connect(req, &ClientRequest::response, this, [](IncomingMessage *res) { res->resume(); });
    use(req);
    QTRY_VERIFY(!req);
    QTRY_COMPARE(server.connectionCount(), 0);
    QTRY_COMPARE(atClient.ended, 1);
    QTRY_COMPARE(atServer.ended, atServer.began);
    QVERIFY(atClient.sent == tap.up);
    QVERIFY(tap.up.startsWith(atServer.received));
    QVERIFY(tap.down.startsWith(atClient.received));
    QVERIFY(atServer.sent.startsWith(tap.down));
    QVERIFY(!atClient.timesFall && !atServer.timesFall);
    if (atClient.receivedHeads.isEmpty())
        return; // destroyed before
    QCOMPARE(atServer.sentHeads, atClient.receivedHeads);
    QCOMPARE(atClient.sentHeads, atServer.receivedHeads);
}

void ObserverTest::serverAlone_rawOctets_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("exchanges");
    QTest::newRow("pipelined") << keeping("/1") + keeping("/2", "Content-Length: 3\r\n", "POST")
            + "abc"
            + closing("/3") << 3;
    QTest::newRow("leading line ends") << "\r\n\r\n" + closing() << 1;
    QTest::newRow("malformed") << QByteArray("GET / HTTP/1.1\r\nB@d: 1\r\n\r\nrest") << 1;
    QTest::newRow("malformed second") << keeping() + "@@@ what\r\n\r\n" << 2;
    QTest::newRow("bad chunk") << QByteArray(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\nmore")
                               << 1;
    QTest::newRow("trailers") << QByteArray(
        "POST / HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;x=1\r\nabc\r\n0\r\nX-T:  1 \r\n\r\n")
                              << 1;
}

void ObserverTest::serverAlone_rawOctets()
{
    QFETCH(QByteArray, octets);
    QFETCH(int, exchanges);
    Notes notes;
    Server server([](IncomingMessage *, ServerResponse *res) { res->end("ok"); });
    server.setObserver(&notes);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(octets);
    QTRY_VERIFY(client.isClosed());
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(notes.received, octets);
    QCOMPARE(notes.sent, client.received());
    QCOMPARE(notes.began, exchanges);
    QTRY_COMPARE(notes.ended, exchanges);
    QVERIFY(notes.phases.endsWith(u"closed,"_s));
}

void ObserverTest::clientAlone_rawOctets_data()
{
    QTest::addColumn<QByteArray>("octets");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("plain") << ok + "Content-Length: 2\r\n\r\nok";
    QTest::newRow("interim") << "HTTP/1.1 103 Early\r\nLink: a\r\n\r\n" + ok
            + "Content-Length: 2\r\n\r\nok";
    QTest::newRow("chunked") << ok
            + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX-T: 1\r\n\r\n";
    QTest::newRow("until close") << ok + "\r\nall of it";
    QTest::newRow("cut") << ok + "Content-Length: 9\r\n\r\nok";
    QTest::newRow("garbage") << QByteArray("BREW coffee\r\n\r\nmore");
    QTest::newRow("garbage behind") << ok + "Content-Length: 2\r\n\r\nokGARBAGE";
    QTest::newRow("second answer")
        << ok + "Content-Length: 2\r\n\r\nok" + ok + "Content-Length: 2\r\n\r\nno";
    QTest::newRow("unwanted upgrade")
        << QByteArray("HTTP/1.1 101 X\r\nUpgrade: y\r\nConnection: upgrade\r\n\r\ntunnel");
    QTest::newRow("nothing") << QByteArray();
}

void ObserverTest::clientAlone_rawOctets()
{
    QFETCH(QByteArray, octets);
    RawServer server(octets, true);
    Notes notes;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    options.observer = &notes;
    QPointer<ClientRequest> req = get(options);
    connect(req, &ClientRequest::errorOccurred, this, [] {});
    QTRY_VERIFY(!req);
    QTRY_COMPARE(notes.ended, 1);
    QCOMPARE(notes.received, octets);
    QCOMPARE(notes.sent, server.received());
    QCOMPARE(notes.events.last(), u"ended"_s);
}

void ObserverTest::events_ofAnExchange()
{
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    Notes notes;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    options.observer = &notes;
    QPointer<ClientRequest> req = get(options);
    connect(req, &ClientRequest::response, this, [](IncomingMessage *res) { res->resume(); });
    QTRY_VERIFY(!req);
    QCOMPARE(notes.events.join(u'|'),
        u"began GET/|assigned|ClientRequest socket|ClientRequest "
        u"prefinish|assigned|sent|ClientRequest finish|" // again: now with addresses
        "ClientRequest response|received|IncomingMessage data|IncomingMessage end|ClientRequest "
        "close|"
        "IncomingMessage close|ended"_s);
}

void ObserverTest::events_ofARefusedConnection()
{
    QTcpServer unused;
    QVERIFY(unused.listen(QHostAddress::LocalHost));
    const quint16 port = unused.serverPort();
    unused.close();
    Notes notes;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = port;
    options.observer = &notes;
    QPointer<ClientRequest> req = get(options);
    connect(req, &ClientRequest::errorOccurred, this, [] {});
    QTRY_VERIFY(!req);
    QVERIFY2(notes.events.join(u'|').endsWith(
                 u"failed ECONNREFUSED|ClientRequest error|ClientRequest close|ended"_s),
        qPrintable(notes.events.join(u'|')));
    QVERIFY(notes.received.isEmpty());
}

void ObserverTest::phases_ofAConnection()
{
    if (QHostInfo::fromName(u"localhost"_s).addresses().isEmpty())
        QSKIP(
            "This machine cannot resolve localhost (no /etc/hosts?): there is no lookup to watch.");
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    Notes notes;
    RequestOptions options;
    options.host = u"localhost"_s;
    options.family = 4;
    options.port = server.port();
    options.observer = &notes;
    QPointer<ClientRequest> req = get(options);
    QTRY_VERIFY(!req);
    QVERIFY2(notes.phases.startsWith(
                 u"lookup started,lookup ended,connect started,connect ended,first byte,"_s),
        qPrintable(notes.phases));
}

void ObserverTest::phases_ofALookupFunction()
{
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    for (const bool later : { false, true }) {
        Notes notes;
        RequestOptions options;
        options.host = u"name.example"_s;
        options.port = server.port();
        options.observer = &notes;
        options.lookup = [&](const QString &, const LookupOptions &,
                             ConnectOptions::LookupCallback answer) {
            const auto found = [answer] { answer({}, { QHostAddress(QHostAddress::LocalHost) }); };
            if (later)
                QMetaObject::invokeMethod(this, found, Qt::QueuedConnection);
            else
                found();
        };
        QPointer<ClientRequest> req = get(options);
        QTRY_VERIFY(!req);
        QVERIFY2(notes.phases.startsWith(
                     u"lookup started,lookup ended,connect started,connect ended,first byte,"_s),
            qPrintable(notes.phases));
    }
}

void ObserverTest::waitingRequest_getsAReusedConnection()
{
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    Notes notes;
    AgentOptions agentOptions;
    agentOptions.maxSockets = 1;
    Agent agent(agentOptions);
    agent.setObserver(&notes);
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    options.agent = &agent;
    get(options);
    get(options);
    QTRY_COMPARE(notes.ended, 2);
    QCOMPARE(server.connectionCount(), 1);
    QCOMPARE(notes.reused, u"no,no,yes,"_s); // the first once more when it is connected
}

QTEST_GUILESS_MAIN(ObserverTest)
#include "tst_observer.moc"

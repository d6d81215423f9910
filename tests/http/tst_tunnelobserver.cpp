// Source: http/observer.h: what passes on tunnels, and what belongs to no message.
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>
#include <http/tcpsocket.h>
#include <http/ticks.h>
#include <http/transport.h>

#include <QPointer>
#include <QTest>

#include <support/memorysocket.h>
#include <sys/ioctl.h>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using headrace::test::MemorySocket;
namespace wire = headrace::wire;

namespace {

/// One line for each call that is looked at; octets of one part and direction are one line.
class Notes : public Observer
{
public:
    void exchangeBegan(const ExchangeStart &start) override
    {
        m_numbers.append(start.exchange);
        note(start.exchange, "began");
    }

    void socketPhase(ExchangeId exchange, ConnectionId, SocketPhase phase, MonotonicTime) override
    {
        if (phase == SocketPhase::Closed)
            note(exchange, "closed");
    }

    void octets(ExchangeId exchange, ConnectionId, Direction direction, wire::MessagePart part,
        QByteArrayView octets, MonotonicTime) override
    {
        static const QList<QByteArray> parts { "Head", "ChunkHeader", "Body", "ChunkEnd",
            "Trailers", "Tunnel", "Unparsed" };
        const QByteArray line
            = (direction == Direction::Sent ? "> " : "< ") + parts.at(int(part)) + ' ';
        const QByteArray printed = octets.toByteArray().replace("\r\n", "|");
        const QByteArray number = QByteArray::number(m_numbers.indexOf(exchange) + 1) + ' ';
        if (!lines.isEmpty() && lines.last().startsWith(number + line))
            lines.last() += printed;
        else
            lines.append(number + line + printed);
    }

    void headComplete(
        ExchangeId exchange, Direction direction, const wire::Head &head, MonotonicTime) override
    {
        if (direction == Direction::Sent && head.statusCode > 0)
            note(exchange, "answered " + QByteArray::number(head.statusCode));
    }

    void messageComplete(ExchangeId exchange, Direction direction, MonotonicTime) override
    {
        note(exchange, direction == Direction::Sent ? "sent" : "received");
    }

    void failed(ExchangeId exchange, const Error &error, MonotonicTime) override
    {
        note(exchange, "failed " + QByteArray(wire::name(error.code).data()));
    }

    void exchangeEnded(ExchangeId exchange, MonotonicTime) override { note(exchange, "ended"); }

    QByteArrayList takeLines() { return std::exchange(lines, {}); }

    bool hasEnded() const { return !lines.isEmpty() && lines.last().endsWith(" ended"); }

    QByteArrayList lines;

private:
    void note(ExchangeId exchange, const QByteArray &what)
    {
        lines.append(QByteArray::number(m_numbers.indexOf(exchange) + 1) + ' ' + what);
    }

    QList<ExchangeId> m_numbers; ///< As they began; 0 in the lines is none.
};

const QByteArray upgrading = "GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
const QByteArray upgradingLine = "GET / HTTP/1.1|Connection: upgrade|Upgrade: x||";
const QByteArray connecting = "CONNECT far:1 HTTP/1.1\r\nHost: far:1\r\n\r\n";
const QByteArray connectingLine = "CONNECT far:1 HTTP/1.1|Host: far:1||";

/// A server that is watched; what it hands over goes to \a taken.
struct WatchedServer
{
    explicit WatchedServer(const Handler &handler = {})
        : server(handler)
    {
        server.setObserver(&notes);
        if (server.listen(0, QHostAddress::LocalHost))
            qFatal("no port to listen on");
    }

    void take()
    {
        const auto keep
            = [this](IncomingMessage *, QIODevice *socket, const QByteArray &) { taken = socket; };
        QObject::connect(&server, &Server::upgrade, &server, keep);
        QObject::connect(&server, &Server::connectRequested, &server, keep);
    }

    Notes notes;
    Server server;
    QPointer<QIODevice> taken;
};

} // namespace

class TunnelObserverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serverTunnel_isItsExchange();
    void serverTunnel_answerByHand_isRead_data();
    void serverTunnel_answerByHand_isRead();
    void serverTunnel_reset_fails();
    void serverTunnel_socketDeleted_ends();
    void serverTunnel_pipelined_answersStayTheirs();
    void serverTunnel_otherDevice_endsWhenItCloses();
    void connect_nobodyListens_octetsAreUnparsed();
    void clientTunnel_isItsExchange();
    void refusal_byHand_isRead();
    void surplus_isAnExchangeOfItsOwn();
    void emptyLines_belongToTheNextRequest();
    void unreadOctets_areToldWhenItCloses();
    void idleAgent_octetsAreOfNoExchange();
    void writtenByHand_isTold();
};

void TunnelObserverTest::serverTunnel_isItsExchange()
{
    WatchedServer watched;
    watched.take();
    RawClient client(watched.server.serverPort());
    client.send(upgrading + "early");
    QTRY_VERIFY(watched.taken);
    QCOMPARE(watched.notes.takeLines(),
        (QByteArrayList {
            "1 began", "1 < Head " + upgradingLine, "1 received", "1 < Tunnel early" }));
    watched.taken->write("HTTP/1.1 101 Go\r\n\r\nhi");
    client.send(" ping");
    QTRY_COMPARE(watched.taken->bytesAvailable(), 5);
    watched.taken->write(" pong");
    QTRY_COMPARE(client.received(), "HTTP/1.1 101 Go\r\n\r\nhi pong");
    QCOMPARE(watched.notes.takeLines(),
        (QByteArrayList { "1 > Head HTTP/1.1 101 Go||", "1 answered 101", "1 > Tunnel hi",
            "1 < Tunnel  ping", "1 > Tunnel  pong" }));
    watched.taken->close();
    QTRY_VERIFY(watched.notes.hasEnded());
    QCOMPARE(watched.notes.takeLines(), (QByteArrayList { "1 closed", "1 ended" }));
}

void TunnelObserverTest::serverTunnel_answerByHand_isRead_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArrayList>("written");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::newRow("in pieces") << upgrading
                               << QByteArrayList { "HTTP/1.1 1", "01 Go\r\n", "\r\n", "hi" }
                               << QByteArrayList { "1 > Head HTTP/1.1 101 Go||", "1 answered 101",
                                      "1 > Tunnel hi" };
    QTest::newRow("CONNECT") << connecting << QByteArrayList { "HTTP/1.1 200 Go\r\n\r\nhi" }
                             << QByteArrayList { "1 > Head HTTP/1.1 200 Go||", "1 answered 200",
                                    "1 > Tunnel hi" };
    QTest::newRow("interim first")
        << connecting << QByteArrayList { "HTTP/1.1 103 E\r\n\r\nHTTP/1.1 299 Go\r\n\r\nhi" }
        << QByteArrayList { "1 > Head HTTP/1.1 103 E||", "1 answered 103",
               "1 > Head HTTP/1.1 299 Go||", "1 answered 299", "1 > Tunnel hi" };
    QTest::newRow("200 to an upgrade")
        << upgrading << QByteArrayList { "HTTP/1.1 200 No\r\nContent-Length: 2\r\n\r\nno", "more" }
        << QByteArrayList { "1 > Head HTTP/1.1 200 No|Content-Length: 2||", "1 answered 200",
               "1 > Body no", "1 sent", "1 > Tunnel more" };
    QTest::newRow("refused until the end")
        << connecting << QByteArrayList { "HTTP/1.1 403 No\r\n\r\nno" }
        << QByteArrayList { "1 > Head HTTP/1.1 403 No||", "1 answered 403", "1 > Body no",
               "1 sent" };
    QTest::newRow("no HTTP") << upgrading << QByteArrayList { "\x01hello", " there" }
                             << QByteArrayList { "1 > Tunnel \x01hello there" };
    QTest::newRow("nothing") << upgrading << QByteArrayList() << QByteArrayList();
}

void TunnelObserverTest::serverTunnel_answerByHand_isRead()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArrayList, written);
    QFETCH(QByteArrayList, lines);
    WatchedServer watched;
    watched.take();
    RawClient client(watched.server.serverPort());
    client.send(request);
    QTRY_VERIFY(watched.taken);
    watched.notes.takeLines();
    for (const QByteArray &octets : written)
        watched.taken->write(octets);
    watched.taken->close();
    QTRY_VERIFY(watched.notes.hasEnded());
    QCOMPARE(watched.notes.takeLines(), (lines + QByteArrayList { "1 closed", "1 ended" }));
    QTRY_COMPARE(client.received(), written.join());
}

void TunnelObserverTest::serverTunnel_reset_fails()
{
    WatchedServer watched;
    watched.take();
    RawClient client(watched.server.serverPort());
    client.send(upgrading);
    QTRY_VERIFY(watched.taken);
    watched.notes.takeLines();
    client.reset();
    QTRY_VERIFY(watched.notes.hasEnded());
    QCOMPARE(watched.notes.takeLines(),
        (QByteArrayList { "1 failed ECONNRESET", "1 closed", "1 ended" }));
}

void TunnelObserverTest::serverTunnel_socketDeleted_ends()
{
    WatchedServer watched;
    watched.take();
    RawClient client(watched.server.serverPort());
    client.send(upgrading);
    QTRY_VERIFY(watched.taken);
    watched.notes.takeLines();
    delete watched.taken;
    QCOMPARE(watched.notes.takeLines(), (QByteArrayList { "1 closed", "1 ended" }));
}

void TunnelObserverTest::serverTunnel_pipelined_answersStayTheirs()
{
    QPointer<ServerResponse> due;
    WatchedServer watched([&](IncomingMessage *, ServerResponse *response) { due = response; });
    watched.take();
    RawClient client(watched.server.serverPort());
    client.send(keeping() + upgrading);
    QTRY_VERIFY(watched.taken);
    watched.notes.takeLines();
    due->setSendDate(false);
    due->end("late");
    QTRY_VERIFY(client.received().endsWith("late"));
    watched.taken->write("HTTP/1.1 101 Go\r\n\r\n");
    QTRY_VERIFY(client.received().endsWith("Go\r\n\r\n"));
    const QByteArrayList lines = watched.notes.takeLines();
    QCOMPARE(lines.mid(lines.size() - 2),
        (QByteArrayList { "2 > Head HTTP/1.1 101 Go||", "2 answered 101" }));
    QVERIFY(lines.contains("1 > Body late"));
    QVERIFY(!lines.join().contains("Tunnel") && !lines.join().contains("Unparsed"));
    watched.taken->close();
    QTRY_VERIFY(watched.notes.hasEnded());
}

/// Its octets are not seen, but its end is.
void TunnelObserverTest::serverTunnel_otherDevice_endsWhenItCloses()
{
    WatchedServer watched;
    watched.take();
    const auto [near, far] = MemorySocket::makePair();
    const std::unique_ptr<MemorySocket> client(far);
    watched.server.injectConnection(near);
    client->write(upgrading);
    QTRY_VERIFY(watched.taken);
    watched.notes.takeLines();
    watched.taken->write("unseen");
    watched.taken->close();
    QCOMPARE(watched.notes.takeLines(), (QByteArrayList { "1 closed", "1 ended" }));
    QByteArray received;
    QTRY_COMPARE(received += client->takeAll(), "unseen");
}

void TunnelObserverTest::connect_nobodyListens_octetsAreUnparsed()
{
    WatchedServer watched;
    RawClient client(watched.server.serverPort());
    client.send(connecting + "early");
    QTRY_VERIFY(watched.notes.hasEnded());
    QCOMPARE(watched.notes.takeLines(),
        (QByteArrayList { "1 began", "1 < Head " + connectingLine, "1 received",
            "1 < Unparsed early", "1 closed", "1 ended" }));
}

void TunnelObserverTest::clientTunnel_isItsExchange()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &received) {
        const bool isTunnel = received.startsWith("ping");
        socket->write(isTunnel
                ? "pong"
                : "HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nearly");
    });
    Notes notes;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    options.observer = &notes;
    options.setHost = false;
    options.headers = { { "Connection", "upgrade" }, { "Upgrade", "x" } };
    QPointer<QIODevice> taken;
    const QPointer<ClientRequest> req = get(options);
    connect(req, &ClientRequest::upgrade, this,
        [&](IncomingMessage *, QIODevice *socket, const QByteArray &) { taken = socket; });
    QTRY_VERIFY(taken);
    QTRY_VERIFY(!req);
    QCOMPARE(notes.takeLines(),
        (QByteArrayList { "1 began", "1 > Head " + upgradingLine, "1 sent",
            "1 < Head HTTP/1.1 101 Go|Connection: upgrade|Upgrade: x||", "1 < Tunnel early" }));
    taken->write("ping\r\n\r\n");
    QTRY_COMPARE(taken->bytesAvailable(), 4);
    QCOMPARE(notes.takeLines(), (QByteArrayList { "1 > Tunnel ping||", "1 < Tunnel pong" }));
    taken->close();
    QTRY_VERIFY(notes.hasEnded());
    QCOMPARE(notes.takeLines(), (QByteArrayList { "1 closed", "1 ended" }));
}

void TunnelObserverTest::refusal_byHand_isRead()
{
    WatchedServer watched;
    connect(&watched.server, &Server::clientError, this, [](const Error &, QIODevice *socket) {
        socket->write("HTTP/1.1 400 Sorry\r\nContent-Length: 2\r\n\r\nno");
        socket->close();
    });
    RawClient client(watched.server.serverPort());
    client.send("@@@\r\n\r\n");
    QTRY_VERIFY(client.isClosed());
    QTRY_VERIFY(watched.notes.hasEnded());
    QCOMPARE(watched.notes.takeLines(),
        (QByteArrayList { "1 began", "1 < Unparsed @@@||", "1 failed HPE_INVALID_METHOD",
            "1 > Head HTTP/1.1 400 Sorry|Content-Length: 2||", "1 answered 400", "1 > Body no",
            "1 sent", "1 closed", "1 ended" }));
}

void TunnelObserverTest::surplus_isAnExchangeOfItsOwn()
{
    WatchedServer watched([](IncomingMessage *, ServerResponse *response) { response->end(); });
    RawClient client(watched.server.serverPort());
    client.send(closing() + "SURPLUS");
    QTRY_VERIFY(client.isClosed());
    QTRY_VERIFY(watched.notes.lines.contains("1 ended") && watched.notes.lines.contains("2 ended"));
    const QByteArrayList lines = watched.notes.takeLines();
    QVERIFY(lines.contains("2 began"));
    QVERIFY(lines.contains("2 < Unparsed SURPLUS"));
    QVERIFY2(lines.contains("2 failed HPE_INVALID_METHOD")
            || lines.contains("2 failed HPE_CLOSED_CONNECTION"),
        lines.join('\n'));
    QVERIFY(!lines.join().contains("1 failed"));
}

void TunnelObserverTest::emptyLines_belongToTheNextRequest()
{
    WatchedServer watched([](IncomingMessage *, ServerResponse *response) { response->end(); });
    RawClient client(watched.server.serverPort());
    client.send("\r\n");
    client.send("\r\n" + keeping());
    QTRY_VERIFY(watched.notes.lines.contains("1 ended"));
    QCOMPARE(watched.notes.takeLines().mid(0, 2).last().first(13), "1 < Head ||GE");
    client.send("\r\n");
    client.finish(); // no request follows
    QTRY_VERIFY(watched.notes.hasEnded());
    QCOMPARE(watched.notes.takeLines(),
        (QByteArrayList { "2 began", "2 < Head |", "2 closed", "2 ended" }));
}

void TunnelObserverTest::unreadOctets_areToldWhenItCloses()
{
    QPointer<IncomingMessage> held;
    WatchedServer watched([&](IncomingMessage *request, ServerResponse *) { held = request; });
    RawClient client(watched.server.serverPort());
    client.send(keeping("/", "Content-Length: 9\r\n", "POST") + "ab");
    QTRY_VERIFY(held);
    Transport *transport = Transport::of(held->socket());
    QTRY_VERIFY(watched.notes.lines.contains("1 < Body ab"));
    transport->pause();
    client.send("cd");
    const int descriptor = int(qobject_cast<TcpSocket *>(held->socket())->socketDescriptor());
    const auto waiting = [descriptor] {
        int octets = 0;
        ::ioctl(descriptor, FIONREAD, &octets);
        return octets;
    };
    QTRY_COMPARE(waiting(), 2);
    watched.notes.takeLines();
    {
        const IoScope scope;
        held->destroy();
    }
    QTRY_VERIFY(watched.notes.hasEnded());
    QVERIFY2(watched.notes.lines.contains("1 < Unparsed cd"), watched.notes.lines.join('\n'));
}

void TunnelObserverTest::idleAgent_octetsAreOfNoExchange()
{
    QPointer<QTcpSocket> connection;
    RawServer server([&](QTcpSocket *socket, const QByteArray &) {
        connection = socket;
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    Notes notes;
    AgentOptions agentOptions;
    agentOptions.keepAlive = true;
    Agent agent(agentOptions);
    agent.setObserver(&notes);
    RequestOptions options;
    options.agent = &agent;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    get(options);
    QTRY_VERIFY(notes.hasEnded());
    notes.takeLines();
    connection->write("late");
    QTRY_COMPARE(notes.lines, (QByteArrayList { "0 < Unparsed late" }));
    connection->disconnectFromHost();
    QTRY_COMPARE(notes.lines, (QByteArrayList { "0 < Unparsed late", "0 closed" }));
}

void TunnelObserverTest::writtenByHand_isTold()
{
    WatchedServer watched([](IncomingMessage *request, ServerResponse *response) {
        request->socket()->write("by hand");
        response->destroy();
    });
    connect(&watched.server, &Server::connection, this,
        [](QIODevice *socket) { socket->write("hello"); });
    RawClient client(watched.server.serverPort());
    QTRY_COMPARE(client.received(), "hello");
    client.send(keeping());
    QTRY_VERIFY(watched.notes.hasEnded());
    QTRY_COMPARE(client.received(), "helloby hand");
    QCOMPARE(watched.notes.lines.first(), "0 > Unparsed hello");
    QVERIFY(watched.notes.lines.contains("1 > Unparsed by hand"));
}

QTEST_GUILESS_MAIN(TunnelObserverTest)
#include "tst_tunnelobserver.moc"

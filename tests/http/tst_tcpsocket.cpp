// Source: reference events 'connect' and 'upgrade': the listener gets the socket, whose two directions end
// separately on a server (`allowHalfOpen`) and together on a client.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>
#include <http/tcpsocket.h>
#include <http/transport.h>

#include <QPointer>
#include <QTest>

using namespace headrace;
using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const QByteArray upgradeFields = "Connection: Upgrade\r\nUpgrade: echo\r\n";
} // namespace

class TcpSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void peerEnds_writesGoOn_whenSomebodyListens();
    void peerEnds_upgrade_echoOfAllThatCame();
    void peerEnds_nobodyListens_closes();
    void peerEnds_clientSide_closesByItself();
    void lines_areReadAsTheyCome();
    void unread_holdsBackThePeer();
    void unread_largerBuffer_takesMore();
    void close_sendsWhatWasWritten();
    void abort_dropsWhatWasWritten();
    void bytesWritten_tellsEachWrite();
    void transport_readsInstead();
    void reset_isAnError();
    void closed_deletesTheSocket();
    void serverTimeout_isTheOwnersAffair();
    void clientError_answeredByTheDevice();
    void clientError_answeredBehindAnotherAnswer();
    void plainUse_isAQTcpSocket();

private:
    /// Upgrades every connection; \a run gets the server's end of it.
    void onTunnel(std::function<void(TcpSocket *socket)> run);

    std::unique_ptr<Server> m_server;
    std::unique_ptr<RawClient> m_client;
    Journal m_journal;
};

void TcpSocketTest::init()
{
    m_journal.clear();
    m_server = std::make_unique<Server>();
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
    m_client = std::make_unique<RawClient>(m_server->serverPort());
}

void TcpSocketTest::cleanup()
{
    m_client.reset();
    m_server.reset();
}

void TcpSocketTest::onTunnel(std::function<void(TcpSocket *)> run)
{
    connect(m_server.get(), &Server::upgrade, this,
        [run = std::move(run)](IncomingMessage *, QIODevice *socket, const QByteArray &) {
            auto *tcp = qobject_cast<TcpSocket *>(socket);
            QVERIFY(tcp);
            run(tcp);
        });
    m_client->send(keeping("/", upgradeFields));
}

// conformance: server/connect-event-hands-over-socket
void TcpSocketTest::peerEnds_writesGoOn_whenSomebodyListens()
{
    connect(m_server.get(), &Server::request, this, [this] { m_journal.add(u"request"_s); });
    QByteArray tunnelled;
    connect(m_server.get(), &Server::connectRequested, this,
        [&](IncomingMessage *req, QIODevice *socket, const QByteArray &head) {
            m_journal.add(QString::fromLatin1(
                req->method() + ' ' + req->url() + ' ' + req->headers().value("host")));
            QCOMPARE(req->socket(), socket);
            socket->write("HTTP/1.1 200 Connection established\r\n\r\n");
            tunnelled = head;
            connect(socket, &QIODevice::readyRead, this,
                [&, socket] { tunnelled += socket->readAll(); });
            connect(socket, &QIODevice::readChannelFinished, this, [&, socket] {
                m_journal.add(u"end"_s);
                socket->write("bye");
                socket->close();
            });
        });
    m_client->send(
        "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\nGET / NOT-HTTP\r\n");
    QTRY_VERIFY(m_client->received().endsWith("\r\n\r\n"));
    m_client->send(QByteArray("raw bytes \0\1", 12));
    m_client->finish();
    QTRY_VERIFY(m_client->isClosed());
    QCOMPARE(m_journal.text(), u"CONNECT example.org:443 example.org | end"_s);
    QCOMPARE(tunnelled, QByteArray("GET / NOT-HTTP\r\nraw bytes \0\1", 28));
    QCOMPARE(m_client->received(), "HTTP/1.1 200 Connection established\r\n\r\nbye");
}

// conformance: server/upgrade-event-hands-over-socket
void TcpSocketTest::peerEnds_upgrade_echoOfAllThatCame()
{
    connect(m_server.get(), &Server::request, this, [this] { m_journal.add(u"request"_s); });
    QByteArray got;
    connect(m_server.get(), &Server::upgrade, this,
        [&](IncomingMessage *req, QIODevice *socket, const QByteArray &head) {
            m_journal.add(QString::fromLatin1(
                req->method() + ' ' + req->url() + " to " + req->headers().value("upgrade")));
            QVERIFY(req->isUpgrade());
            QCOMPARE(req->socket(), socket);
            socket->write("HTTP/1.1 101 Switching Protocols\r\n\r\n");
            got = head;
            connect(socket, &QIODevice::readyRead, this, [&, socket] { got += socket->readAll(); });
            connect(socket, &QIODevice::readChannelFinished, this, [&, socket] {
                socket->write("echo:" + got);
                socket->close();
            });
        });
    m_client->send(
        keeping("/chat", "Connection: keep-alive, Upgrade\r\nUpgrade: echo\r\n") + "\1frame");
    QTRY_VERIFY(m_client->received().endsWith("\r\n\r\n"));
    m_client->send(";second");
    m_client->finish();
    QTRY_VERIFY(m_client->isClosed());
    QCOMPARE(m_journal.text(), u"GET /chat to echo"_s);
    QCOMPARE(m_client->received(), "HTTP/1.1 101 Switching Protocols\r\n\r\necho:\1frame;second");
}

void TcpSocketTest::peerEnds_nobodyListens_closes()
{
    onTunnel([](TcpSocket *socket) { socket->write("on"); });
    QTRY_COMPARE(m_client->received(), "on");
    m_client->finish();
    QTRY_VERIFY(m_client->isClosed());
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

/// A client's socket ends its direction when the peer has ended its own: `allowHalfOpen` is false there.
void TcpSocketTest::peerEnds_clientSide_closesByItself()
{
    QByteArray atServer;
    connect(m_server.get(), &Server::connectRequested, this,
        [&](IncomingMessage *, QIODevice *socket, const QByteArray &) {
            socket->write("HTTP/1.1 200 OK\r\n\r\nlast words");
            Transport::of(socket)->end();
            connect(socket, &QIODevice::readyRead, this,
                [&, socket] { atServer += socket->readAll(); });
        });
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = m_server->serverPort();
    options.method = "CONNECT";
    options.path = "a:1";
    QByteArray got;
    connect(get(options), &ClientRequest::connectRequested, this,
        [&](IncomingMessage *, QIODevice *socket, const QByteArray &head) {
            got = head;
            socket->write("thanks");
            connect(socket, &QIODevice::readyRead, this, [&, socket] { got += socket->readAll(); });
            connect(
                socket, &QIODevice::readChannelFinished, this, [this] { m_journal.add(u"end"_s); });
            connect(qobject_cast<QTcpSocket *>(socket), &QTcpSocket::disconnected, this,
                [this] { m_journal.add(u"disconnected"_s); });
            connect(socket, &QObject::destroyed, this, [this] { m_journal.add(u"gone"_s); });
        });
    QTRY_COMPARE(m_journal.text(), u"end | disconnected | gone"_s);
    QCOMPARE(got, "last words");
    QTRY_COMPARE(atServer, "thanks");
    QTRY_COMPARE(m_server->connectionCount(), 1); // m_client's
}

void TcpSocketTest::lines_areReadAsTheyCome()
{
    QByteArrayList lines;
    onTunnel([&](TcpSocket *socket) {
        socket->write("on");
        connect(socket, &QIODevice::readyRead, this, [&, socket] {
            while (socket->canReadLine())
                lines.append(socket->readLine());
            if (!socket->atEnd())
                lines.append("+" + QByteArray::number(socket->bytesAvailable()));
        });
    });
    QTRY_COMPARE(m_client->received(), "on");
    m_client->send("one\ntwo\nth");
    QTRY_COMPARE(lines, (QByteArrayList { "one\n", "two\n", "+2" }));
    m_client->send("ree\n");
    QTRY_COMPARE(lines, (QByteArrayList { "one\n", "two\n", "+2", "three\n" }));
}

void TcpSocketTest::unread_holdsBackThePeer()
{
    constexpr qint64 size = 32'000'000;
    QPointer<TcpSocket> tunnel;
    onTunnel([&](TcpSocket *socket) {
        tunnel = socket;
        socket->write("on");
    });
    QTRY_COMPARE(m_client->received(), "on");
    m_client->send(QByteArray(size, 'x'));
    QTRY_VERIFY(tunnel->bytesAvailable() >= TcpSocket::DefaultReadBufferSize);
    QTRY_VERIFY(Transport::of(tunnel)->isPaused());
    QVERIFY(tunnel->bytesAvailable() <= 3 * TcpSocket::DefaultReadBufferSize);

    qint64 got = 0;
    connect(tunnel, &QIODevice::readyRead, this, [&] { got += tunnel->readAll().size(); });
    got += tunnel->skip(1000);
    got += tunnel->readAll().size();
    QTRY_COMPARE(got, size);
}

void TcpSocketTest::unread_largerBuffer_takesMore()
{
    QPointer<TcpSocket> tunnel;
    onTunnel([&](TcpSocket *socket) {
        tunnel = socket;
        socket->setReadBufferSize(0);
        socket->write("on");
    });
    QTRY_COMPARE(m_client->received(), "on");
    m_client->send(QByteArray(1'000'000, 'x'));
    QTRY_COMPARE(tunnel->bytesAvailable(), 1'000'000);
}

void TcpSocketTest::close_sendsWhatWasWritten()
{
    constexpr qsizetype size = 8'000'000;
    onTunnel([](TcpSocket *socket) {
        socket->write(QByteArray(size, 'x'));
        QVERIFY(socket->bytesToWrite() > 0);
        socket->close();
        QVERIFY(!socket->isOpen());
    });
    QTRY_VERIFY(m_client->isClosed());
    QCOMPARE(m_client->received().size(), size);
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TcpSocketTest::abort_dropsWhatWasWritten()
{
    constexpr qsizetype size = 64'000'000; // more than the system's buffers take
    onTunnel([](TcpSocket *socket) {
        socket->write(QByteArray(size, 'x'));
        socket->abort();
        QCOMPARE(socket->state(), QAbstractSocket::UnconnectedState);
    });
    QTRY_VERIFY(m_client->isClosed());
    QVERIFY(m_client->received().size() < size);
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TcpSocketTest::bytesWritten_tellsEachWrite()
{
    onTunnel([this](TcpSocket *socket) {
        connect(socket, &QIODevice::bytesWritten, this,
            [this](qint64 size) { m_journal.add(QString::number(size)); });
        socket->write("one");
        socket->write("three");
    });
    QTRY_COMPARE(m_client->received(), "onethree");
    QTRY_COMPARE(m_journal.text(), u"3 | 5"_s);
}

/// With the words of net.Socket: 'data', 'end', end(), 'close'.
void TcpSocketTest::transport_readsInstead()
{
    onTunnel([this](TcpSocket *socket) {
        Transport *transport = Transport::of(socket);
        connect(transport, &Transport::received, this, [this](const QByteArray &octets) {
            m_journal.add(u"data "_s + QString::fromLatin1(octets));
        });
        connect(transport, &Transport::ended, this, [this, transport] {
            m_journal.add(u"end"_s);
            transport->write("bye");
            transport->end();
        });
        connect(transport, &Transport::closed, this, [this] { m_journal.add(u"close"_s); });
        connect(socket, &QIODevice::readyRead, this, [this] { m_journal.add(u"readyRead"_s); });
        transport->resume();
        transport->write("on");
    });
    QTRY_COMPARE(m_client->received(), "on");
    m_client->send("hello");
    m_client->finish();
    QTRY_COMPARE(m_journal.text(), u"data hello | end | close"_s);
    QTRY_COMPARE(m_client->received(), "onbye");
}

void TcpSocketTest::reset_isAnError()
{
    onTunnel([this](TcpSocket *socket) {
        connect(socket, &QAbstractSocket::errorOccurred, this,
            [this, socket](QAbstractSocket::SocketError error) {
                QCOMPARE(error, QAbstractSocket::RemoteHostClosedError);
                m_journal.add(socket->errorString());
            });
        connect(socket, &QAbstractSocket::disconnected, this,
            [this] { m_journal.add(u"disconnected"_s); });
        socket->write("on");
    });
    QTRY_COMPARE(m_client->received(), "on");
    m_client->reset();
    QTRY_COMPARE(m_server->connectionCount(), 0);
    QCOMPARE(m_journal.text(), u"disconnected | read ECONNRESET"_s);
}

void TcpSocketTest::closed_deletesTheSocket()
{
    QPointer<TcpSocket> tunnel;
    onTunnel([&](TcpSocket *socket) {
        tunnel = socket;
        socket->write("on");
        socket->disconnectFromHost();
    });
    QTRY_VERIFY(m_client->isClosed());
    QCOMPARE(m_client->received(), "on");
    QTRY_VERIFY(!tunnel);
}

/// The timer goes on, but only the socket tells of it; recorded on the reference.
void TcpSocketTest::serverTimeout_isTheOwnersAffair()
{
    m_server->setTimeout(20ms, [this](QIODevice *) { m_journal.add(u"server timeout"_s); });
    onTunnel([this](TcpSocket *socket) {
        Transport *transport = Transport::of(socket);
        QCOMPARE(transport->timeout(), 20ms);
        connect(transport, &Transport::timedOut, this, [this, transport] {
            m_journal.add(u"timeout"_s);
            QVERIFY(!transport->isDestroyed());
        });
    });
    QTRY_COMPARE(m_journal.text(), u"timeout"_s);
    QVERIFY(!m_client->isClosed());
}

/// As the reference's example does it with a net.Socket.
void TcpSocketTest::clientError_answeredByTheDevice()
{
    connect(
        m_server.get(), &Server::clientError, this, [this](const Error &error, QIODevice *socket) {
            m_journal.add(wire::name(error.code));
            socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            socket->close();
        });
    m_client->send("GARBAGE\r\n\r\n");
    QTRY_VERIFY(m_client->isClosed());
    QCOMPARE(m_client->received(), "HTTP/1.1 400 Bad Request\r\n\r\n");
    QCOMPARE(m_journal.count(u"HPE_INVALID_METHOD"_s), 1);
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TcpSocketTest::clientError_answeredBehindAnotherAnswer()
{
    constexpr qsizetype size = 8'000'000;
    connect(m_server.get(), &Server::request, this,
        [](IncomingMessage *, ServerResponse *res) { res->end(QByteArray(size, 'x')); });
    connect(m_server.get(), &Server::clientError, this, [](const Error &, QIODevice *socket) {
        socket->write("late");
        socket->close();
    });
    m_client->send(keeping() + "GARBAGE\r\n\r\n");
    QTRY_VERIFY(m_client->isClosed());
    QVERIFY(m_client->received().endsWith("xlate"));
    QCOMPARE(m_client->received().count('x'), size);
}

void TcpSocketTest::plainUse_isAQTcpSocket()
{
    RawServer server("hello\nworld", true);
    TcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, server.port());
    connect(&socket, &QAbstractSocket::connected, this, [&] { socket.write("GET / x\r\n\r\n"); });
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(socket.canReadLine());
    QCOMPARE(socket.readLine(), "hello\n");
    QCOMPARE(socket.readAll(), "world");
}

QTEST_GUILESS_MAIN(TcpSocketTest)
#include "tst_tcpsocket.moc"

// Source: reference events 'connect' and 'upgrade' of ClientRequest, with the documented pairs of client and
// server.
#include "agentfixture.h"
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

class ClientTunnelsTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void upgrade_handsOverTheSocket_data();
    void upgrade_handsOverTheSocket();
    void upgrade_withoutListener_closes();
    void connect_isAnyFinalAnswer_data();
    void connect_isAnyFinalAnswer();
    void connect_withoutListener_closes_data();
    void connect_withoutListener_closes();
    void connect_throughAProxy();
    void upgrade_echoServer();
    void tunnel_outlivesTheAgent();

private:
    RequestOptions upgrading(quint16 port) const;
    RequestOptions connecting(quint16 port, const QByteArray &authority = "a.example:443") const;
};

RequestOptions ClientTunnelsTest::upgrading(quint16 port) const
{
    RequestOptions options = to(port, "GET");
    options.headers = { { "Connection", "Upgrade" }, { "Upgrade", "x" } };
    return options;
}

RequestOptions ClientTunnelsTest::connecting(quint16 port, const QByteArray &authority) const
{
    RequestOptions options = to(port, "CONNECT");
    options.path = authority;
    return options;
}

void ClientTunnelsTest::upgrade_handsOverTheSocket_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("journal");
    QTest::newRow("no octets behind")
        << QByteArray() << QByteArray() << u"socket | finish | upgrade 101  | close"_s;
    QTest::newRow("octets behind")
        << QByteArray() << QByteArray("first") << u"socket | finish | upgrade 101 first | close"_s;
    QTest::newRow("after information")
        << QByteArray("HTTP/1.1 102 P\r\n\r\n") << QByteArray("f")
        << u"socket | finish | information 102 | upgrade 101 f | close"_s;
}

void ClientTunnelsTest::upgrade_handsOverTheSocket()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, head);
    QFETCH(QString, journal);
    RawServer server([&](QTcpSocket *socket, const QByteArray &received) {
        socket->write(received.startsWith("GET ") ? before
                    + "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n" + head
                                                  : "back");
    });
    for (const bool keepAlive : { false, true }) {
        m_agent = std::make_unique<Agent>(keepAlive ? kept() : AgentOptions());
        QPointer<QIODevice> device;
        QByteArray back;
        QCOMPARE(
            journalOf(upgrading(server.port()),
                [&](ClientRequest *req) {
                    connect(req, &ClientRequest::upgrade, this,
                        [&, req](IncomingMessage *res, QIODevice *socket, const QByteArray &got) {
                            m_journal.add(u"upgrade %1 %2"_s.arg(res->statusCode())
                                              .arg(QString::fromLatin1(got)));
                            QVERIFY(m_agent->sockets().isEmpty() && res->isComplete());
                            QCOMPARE(req->socket(), socket);
                            QCOMPARE(res->socket(), socket);
                            device = socket;
                            connect(socket, &QIODevice::readyRead, this,
                                [&back, socket] { back += socket->readAll(); });
                            socket->write("hello tunnel\r\n\r\n");
                        });
                    req->end();
                }),
            journal);
        QVERIFY(device);
        QTRY_COMPARE(back, "back");
        QVERIFY(m_agent->sockets().isEmpty() && m_agent->freeSockets().isEmpty());
        delete device;
    }
}

void ClientTunnelsTest::upgrade_withoutListener_closes()
{
    RawServer server("HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nrest");
    QCOMPARE(journalOf(upgrading(server.port())), u"socket | finish | close"_s);
    m_agent = std::make_unique<Agent>(kept());
    QCOMPARE(journalOf(upgrading(server.port())), u"socket | finish | close"_s);
    QTRY_VERIFY(m_agent->sockets().isEmpty() && m_agent->freeSockets().isEmpty());
}

// conformance: client/connect-event-tunnel
void ClientTunnelsTest::connect_isAnyFinalAnswer_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QString>("said");
    QTest::newRow("200") << QByteArray("200 Connection Established")
                         << u"200 Connection Established"_s;
    QTest::newRow("407") << QByteArray("407 Proxy Authentication Required")
                         << u"407 Proxy Authentication Required"_s;
}

void ClientTunnelsTest::connect_isAnyFinalAnswer()
{
    QFETCH(QByteArray, status);
    QFETCH(QString, said);
    QByteArray asked;
    RawServer server([&](QTcpSocket *socket, const QByteArray &received) {
        if (received.startsWith("CONNECT ")) {
            asked = received;
            socket->write(
                "HTTP/1.1 " + status + "\r\nProxy-agent: X\r\nContent-Length: 9\r\n\r\nHEAD.");
        } else {
            socket->write("pong");
            socket->disconnectFromHost();
        }
    });
    QPointer<QIODevice> device;
    QByteArray all;
    QCOMPARE(journalOf(connecting(server.port()),
                 [&](ClientRequest *req) {
                     connect(req, &ClientRequest::connectRequested, this,
                         [&, req](IncomingMessage *res, QIODevice *socket, const QByteArray &head) {
                             m_journal.add(u"connect %1 %2"_s.arg(res->statusCode())
                                               .arg(QString::fromLatin1(res->statusMessage())));
                             QCOMPARE(res->headers().value("content-length"), "9");
                             QCOMPARE(req->socket(), socket);
                             QVERIFY(m_agent->sockets().isEmpty());
                             device = socket;
                             all = head;
                             connect(socket, &QIODevice::readyRead, this,
                                 [&all, socket] { all += socket->readAll(); });
                             socket->write("ping\r\n\r\n");
                         });
                     connect(
                         req, &ClientRequest::closed, this, [req] { QVERIFY(req->isDestroyed()); });
                     req->end();
                 }),
        u"socket | finish | connect "_s + said + u" | close"_s);
    QTRY_COMPARE(all, "HEAD.pong");
    QCOMPARE(asked,
        "CONNECT a.example:443 HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(server.port())
            + "\r\nConnection: close\r\n\r\n");
    QTRY_VERIFY(!device);
}

// conformance: client/connect-event-without-listener
void ClientTunnelsTest::connect_withoutListener_closes_data() { connect_isAnyFinalAnswer_data(); }

void ClientTunnelsTest::connect_withoutListener_closes()
{
    QFETCH(QByteArray, status);
    RawServer server("HTTP/1.1 " + status + "\r\n\r\n");
    m_agent = std::make_unique<Agent>(kept());
    QPointer<QIODevice> socket;
    QCOMPARE(journalOf(connecting(server.port()),
                 [&](ClientRequest *req) {
                     connect(req, &ClientRequest::closed, this, [&, req] {
                         socket = req->socket();
                         QVERIFY(Transport::of(socket)->isDestroyed());
                     });
                     req->end();
                 }),
        u"socket | finish | close"_s);
    QTRY_VERIFY(!socket && m_agent->sockets().isEmpty());
}

// conformance: client/doc-example-connect-proxy
void ClientTunnelsTest::connect_throughAProxy()
{
    Server origin(
        [](IncomingMessage *req, ServerResponse *res) { res->end("origin says " + req->url()); });
    QVERIFY(!origin.listen(0, QHostAddress::LocalHost));
    const quint16 port = listen([](auto *, auto *res) { res->end("okay"); });
    connect(m_server.get(), &Server::connectRequested, this,
        [](IncomingMessage *req, QIODevice *client, const QByteArray &head) {
            auto *upstream = new QTcpSocket(client);
            upstream->connectToHost(
                u"127.0.0.1"_s, req->url().mid(req->url().indexOf(':') + 1).toUShort());
            connect(upstream, &QTcpSocket::connected, client, [client, upstream, head] {
                client->write("HTTP/1.1 200 Connection Established\r\nProxy-agent: X\r\n\r\n");
                upstream->write(head);
            });
            connect(client, &QIODevice::readyRead, upstream,
                [client, upstream] { upstream->write(client->readAll()); });
            connect(upstream, &QTcpSocket::readyRead, client,
                [client, upstream] { client->write(upstream->readAll()); });
            connect(upstream, &QTcpSocket::disconnected, client, &QIODevice::close);
        });
    QPointer<QIODevice> tunnel;
    QByteArray all;
    QCOMPARE(journalOf(connecting(port, "127.0.0.1:" + QByteArray::number(origin.serverPort())),
                 [&](ClientRequest *req) {
                     connect(req, &ClientRequest::connectRequested, this,
                         [&](IncomingMessage *res, QIODevice *socket) {
                             QCOMPARE(res->headers().value("proxy-agent"), "X");
                             tunnel = socket;
                             connect(socket, &QIODevice::readyRead, this,
                                 [&all, socket] { all += socket->readAll(); });
                             socket->write(closing("/tunnelled"));
                         });
                     req->end();
                 }),
        u"socket | finish | close"_s);
    QTRY_VERIFY(!tunnel);
    QCOMPARE(withoutDate(all),
        "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: close\r\nContent-Length: 22\r\n\r\n"
        "origin says /tunnelled");
}

// conformance: client/doc-example-upgrade-echo
void ClientTunnelsTest::upgrade_echoServer()
{
    const quint16 port = listen([](auto *, auto *res) { res->end("okay"); });
    connect(
        m_server.get(), &Server::upgrade, this, [this](IncomingMessage *req, QIODevice *socket) {
            m_journal.add(QString::fromLatin1(
                req->headers().value("upgrade") + ' ' + req->headers().value("connection")));
            socket->write("HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\n"
                          "Connection: Upgrade\r\n\r\n");
            connect(socket, &QIODevice::readyRead, socket,
                [socket] { socket->write(socket->readAll()); });
        });
    RequestOptions options = to(port, "GET");
    options.headers = { { "Connection", "Upgrade" }, { "Upgrade", "websocket" } };
    QPointer<QIODevice> tunnel;
    QByteArray all;
    QCOMPARE(journalOf(options,
                 [&](ClientRequest *req) {
                     connect(req, &ClientRequest::upgrade, this,
                         [&](IncomingMessage *res, QIODevice *socket) {
                             m_journal.add(QString::fromLatin1(
                                 res->statusMessage() + ' ' + res->headers().value("upgrade")));
                             tunnel = socket;
                             connect(socket, &QIODevice::readyRead, this, [&all, socket] {
                                 all += socket->readAll();
                                 if (all == "echo me")
                                     socket->close();
                             });
                             socket->write("echo me");
                         });
                     req->end();
                 }),
        u"socket | finish | websocket Upgrade | Web Socket Protocol Handshake WebSocket | close"_s);
    QTRY_VERIFY(!tunnel);
    QCOMPARE(all, "echo me");
}

void ClientTunnelsTest::tunnel_outlivesTheAgent()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &received) {
        socket->write(received.startsWith("CONNECT ") ? "HTTP/1.1 200 OK\r\n\r\n" : "still here");
    });
    QPointer<QIODevice> tunnel;
    journalOf(connecting(server.port()), [&](ClientRequest *req) {
        connect(req, &ClientRequest::connectRequested, this,
            [&](IncomingMessage *, QIODevice *socket) { tunnel = socket; });
        req->end();
    });
    m_agent.reset();
    QVERIFY(tunnel);
    tunnel->write("x\r\n\r\n");
    QTRY_COMPARE(tunnel->bytesAvailable(), 10);
    delete tunnel;
}

QTEST_GUILESS_MAIN(ClientTunnelsTest)
#include "tst_clienttunnels.moc"

// Source: reference events 'connect' and 'upgrade' of http.Server and http.ClientRequest; conformance
// server/connect-*, server/upgrade-*, client/connect-event-*, client/upgrade-header-without-101.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>
#include <http/transport.h>

#include <QLocalSocket>
#include <QPointer>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

class ServerUpgradeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void connect_handsOverTheSocket();
    void connect_withoutListener_closes();
    void upgrade_handsOverTheSocket();
    void upgrade_withoutListener_isARequest();
    void upgrade_whileAnAnswerIsOnItsWay_losesNothing();
    void upgrade_emptyField_isARequest();
    void behindUnansweredRequests_data();
    void behindUnansweredRequests();
    void behindUnansweredRequests_serverDestroyed();
    void behindUnansweredRequests_localSocket();
    void connect_tunnelThroughBoth();
    void connect_answerOtherThan200_isTheListeners();
    void upgradeField_without101_isAResponse();
    void listenerDeletesTheSocket();
    void serverDestroyed_closesTunnels();
    void serverClose_waitsForTunnels();

private:
    void follow(IncomingMessage *req, ServerResponse *res);
    void holdAnswers();

    Journal m_journal;
    std::unique_ptr<Server> m_server;
    QList<QPointer<ServerResponse>> m_unanswered;
};

void ServerUpgradeTest::init()
{
    m_journal.clear();
    m_unanswered.clear();
    m_server = std::make_unique<Server>([this](IncomingMessage *req, ServerResponse *res) {
        m_journal.add(u"request "_s + QString::fromLatin1(req->url()));
        res->setSendDate(false);
        res->end("plain");
    });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
}

void ServerUpgradeTest::connect_handsOverTheSocket()
{
    QByteArray tunnelled;
    connect(m_server.get(), &Server::connectRequested, this,
        [&](IncomingMessage *req, QIODevice *socket, const QByteArray &head) {
            m_journal.add(QString::fromLatin1(req->method() + ' ' + req->url()));
            QCOMPARE(req->socket(), socket);
            tunnelled = head;
            socket->write("HTTP/1.1 200 Connection established\r\n\r\n");
            connect(socket, &QIODevice::readyRead, this,
                [&, socket] { tunnelled += socket->readAll(); });
        });
    RawClient client(m_server->serverPort());
    client.send("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\nGET / NOT-HTTP\r\n");
    QTRY_COMPARE(client.received(), "HTTP/1.1 200 Connection established\r\n\r\n");
    client.send(QByteArray("raw \0\1", 6));
    client.finish();
    QTRY_COMPARE(tunnelled, QByteArray("GET / NOT-HTTP\r\nraw \0\1", 22));
    QTRY_VERIFY(client.isClosed());
    QTRY_COMPARE(m_server->connectionCount(), 0);
    QCOMPARE(m_journal.text(), u"CONNECT example.org:443"_s);
}

// conformance: server/connect-without-listener-closes
void ServerUpgradeTest::connect_withoutListener_closes()
{
    connect(
        m_server.get(), &Server::clientError, this, [this] { m_journal.add(u"clientError"_s); });
    QCOMPARE(talk(m_server->serverPort(),
                 "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n"),
        "");
    QCOMPARE(m_journal.text(), QString());
}

void ServerUpgradeTest::upgrade_handsOverTheSocket()
{
    connect(m_server.get(), &Server::upgrade, this,
        [this](IncomingMessage *req, QIODevice *socket, const QByteArray &head) {
            m_journal.add(QString::fromLatin1(
                req->url() + ' ' + req->headers().value("upgrade") + ' ' + head));
            QVERIFY(req->isUpgrade());
            socket->write("HTTP/1.1 101 Switching Protocols\r\n\r\n");
            connect(socket, &QIODevice::readyRead, socket,
                [socket] { socket->write("echo:" + socket->readAll()); });
        });
    RawClient client(m_server->serverPort());
    client.send(
        keeping("/chat", "Connection: keep-alive, Upgrade\r\nUpgrade: echo\r\n") + "\1frame");
    QTRY_COMPARE(client.received(), "HTTP/1.1 101 Switching Protocols\r\n\r\n");
    client.send(";second");
    QTRY_VERIFY(client.received().endsWith("echo:;second"));
    QCOMPARE(m_journal.text(), u"/chat echo \1frame"_s);
    QCOMPARE(m_server->connectionCount(), 1);
}

void ServerUpgradeTest::upgrade_withoutListener_isARequest()
{
    const QByteArray fields = "Connection: Upgrade\r\nUpgrade: h2c\r\n";
    const QByteArray answer = talk(m_server->serverPort(),
        keeping("/a", fields + "Content-Length: 3\r\n", "POST") + "abc" + keeping("/b", fields)
            + closing("/c"));
    QCOMPARE(answer.count("Content-Length: 5\r\n\r\nplain"), 3);
    QCOMPARE(m_journal.text(), u"request /a | request /b | request /c"_s);
}

void ServerUpgradeTest::upgrade_whileAnAnswerIsOnItsWay_losesNothing()
{
    constexpr qsizetype size = 8'000'000;
    Server server([](IncomingMessage *, ServerResponse *res) { res->end(QByteArray(size, 'x')); });
    connect(&server, &Server::upgrade, this,
        [](IncomingMessage *, QIODevice *socket, const QByteArray &) { socket->write("tunnel"); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping() + keeping("/u", "Connection: Upgrade\r\nUpgrade: x\r\n"));
    QTRY_VERIFY(client.received().endsWith("tunnel"));
    QCOMPARE(client.received().count("x"), size);
}

void ServerUpgradeTest::upgrade_emptyField_isARequest()
{
    connect(m_server.get(), &Server::upgrade, this, [this] { m_journal.add(u"upgrade"_s); });
    QVERIFY(talk(m_server->serverPort(), closing("/", "Upgrade:\r\n")).endsWith("plain"));
    QCOMPARE(m_journal.text(), u"request /"_s);
}

void ServerUpgradeTest::follow(IncomingMessage *req, ServerResponse *res)
{
    const QString url = u' ' + QString::fromLatin1(req->url());
    const auto entry = [this, url](const QString &what) {
        return [this, what, url] { m_journal.add(what + url); };
    };
    m_journal.add(u"request"_s + url);
    connect(req, &IncomingMessage::aborted, this, entry(u"aborted"_s));
    connect(req, &IncomingMessage::closed, this, entry(u"req close"_s));
    connect(res, &ServerResponse::finish, this, entry(u"finish"_s));
    connect(res, &ServerResponse::closed, this, entry(u"res close"_s));
}

void ServerUpgradeTest::holdAnswers()
{
    m_server = std::make_unique<Server>([this](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        follow(req, res);
        m_unanswered.append(res);
    });
}

void ServerUpgradeTest::behindUnansweredRequests_data()
{
    QTest::addColumn<std::function<void(QIODevice *)>>("use");
    QTest::addColumn<bool>("isConnect");
    QTest::addColumn<QString>("events");
    QTest::addColumn<QByteArray>("octets");
    using Use = std::function<void(QIODevice *)>;
    const QByteArray kept = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n"
                            "Content-Length: 3\r\n\r\n";
    const QString begin = u"request /1 | request /2 | "_s;
    const QString first = u"upgrade head | req close /1 | finish /1 | res close /1 | "_s;
    QTest::newRow("answers go out on the socket, in order")
        << Use([this](QIODevice *socket) {
               m_unanswered.at(1)->end("two");
               connect(m_unanswered.at(1), &ServerResponse::closed, this, [socket] {
                   socket->write("later");
                   Transport::of(socket)->destroySoon();
               });
               m_unanswered.at(0)->end("one");
           })
        << false << begin + first + u"req close /2 | finish /2 | res close /2 | socket close"_s
        << "101!" + kept + "one" + kept + "twolater";
    QTest::newRow("the last answer closes it")
        << Use([this](QIODevice *) {
               QVERIFY(!m_unanswered.at(0)->setHeader("Connection", "close"));
               m_unanswered.at(0)->end("one");
               m_unanswered.at(1)->end("two");
           })
        << false << begin + first + u"socket close"_s
        << QByteArray("101!HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none");
    QTest::newRow("the listener destroys the socket")
        << Use([](QIODevice *socket) { Transport::of(socket)->destroy(); }) << false
        << begin + u"upgrade head | res close /1 | socket close"_s << QByteArray("101!");
    QTest::newRow("a response is destroyed") << Use([this](QIODevice *socket) {
        m_unanswered.at(0)->destroy();
        QVERIFY(Transport::of(socket)->isDestroyed());
    }) << false << begin + u"upgrade head | res close /1 | socket close"_s
                                             << QByteArray("101!");
    QTest::newRow("CONNECT that nobody takes")
        << Use() << true << begin + u"res close /1 | socket close"_s << QByteArray();
}

/// What was recorded on the reference: only 'close' of the response whose turn it is tells of the end.
void ServerUpgradeTest::behindUnansweredRequests()
{
    QFETCH(std::function<void(QIODevice *)>, use);
    QFETCH(bool, isConnect);
    QFETCH(QString, events);
    QFETCH(QByteArray, octets);
    holdAnswers();
    connect(m_server.get(), &Server::connection, this, [this](QIODevice *socket) {
        connect(
            Transport::of(socket), &Transport::closed, this,
            [this] { m_journal.add(u"socket close"_s); }, Qt::QueuedConnection);
    });
    connect(
        m_server.get(), &Server::clientError, this, [this] { m_journal.add(u"clientError"_s); });
    connect(m_server.get(), &Server::upgrade, this,
        [&](IncomingMessage *, QIODevice *socket, const QByteArray &head) {
            m_journal.add(u"upgrade "_s + QString::fromLatin1(head));
            socket->write("101!");
            QTimer::singleShot(0, socket, [use, socket] { use(socket); });
        });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
    const QByteArray upgrading = keeping("/u", "Connection: upgrade\r\nUpgrade: x\r\n") + "head";
    QCOMPARE(talk(m_server->serverPort(),
                 keeping("/1") + keeping("/2")
                     + (isConnect ? "CONNECT a:1 HTTP/1.1\r\n\r\n" : upgrading)),
        octets);
    QTRY_VERIFY(m_journal.contains(u"socket close"_s));
    QTRY_VERIFY(m_server->children().isEmpty());
    QCOMPARE(m_journal.text(), events);
}

void ServerUpgradeTest::behindUnansweredRequests_serverDestroyed()
{
    holdAnswers();
    connect(m_server.get(), &Server::upgrade, this,
        [](IncomingMessage *, QIODevice *socket, const QByteArray &) { socket->write("on"); });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
    RawClient client(m_server->serverPort());
    client.send(keeping("/1") + keeping("/2", "Connection: Upgrade\r\nUpgrade: x\r\n"));
    QTRY_COMPARE(client.received(), "on");
    m_server.reset();
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(m_journal.text(), u"request /1"_s);
}

void ServerUpgradeTest::behindUnansweredRequests_localSocket()
{
    holdAnswers();
    connect(m_server.get(), &Server::upgrade, this,
        [this](IncomingMessage *, QIODevice *socket, const QByteArray &) {
            socket->write("on");
            m_unanswered.first()->setShouldKeepAlive(false);
            m_unanswered.first()->end("one");
        });
    QVERIFY(!m_server->listenLocal(
        u"headrace-test-handover-%1"_s.arg(QCoreApplication::applicationPid())));
    QLocalSocket client;
    client.connectToServer(m_server->localPath());
    QVERIFY(client.waitForConnected());
    client.write(keeping("/1") + keeping("/2", "Connection: Upgrade\r\nUpgrade: x\r\n"));
    QTRY_COMPARE(client.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(
        client.readAll(), "onHTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none");
    QTRY_VERIFY(m_server->children().isEmpty());
    QCOMPARE(m_journal.text(), u"request /1 | req close /1 | finish /1 | res close /1"_s);
}

void ServerUpgradeTest::connect_tunnelThroughBoth()
{
    connect(m_server.get(), &Server::connectRequested, this,
        [](IncomingMessage *, QIODevice *socket, const QByteArray &) {
            socket->write("HTTP/1.1 200 OK\r\n\r\nhello");
            connect(socket, &QIODevice::readyRead, socket,
                [socket] { socket->write(socket->readAll().toUpper()); });
        });
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = m_server->serverPort();
    options.method = "CONNECT";
    options.path = "a.example:443";
    QByteArray got;
    QPointer<QIODevice> tunnel;
    QPointer<ClientRequest> req = get(options);
    connect(req, &ClientRequest::connectRequested, this,
        [&](IncomingMessage *res, QIODevice *socket, const QByteArray &head) {
            QCOMPARE(res->statusCode(), 200);
            tunnel = socket;
            got = head;
            connect(socket, &QIODevice::readyRead, this, [&, socket] { got += socket->readAll(); });
            socket->write("shout");
        });
    QTRY_COMPARE(got, "helloSHOUT");
    QTRY_VERIFY(!req);
    delete tunnel;
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void ServerUpgradeTest::connect_answerOtherThan200_isTheListeners()
{
    RawServer server("HTTP/1.1 407 Auth\r\nContent-Length: 4\r\n\r\nbody");
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    options.method = "CONNECT";
    options.path = "a:1";
    QPointer<ClientRequest> req = get(options);
    m_journal.followRequest(req);
    QPointer<QIODevice> tunnel;
    connect(req, &ClientRequest::connectRequested, this,
        [&](IncomingMessage *res, QIODevice *socket, const QByteArray &head) {
            tunnel = socket;
            m_journal.add(u"connect %1 %2"_s.arg(res->statusCode()).arg(QString::fromLatin1(head)));
        });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"socket | finish | connect 407 body | close"_s);
    delete tunnel;
}

void ServerUpgradeTest::upgradeField_without101_isAResponse()
{
    RawServer server(
        "HTTP/1.1 200 OK\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 2\r\n\r\nok");
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    options.headers = { { "Connection", "Upgrade" }, { "Upgrade", "x" } };
    QPointer<ClientRequest> req = get(options);
    m_journal.followRequest(req);
    connect(req, &ClientRequest::upgrade, this, [this] { m_journal.add(u"upgrade"_s); });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data ok | res end | close | res close"_s);
}

void ServerUpgradeTest::listenerDeletesTheSocket()
{
    connect(m_server.get(), &Server::upgrade, this,
        [](IncomingMessage *, QIODevice *socket, const QByteArray &) { delete socket; });
    QCOMPARE(
        talk(m_server->serverPort(), keeping("/", "Connection: Upgrade\r\nUpgrade: x\r\n")), "");
    QTRY_COMPARE(m_server->connectionCount(), 0);
    QTRY_VERIFY(m_server->findChildren<IncomingMessage *>().isEmpty());
}

void ServerUpgradeTest::serverDestroyed_closesTunnels()
{
    connect(m_server.get(), &Server::upgrade, this,
        [](IncomingMessage *, QIODevice *socket, const QByteArray &) { socket->write("on"); });
    RawClient client(m_server->serverPort());
    client.send(keeping("/", "Connection: Upgrade\r\nUpgrade: x\r\n"));
    QTRY_COMPARE(client.received(), "on");
    m_server.reset();
    QTRY_VERIFY(client.isClosed());
}

void ServerUpgradeTest::serverClose_waitsForTunnels()
{
    connect(m_server.get(), &Server::upgrade, this,
        [](IncomingMessage *, QIODevice *socket, const QByteArray &) { socket->write("on"); });
    connect(m_server.get(), &Server::closed, this, [this] { m_journal.add(u"close"_s); });
    RawClient client(m_server->serverPort());
    client.send(keeping("/", "Connection: Upgrade\r\nUpgrade: x\r\n"));
    QTRY_COMPARE(client.received(), "on");
    m_server->close();
    QCOMPARE(m_journal.text(), QString());
    client.finish();
    QTRY_COMPARE(m_journal.text(), u"close"_s);
}

QTEST_GUILESS_MAIN(ServerUpgradeTest)
#include "tst_serverupgrade.moc"

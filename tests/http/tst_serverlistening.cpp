// Source: reference server.listen(), server.listening, server.close(), events 'listening', 'close', 'error', 'connection'.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/transport.h>

#include <QLocalSocket>
#include <QTest>
#include <QTimer>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

const QByteArray okClosing
    = "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

void answerOk(IncomingMessage *, ServerResponse *res) { res->end("ok"); }

} // namespace

class ServerListeningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listen_onAHost_isReachableThere();
    void listen_twice_isRefused();
    void listen_takenPort_isAnError();
    void listen_again_afterClose();
    void listen_closedAtOnce_tellsNothing();
    void listenLocal_servesAndCloses();
    void injectedConnection_isServed();
    void close_withoutListening_tellsItsCallback();
    void close_twice_bothCallbacks();
    void close_orders_data();
    void close_orders();
    void close_injectedConnectionCounts();

private:
    Journal m_journal;
};

void ServerListeningTest::init() { m_journal.clear(); }

void ServerListeningTest::listen_onAHost_isReachableThere()
{
    for (const QHostAddress::SpecialAddress address :
        { QHostAddress::LocalHost, QHostAddress::Any, QHostAddress::AnyIPv4 }) {
        Server server(answerOk);
        connect(&server, &Server::listening, this, [this] { m_journal.add(u"listening"_s); });
        m_journal.clear();
        QVERIFY(!server.listen(0, QHostAddress(address)));
        QVERIFY(server.isListening() && server.serverPort() > 0);
        QCOMPARE(server.serverAddress(), QHostAddress(address));
        QCOMPARE(m_journal.text(), QString()); // on a tick
        QTRY_COMPARE(m_journal.text(), u"listening"_s);
        QCOMPARE(talk(server.serverPort(), closing()), okClosing);
    }
}

void ServerListeningTest::listen_twice_isRefused()
{
    Server server(answerOk);
    connect(&server, &Server::errorOccurred, this, [this] { m_journal.add(u"error"_s); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    QCOMPARE(server.listen(0).code, ErrorCode::ServerAlreadyListen);
    QCOMPARE(server.listen(0).message,
        u"Listen method has been called more than once without closing."_s);
    QCOMPARE(server.listenLocal(u"headrace-test-never"_s).code, ErrorCode::ServerAlreadyListen);
    QCOMPARE(server.serverPort(), port);
    QCOMPARE(talk(port, closing()), okClosing);
    QCOMPARE(m_journal.text(), QString()); // thrown in the reference, not emitted
}

void ServerListeningTest::listen_takenPort_isAnError()
{
    Server first;
    QVERIFY(!first.listen(0, QHostAddress::LocalHost));
    Server second(answerOk);
    connect(&second, &Server::listening, this, [this] { m_journal.add(u"listening"_s); });
    connect(&second, &Server::errorOccurred, this,
        [this](const Error &error) { m_journal.add(wire::name(error.code)); });
    QCOMPARE(
        second.listen(first.serverPort(), QHostAddress::LocalHost).code, ErrorCode::AddressInUse);
    QVERIFY(!second.isListening());
    QCOMPARE(m_journal.text(), QString());
    QTRY_COMPARE(m_journal.text(), u"EADDRINUSE"_s);
    QVERIFY(!second.listen(0, QHostAddress::LocalHost)); // it may be tried again
    QCOMPARE(talk(second.serverPort(), closing()), okClosing);
}

void ServerListeningTest::listen_again_afterClose()
{
    Server server(answerOk);
    connect(&server, &Server::closed, this, [this] { m_journal.add(u"close"_s); });
    connect(&server, &Server::listening, this, [this] { m_journal.add(u"listening"_s); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QTRY_COMPARE(m_journal.text(), u"listening"_s);
    server.close();
    QVERIFY(!server.isListening());
    QCOMPARE(server.serverPort(), 0);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QTRY_COMPARE(m_journal.text(), u"listening | close | listening"_s);
    QCOMPARE(talk(server.serverPort(), closing()), okClosing);
}

void ServerListeningTest::listen_closedAtOnce_tellsNothing()
{
    Server server;
    const auto note = [this](const QString &what) {
        return [this, what](const Error &error) { m_journal.add(what + wire::name(error.code)); };
    };
    connect(&server, &Server::listening, this, [this] { m_journal.add(u"listening"_s); });
    connect(&server, &Server::closed, this, [this] { m_journal.add(u"close"_s); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    server.close(note(u"first "_s));
    server.close(note(u"second "_s));
    QTRY_COMPARE(m_journal.text(), u"close | first  | second ERR_SERVER_NOT_RUNNING | close"_s);
}

void ServerListeningTest::listenLocal_servesAndCloses()
{
    Server server(answerOk);
    connect(&server, &Server::closed, this, [this] { m_journal.add(u"close"_s); });
    const QString name = u"headrace-test-server-%1"_s.arg(QCoreApplication::applicationPid());
    QVERIFY(!server.listenLocal(name));
    QVERIFY(server.isListening() && !server.localPath().isEmpty());
    QLocalSocket client;
    client.connectToServer(server.localPath());
    QVERIFY(client.waitForConnected());
    client.write(closing());
    QTRY_COMPARE(client.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(withoutDate(client.readAll()), okClosing);
    Server second;
    QCOMPARE(second.listenLocal(name).code, ErrorCode::AddressInUse);
    server.close();
    QTRY_COMPARE(m_journal.text(), u"close"_s);
    QVERIFY(server.localPath().isEmpty());
}

void ServerListeningTest::injectedConnection_isServed()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    Server server(answerOk); // listens nowhere
    QIODevice *told = nullptr;
    connect(&server, &Server::connection, this, [&](QIODevice *socket) { told = socket; });
    RawClient client(listener.serverPort());
    QVERIFY(listener.waitForNewConnection(5'000));
    QTcpSocket *socket = listener.nextPendingConnection();
    server.injectConnection(socket);
    QCOMPARE(told, socket);
    QCOMPARE(server.connectionCount(), 1);
    client.send(closing());
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(withoutDate(client.received()), okClosing);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void ServerListeningTest::close_withoutListening_tellsItsCallback()
{
    Server server;
    connect(&server, &Server::closed, this, [this] { m_journal.add(u"close"_s); });
    server.close([this](const Error &error) {
        m_journal.add(wire::name(error.code) + u' ' + error.message);
    });
    QCOMPARE(m_journal.text(), QString());
    QTRY_COMPARE(m_journal.text(), u"close | ERR_SERVER_NOT_RUNNING Server is not running."_s);
}

void ServerListeningTest::close_twice_bothCallbacks()
{
    Server server(answerOk);
    connect(&server, &Server::closed, this, [this] { m_journal.add(u"close"_s); });
    const auto note = [this](const QString &what) {
        return [this, what](const Error &error) { m_journal.add(what + wire::name(error.code)); };
    };
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    QTRY_VERIFY(client.received().endsWith("ok"));
    server.close(note(u"first "_s));
    server.close(note(u"second "_s));
    client.finish();
    QTRY_COMPARE(m_journal.text(), u"close | first  | second ERR_SERVER_NOT_RUNNING"_s);
}

void ServerListeningTest::close_orders_data()
{
    QTest::addColumn<Handler>("handle");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("events");
    const QString aborted
        = u"server close | callback | aborted | req close | res close | socket close"_s;
    QTest::newRow("destroyed") << Handler([](IncomingMessage *req, ServerResponse *res) {
        QTimer::singleShot(0, res, [req] { req->destroy(); });
    }) << keeping() << aborted;
    QTest::newRow("answered") << Handler([](IncomingMessage *, ServerResponse *res) {
        res->end("x");
    }) << closing() << u"finish | res close | req close | server close | callback | socket close"_s;
    QTest::newRow("malformed") << Handler([](IncomingMessage *, ServerResponse *) {})
                               << closing() + "X" << aborted;
}

/// Recorded on the reference: the server is closed when its last socket is destroyed, not when that closes.
void ServerListeningTest::close_orders()
{
    QFETCH(Handler, handle);
    QFETCH(QByteArray, octets);
    QFETCH(QString, events);
    const auto entry
        = [this](const QString &what) { return [this, what] { m_journal.add(what); }; };
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        connect(req, &IncomingMessage::aborted, this, entry(u"aborted"_s));
        connect(req, &IncomingMessage::closed, this, entry(u"req close"_s));
        connect(res, &ServerResponse::finish, this, entry(u"finish"_s));
        connect(res, &ServerResponse::closed, this, entry(u"res close"_s));
        connect(Transport::of(req->socket()), &Transport::closed, this, entry(u"socket close"_s));
        server.close(std::bind(entry(u"callback"_s)));
        handle(req, res);
    });
    connect(&server, &Server::closed, this, entry(u"server close"_s));
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(octets);
    QTRY_VERIFY(m_journal.contains(u"socket close"_s));
    QCOMPARE(m_journal.text(), events);
}

void ServerListeningTest::close_injectedConnectionCounts()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    Server server(answerOk);
    connect(&server, &Server::closed, this, [this] { m_journal.add(u"close"_s); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(listener.serverPort());
    QVERIFY(listener.waitForNewConnection(5'000));
    server.injectConnection(listener.nextPendingConnection());
    server.close();
    client.send(closing());
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(withoutDate(client.received()), okClosing);
    QTRY_COMPARE(m_journal.text(), u"close"_s);
}

QTEST_GUILESS_MAIN(ServerListeningTest)
#include "tst_serverlistening.moc"

// Nothing can be deleted in the reference. Here any object may be deleted in any of its signals.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <QPointer>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

class ServerDeletionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void responseDeleted_closesTheConnection_data();
    void responseDeleted_closesTheConnection();
    void handlerDeletesServer();
    void serverDeleted_withUnansweredRequests();
    void handlerDeletesSocket();
    void deletedInEveryHandler_data();
    void deletedInEveryHandler();
    void clientErrorListenerDeletesServer();

private:
    void follow(IncomingMessage *req, ServerResponse *res);

    Journal m_journal;
    std::unique_ptr<Server> m_server;
};

void ServerDeletionsTest::init()
{
    m_journal.clear();
    m_server.reset();
}

void ServerDeletionsTest::follow(IncomingMessage *req, ServerResponse *res)
{
    m_journal.add(u"request"_s);
    m_journal.followMessage(req, u"req "_s);
    m_journal.followResponse(res);
}

void ServerDeletionsTest::responseDeleted_closesTheConnection_data()
{
    QTest::addColumn<QByteArray>("deleted");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("current") << QByteArray("/1") << QByteArray();
    QTest::newRow("queued") << QByteArray("/2") << QByteArray("one");
}

void ServerDeletionsTest::responseDeleted_closesTheConnection()
{
    QFETCH(QByteArray, deleted);
    QFETCH(QByteArray, body);
    QPointer<ServerResponse> first;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        if (req->url() == "/1")
            first = res;
        if (req->url() == deleted)
            delete res;
        if (req->url() == "/2" && first)
            first->end("one");
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    const QByteArray answer = talk(server.serverPort(), keeping("/1") + keeping("/2"));
    QVERIFY2(answer.endsWith(body) && answer.isEmpty() == body.isEmpty(), answer);
    QTRY_VERIFY(server.children().isEmpty());
}

void ServerDeletionsTest::handlerDeletesServer()
{
    m_server = std::make_unique<Server>([this](auto *, auto *res) {
        res->end("lost");
        m_server.reset();
    });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
    RawClient client(m_server->serverPort());
    client.send(keeping() + keeping());
    QTRY_VERIFY(client.isClosed());
}

/// Found by fuzz_server: the messages outlived what refers to them.
void ServerDeletionsTest::serverDeleted_withUnansweredRequests()
{
    QPointer<ServerResponse> last;
    m_server = std::make_unique<Server>([&](auto *, ServerResponse *res) { last = res; });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
    RawClient client(m_server->serverPort());
    client.send(keeping("/1") + keeping("/2", "Content-Length: 9\r\n", "POST"));
    QTRY_VERIFY(last && last->req()->url() == "/2");
    m_server.reset();
    QVERIFY(!last);
    QTRY_VERIFY(client.isClosed());
}

void ServerDeletionsTest::handlerDeletesSocket()
{
    Server server([this](IncomingMessage *req, ServerResponse *res) {
        follow(req, res);
        delete req->socket();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), keeping() + keeping()), "");
    QTRY_COMPARE(server.connectionCount(), 0);
    QVERIFY(m_journal.text().endsWith(u"req close | res close"_s));
}

void ServerDeletionsTest::deletedInEveryHandler_data()
{
    QTest::addColumn<int>("where");
    QTest::addColumn<int>("what");
    const char *const places[]
        = { "request", "data", "end", "req close", "prefinish", "finish", "res close", "aborted" };
    const char *const things[] = { "server", "request", "response" };
    for (int what = 0; what < 3; ++what) {
        for (int where = 0; where < 8; ++where)
            QTest::addRow("%s in %s", things[what], places[where]) << where << what;
    }
}

void ServerDeletionsTest::deletedInEveryHandler()
{
    QFETCH(int, where);
    QFETCH(int, what);
    bool done = false;
    m_server = std::make_unique<Server>();
    connect(m_server.get(), &Server::request, this,
        [&](IncomingMessage *message, ServerResponse *answer) {
            const QPointer<IncomingMessage> req(message);
            const QPointer<ServerResponse> res(answer);
            const auto drop = [this, &done, req, res, where, what](int here) {
                return [this, &done, req, res, where, what, here] {
                    if (here != where || std::exchange(done, true))
                        return;
                    if (what == 0)
                        m_server.reset();
                    else if (what == 1)
                        delete req;
                    else
                        delete res;
                };
            };
            connect(req, &IncomingMessage::data, this, drop(1));
            connect(req, &IncomingMessage::ended, this, drop(2));
            connect(req, &IncomingMessage::closed, this, drop(3));
            connect(req, &IncomingMessage::aborted, this, drop(7));
            connect(res, &ServerResponse::prefinish, this, drop(4));
            connect(res, &ServerResponse::finish, this, drop(5));
            connect(res, &ServerResponse::closed, this, drop(6));
            if (where != 7)
                connect(req, &IncomingMessage::ended, res, [res] { res->end("ok"); });
            drop(0)();
        });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
    RawClient client(m_server->serverPort());
    client.send(keeping("/", "Content-Length: 3\r\n", "POST") + (where == 7 ? "ab" : "abc"));
    if (where == 7)
        client.finish();
    QTRY_VERIFY(done);
    client.reset();
    QTRY_VERIFY(!m_server || m_server->connectionCount() == 0);
}

void ServerDeletionsTest::clientErrorListenerDeletesServer()
{
    m_server = std::make_unique<Server>();
    connect(m_server.get(), &Server::clientError, this, [this] { m_server.reset(); });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
    RawClient client(m_server->serverPort());
    client.send("@@@\r\n\r\n");
    QTRY_VERIFY(client.isClosed());
}

QTEST_GUILESS_MAIN(ServerDeletionsTest)
#include "tst_serverdeletions.moc"

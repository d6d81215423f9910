// Source: reference http.request, the orders after destroy(), abort() and an AbortSignal; where they differ
// from its text they were recorded on the reference (conformance DIFFERS.md).
#include "agentfixture.h"
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/cancellationtoken.h>
#include <http/http.h>
#include <http/transport.h>

#include <QHash>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray complete = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

enum class Pool
{
    Closing, ///< An agent that keeps no connection.
    New, ///< Kept, and this request makes it.
    Idle, ///< Kept, and this request is lent one.
    Queue, ///< This request waits for the only connection.
    NoAgent,
};

enum class Place
{
    BeforeSocket,
    BeforeConnect, ///< In 'socket'; an idle one is connected by then.
    BeforeResponse,
    InInformation,
    InResponse, ///< Of which only the head came.
    InWholeResponse, ///< All of it came in one piece.
    InData,
    InEnd,
};

enum class How
{
    Destroy,
    DestroyWithError,
    Abort,
    Token,
};

/// Recorded on the reference for each combination.
QString recorded(Pool pool, Place place, How how)
{
    static const QString hangUp = u"error ECONNRESET socket hang up"_s;
    static const QString mine = u"error ECANCELED enough"_s;
    static const QString token = u"error ABORT_ERR The operation was aborted"_s;
    static const QString body = u"socket | finish | response 200 | res data ok | "_s;
    static const QString cut = u"res aborted | res error ECONNRESET aborted | close | res close"_s;
    const QString error = how == How::Destroy ? hangUp
        : how == How::DestroyWithError        ? mine
        : how == How::Abort                   ? u"abort | "_s + hangUp
                                              : token;
    // The response tells of the cut itself.
    const QString own = how == How::Abort ? u"abort | "_s
        : how == How::DestroyWithError    ? mine + u" | "_s
                                          : QString();
    const bool kept = pool != Pool::Closing && pool != Pool::NoAgent;
    switch (place) {
    case Place::BeforeSocket:
        if (how != How::Abort)
            return error + u" | close"_s;
        // The agent's part of the order is the reverse of the text, unless the request has to wait.
        return pool == Pool::Queue || pool == Pool::NoAgent ? u"abort | close"_s
                                                            : u"close | abort"_s;
    case Place::BeforeConnect:
        return u"socket | "_s + error + u" | close"_s;
    case Place::BeforeResponse:
        return u"socket | finish | "_s + error + u" | close"_s;
    case Place::InInformation:
        return u"socket | finish | information 103 | "_s + error + u" | close"_s;
    case Place::InResponse:
        return u"socket | finish | response 200 | "_s + own + cut;
    case Place::InWholeResponse:
        return u"socket | finish | response 200 | "_s + own + u"res end | close | res close"_s;
    case Place::InData:
        return body + own + cut;
    case Place::InEnd:
        if (how == How::Abort && kept)
            return body + u"res end | close | res close | abort"_s;
        return body + u"res end | "_s + (kept ? QString() : own) + u"close | res close"_s;
    }
    return {};
}

Error enough()
{
    Error error;
    error.code = ErrorCode::Canceled;
    error.message = u"enough"_s;
    return error;
}

} // namespace

Q_DECLARE_METATYPE(Pool)
Q_DECLARE_METATYPE(Place)
Q_DECLARE_METATYPE(How)

class ClientDestroyTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void order_data();
    void order();
    void tokenAfterFinish_isNotHeard_data();
    void tokenAfterFinish_isNotHeard();
    void tokenInUnfinishedRequest_isHeardAfterTheResponse();
    void tokenCanceledBefore_noSocket();
    void repeated_data();
    void repeated();
    void completeResponseUnread_endsIt();
    void afterClose_data();
    void afterClose();
    void serverNeverSeesIt();

private:
    RequestOptions prepare(Pool pool, const QByteArray &path);

    std::unique_ptr<RawServer> m_peer;
    QPointer<QIODevice> m_made; ///< By createConnection.
};

void ClientDestroyTest::init()
{
    m_journal.clear();
    m_agent.reset();
    m_peer = std::make_unique<RawServer>([](QTcpSocket *socket, const QByteArray &head) {
        if (head.startsWith("GET /complete "))
            socket->write(complete);
        else if (head.startsWith("GET /information "))
            socket->write("HTTP/1.1 103 E\r\n\r\n");
        else if (head.startsWith("GET /head "))
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
        else if (head.startsWith("GET /cut "))
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
    });
}

/// Options of a request that gets its socket as \a pool says.
RequestOptions ClientDestroyTest::prepare(Pool pool, const QByteArray &path)
{
    AgentOptions agentOptions;
    agentOptions.keepAlive = pool != Pool::Closing;
    if (pool == Pool::Queue)
        agentOptions.maxSockets = 1;
    m_agent = std::make_unique<Agent>(agentOptions);
    RequestOptions options = to(m_peer->port(), "GET");
    options.path = "/complete";
    if (pool == Pool::Idle)
        warmUp(m_peer->port(), options.path);
    else if (pool == Pool::Queue)
        get(options);
    options.path = path;
    if (pool == Pool::NoAgent) {
        options.agent = nullptr;
        options.createConnection
            = [this](const ConnectOptions &to, RequestOptions::ConnectionCallback) {
                  auto *socket = new QTcpSocket;
                  m_made = socket;
                  socket->connectToHost(to.host, to.port);
                  return socket;
              };
    }
    return options;
}

// conformance: client/order-destroy-before-socket
// conformance: client/order-destroy-before-connect
// conformance: client/order-abort-before-socket
// conformance: client/order-abort-before-connect
// conformance: client/abort-before-socket-without-agent
// conformance: client/destroy-with-error-in-each-place
void ClientDestroyTest::order_data()
{
    QTest::addColumn<Pool>("pool");
    QTest::addColumn<Place>("place");
    QTest::addColumn<How>("how");
    const std::pair<Pool, const char *> pools[]
        = { { Pool::Closing, "closing" }, { Pool::New, "new" }, { Pool::Idle, "idle" },
              { Pool::Queue, "queued" }, { Pool::NoAgent, "no agent" } };
    const std::pair<Place, const char *> places[] = { { Place::BeforeSocket, "before socket" },
        { Place::BeforeConnect, "before connect" }, { Place::BeforeResponse, "before response" },
        { Place::InInformation, "in information" }, { Place::InResponse, "in response" },
        { Place::InWholeResponse, "in whole response" }, { Place::InData, "in data" },
        { Place::InEnd, "in end" } };
    const std::pair<How, const char *> hows[]
        = { { How::Destroy, "destroy" }, { How::DestroyWithError, "destroy with error" },
              { How::Abort, "abort" }, { How::Token, "token" } };
    for (const auto &[pool, poolName] : pools) {
        for (const auto &[place, placeName] : places) {
            for (const auto &[how, howName] : hows) {
                // A token is not listened to once the request is sent: its own test.
                if (how != How::Token || place < Place::BeforeResponse)
                    QTest::addRow("%s, %s, %s", poolName, placeName, howName)
                        << pool << place << how;
            }
        }
    }
}

void ClientDestroyTest::order()
{
    QFETCH(Pool, pool);
    QFETCH(Place, place);
    QFETCH(How, how);
    CancellationToken token;
    static const QHash<Place, QByteArray> paths { { Place::InInformation, "/information" },
        { Place::InResponse, "/head" }, { Place::InWholeResponse, "/complete" },
        { Place::InData, "/cut" }, { Place::InEnd, "/complete" } };
    RequestOptions options = prepare(pool, paths.value(place, "/silent"));
    options.signal = &token;
    const QPointer<ClientRequest> req = start(options);
    const auto act = [&] {
        if (how == How::Destroy)
            req->destroy();
        else if (how == How::DestroyWithError)
            req->destroy(enough());
        else if (how == How::Abort)
            req->abort();
        else
            token.cancel();
        QVERIFY(req->isDestroyed());
        QCOMPARE(req->isAborted(), how == How::Abort);
    };
    if (place == Place::BeforeConnect)
        connect(req, &ClientRequest::socketAssigned, this, act);
    if (place == Place::BeforeResponse)
        connect(req, &ClientRequest::finish, this, act);
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        if (place == Place::InResponse || place == Place::InWholeResponse)
            act();
        else if (place == Place::InData)
            connect(res, &IncomingMessage::data, this, act);
        else
            connect(res, &IncomingMessage::ended, this, act);
    });
    connect(req, &ClientRequest::information, this, act);
    req->end();
    if (place == Place::BeforeSocket) {
        act();
        QVERIFY(m_journal.text().isEmpty()); // nothing is said inside the call
    }
    QTRY_VERIFY2(!req, qPrintable(m_journal.text()));
    QCOMPARE(m_journal.text(), recorded(pool, place, how));
    if (place < Place::BeforeResponse) {
        turn(20);
        QVERIFY(!m_peer->received().contains("/silent"));
    }
    QTRY_VERIFY(!m_made);
}

void ClientDestroyTest::tokenAfterFinish_isNotHeard_data()
{
    QTest::addColumn<Place>("place");
    QTest::newRow("before response") << Place::BeforeResponse;
    QTest::newRow("in data") << Place::InData;
    QTest::newRow("in end") << Place::InEnd;
}

// conformance: client/signal-invalid-and-spent
void ClientDestroyTest::tokenAfterFinish_isNotHeard()
{
    QFETCH(Place, place);
    CancellationToken token;
    RequestOptions options = prepare(Pool::New, "/complete");
    options.signal = &token;
    const auto cancel = [&] { token.cancel(); };
    QCOMPARE(journalOf(options,
                 [&](ClientRequest *req) {
                     if (place == Place::BeforeResponse)
                         connect(req, &ClientRequest::finish, this, cancel);
                     connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
                         if (place == Place::InData)
                             connect(res, &IncomingMessage::data, this, cancel);
                         if (place == Place::InEnd)
                             connect(res, &IncomingMessage::ended, this, cancel);
                     });
                     req->end();
                 }),
        u"socket | finish | response 200 | res data ok | res end | close | res close"_s);
    QVERIFY(token.isCanceled());
}

// conformance: client/signal-after-response-of-unfinished-request
void ClientDestroyTest::tokenInUnfinishedRequest_isHeardAfterTheResponse()
{
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
    CancellationToken token;
    m_agent = std::make_unique<Agent>();
    RequestOptions options = to(server.port());
    options.signal = &token;
    QCOMPARE(journalOf(options,
                 [&](ClientRequest *req) {
                     connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
                         connect(res, &IncomingMessage::data, this, [&] { token.cancel(); });
                     });
                     req->write("body not ended");
                 }),
        u"socket | response 200 | res data ok | error ABORT_ERR The operation was aborted | "
        "res aborted | res error ECONNRESET aborted | close | res close"_s);
}

// conformance: client/signal-before-socket
void ClientDestroyTest::tokenCanceledBefore_noSocket()
{
    CancellationToken token;
    token.cancel();
    RequestOptions options = prepare(Pool::Closing, "/complete");
    options.signal = &token;
    QCOMPARE(journalOf(options), u"error ABORT_ERR The operation was aborted | close"_s);
    QCOMPARE(m_peer->received(), QByteArray());
}

// conformance: client/abort-and-destroy-repeated
void ClientDestroyTest::repeated_data()
{
    QTest::addColumn<QList<How>>("calls");
    QTest::addColumn<QString>("journal");
    const QString hangUp = u"socket | abort | error ECONNRESET socket hang up | close"_s;
    using enum How;
    QTest::newRow("abort, abort, destroy") << QList { Abort, Abort, DestroyWithError } << hangUp;
    QTest::newRow("destroy, destroy, abort")
        << QList { Destroy, DestroyWithError, Abort } << hangUp;
    QTest::newRow("destroy with error, abort") << QList { DestroyWithError,
        Abort } << u"socket | error ECANCELED enough | abort | close"_s;
}

void ClientDestroyTest::repeated()
{
    QFETCH(QList<How>, calls);
    QFETCH(QString, journal);
    QCOMPARE(journalOf(prepare(Pool::Closing, "/silent"),
                 [&](ClientRequest *req) {
                     connect(req, &ClientRequest::socketAssigned, this, [req, calls] {
                         for (const How how : calls) {
                             if (how == How::Abort)
                                 req->abort();
                             else
                                 req->destroy(how == How::Destroy ? Error() : enough());
                         }
                     });
                     connect(req, &ClientRequest::closed, this,
                         [req] { QVERIFY(req->isAborted() && req->isDestroyed()); });
                     req->end();
                 }),
        journal);
}

// conformance: client/destroy-with-complete-response-unread
void ClientDestroyTest::completeResponseUnread_endsIt()
{
    m_agent = std::make_unique<Agent>(kept());
    QPointer<IncomingMessage> held;
    QPointer<ClientRequest> req
        = start(to(listen([](auto *, auto *res) { res->end("all"); }), "GET"), false);
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        held = res;
        connect(res, &IncomingMessage::aborted, this, [this] { m_journal.add(u"res aborted"_s); });
        connect(res, &IncomingMessage::ended, this, [this] { m_journal.add(u"res end"_s); });
        connect(res, &IncomingMessage::closed, this, [this, res] {
            m_journal.add(u"res close"_s);
            QVERIFY(res->read().isNull() && !res->isAborted()); // what was received is dropped
        });
    });
    req->end();
    QTRY_VERIFY(held && held->isComplete());
    req->destroy();
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"socket | finish | res end | close | res close"_s);
}

void ClientDestroyTest::afterClose_data()
{
    QTest::addColumn<How>("how");
    QTest::newRow("destroy") << How::DestroyWithError;
    QTest::newRow("abort") << How::Abort;
}

// conformance: client/abort-and-destroy-after-response-end
void ClientDestroyTest::afterClose()
{
    QFETCH(How, how);
    const RequestOptions options = prepare(Pool::New, "/complete");
    QPointer<QIODevice> socket;
    const QString said = journalOf(options, [&](ClientRequest *req) {
        connect(req, &ClientRequest::closed, this, [req, how, &socket] {
            QVERIFY(req->isDestroyed() && !req->isAborted());
            socket = req->socket();
            if (how == How::Abort)
                req->abort();
            else
                req->destroy(enough());
        });
        req->end();
    });
    QCOMPARE(said,
        u"socket | finish | response 200 | res data ok | res end | close | res close"_s
            + (how == How::Abort ? u" | abort"_s : QString()));
    QCOMPARE(m_agent->freeSockets().begin()->value(0), socket);
    QVERIFY(!Transport::of(socket)->isDestroyed());
}

void ClientDestroyTest::serverNeverSeesIt()
{
    QCOMPARE(journalOf(prepare(Pool::Closing, "/complete"),
                 [this](ClientRequest *req) {
                     connect(req, &ClientRequest::socketAssigned, this, [req](QIODevice *socket) {
                         QVERIFY(Transport::of(socket)->isConnecting());
                         req->destroy();
                         QVERIFY(Transport::of(socket)->isDestroyed());
                     });
                     req->end();
                 }),
        u"socket | error ECONNRESET socket hang up | close"_s);
    turn();
    QCOMPARE(m_peer->received(), QByteArray());
}

QTEST_GUILESS_MAIN(ClientDestroyTest)
#include "tst_clientdestroy.moc"

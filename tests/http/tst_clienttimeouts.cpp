// Source: reference option `timeout`, request.setTimeout(), event 'timeout'.
#include "agentfixture.h"
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A lookup that never answers: the socket stays connecting.
void askForever(const QString &, const LookupOptions &, ConnectOptions::LookupCallback) { }

} // namespace

class ClientTimeoutsTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void timeout_tells_data();
    void timeout_tells();
    void option_runsWhileConnecting();
    void setTimeout_startsAfterConnect();
    void destroyOnTimeout_data();
    void destroyOnTimeout();
    void optionValues_data();
    void optionValues();
    void pooledSocket_hasTheAgentsAgain_data();
    void pooledSocket_hasTheAgentsAgain();
    void responseHearsItToo();
    void listener_isCalledOnce();

private:
    std::unique_ptr<RawServer> m_silent;
};

void ClientTimeoutsTest::init()
{
    m_journal.clear();
    m_agent = std::make_unique<Agent>();
    m_silent = std::make_unique<RawServer>([](QTcpSocket *socket, const QByteArray &head) {
        if (head.startsWith("GET /complete "))
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
}

void ClientTimeoutsTest::timeout_tells_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("option") << 0;
    QTest::newRow("of the agent") << 1;
    QTest::newRow("setTimeout before the socket") << 2;
    QTest::newRow("setTimeout in 'socket'") << 3;
    QTest::newRow("setTimeout when sent") << 4;
}

/// It ends nothing, and is told once.
void ClientTimeoutsTest::timeout_tells()
{
    QFETCH(int, way);
    // Those that run while connecting must not be over before the request is sent.
    const std::chrono::milliseconds soon = way < 2 ? 300ms : 30ms;
    if (way == 1) {
        AgentOptions agentOptions;
        agentOptions.timeout = soon;
        m_agent = std::make_unique<Agent>(agentOptions);
    }
    RequestOptions options = to(m_silent->port(), "GET");
    if (way == 0)
        options.timeout = soon;
    QPointer<ClientRequest> req = start(options);
    const auto set = [&] { req->setTimeout(soon); };
    if (way == 2)
        set();
    if (way == 3)
        connect(req, &ClientRequest::socketAssigned, this, set);
    if (way == 4)
        connect(req, &ClientRequest::finish, this, set);
    req->end();
    QTRY_VERIFY(m_journal.contains(u"timeout"_s));
    QVERIFY(!req->isDestroyed());
    connect(Transport::of(req->socket()), &Transport::timedOut, this,
        [this] { m_journal.add(u"socket timeout"_s); });
    Transport::of(req->socket())->setTimeout(1ms); // idle once more
    QTRY_VERIFY(m_journal.contains(u"socket timeout"_s));
    req->destroy();
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"socket | finish | timeout | socket timeout | error ECONNRESET socket hang up | close"_s);
}

void ClientTimeoutsTest::option_runsWhileConnecting()
{
    RequestOptions options = to(1, "GET");
    options.host = u"name.example"_s;
    options.lookup = askForever;
    options.timeout = 20ms;
    QCOMPARE(journalOf(options,
                 [](ClientRequest *req) {
                     connect(req, &ClientRequest::timedOut, req, [req] {
                         QVERIFY(Transport::of(req->socket())->isConnecting());
                         req->destroy();
                     });
                     req->end();
                 }),
        u"socket | timeout | error ECONNRESET socket hang up | close"_s);
}

void ClientTimeoutsTest::setTimeout_startsAfterConnect()
{
    RequestOptions options = to(m_silent->port(), "GET");
    options.host = u"name.example"_s;
    ConnectOptions::LookupCallback answer;
    options.lookup = [&](const QString &, const LookupOptions &,
                         ConnectOptions::LookupCallback callback) { answer = std::move(callback); };
    QPointer<ClientRequest> req = start(options);
    req->setTimeout(1ms);
    req->end();
    QTRY_VERIFY(req->socket());
    QCOMPARE(Transport::of(req->socket())->timeout(), 0ms);
    answer({}, { QHostAddress(QHostAddress::LocalHost) });
    QTRY_VERIFY(m_journal.contains(u"timeout"_s));
    req->destroy();
    QTRY_VERIFY(!req);
    QCOMPARE(
        m_journal.text(), u"socket | finish | timeout | error ECONNRESET socket hang up | close"_s);
}

// conformance: client/timeout-then-destroy
void ClientTimeoutsTest::destroyOnTimeout_data()
{
    QTest::addColumn<bool>("withError");
    QTest::addColumn<QString>("error");
    QTest::newRow("destroy") << false << u"ECONNRESET socket hang up"_s;
    QTest::newRow("destroy with error") << true << u"ETIMEDOUT too slow"_s;
}

void ClientTimeoutsTest::destroyOnTimeout()
{
    QFETCH(bool, withError);
    QFETCH(QString, error);
    Error slow;
    if (withError) {
        slow.code = ErrorCode::TimedOut;
        slow.message = u"too slow"_s;
    }
    QCOMPARE(journalOf(to(m_silent->port(), "GET"),
                 [&](ClientRequest *req) {
                     req->setTimeout(20ms, [&slow, req] { req->destroy(slow); });
                     req->end();
                 }),
        u"socket | finish | timeout | error %1 | close"_s.arg(error));
}

// conformance: client/timeout-option-values
void ClientTimeoutsTest::optionValues_data()
{
    QTest::addColumn<std::chrono::milliseconds>("timeout");
    QTest::addColumn<std::chrono::milliseconds>("ofTheSocket");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("none") << 0ms << 0ms << ErrorCode::None;
    QTest::newRow("one") << 1ms << 1ms << ErrorCode::None;
    QTest::newRow("most") << 2147483647ms << 2147483647ms << ErrorCode::None;
    QTest::newRow("more than timers take") << 2147483648ms << 2147483647ms << ErrorCode::None;
    QTest::newRow("years") << std::chrono::milliseconds(1LL << 50) << 2147483647ms
                           << ErrorCode::None;
    QTest::newRow("negative") << -1ms << 0ms << ErrorCode::OutOfRange;
}

void ClientTimeoutsTest::optionValues()
{
    QFETCH(std::chrono::milliseconds, timeout);
    QFETCH(std::chrono::milliseconds, ofTheSocket);
    QFETCH(ErrorCode, code);
    RequestOptions options = to(1, "GET");
    options.host = u"name.example"_s;
    options.lookup = askForever;
    options.timeout = timeout;
    Error error;
    QPointer<ClientRequest> req = request(options, &error);
    QCOMPARE(error.code, code);
    QCOMPARE(bool(req), code == ErrorCode::None);
    if (!req)
        return;
    QTRY_VERIFY(req->socket());
    QCOMPARE(Transport::of(req->socket())->timeout(), ofTheSocket);
    turn(10);
    QVERIFY(req && !req->isDestroyed());
    delete req;
}

// conformance: client/timeout-cleared-when-socket-returns-to-pool
void ClientTimeoutsTest::pooledSocket_hasTheAgentsAgain_data()
{
    QTest::addColumn<int>("ofAgent");
    QTest::newRow("no agent timeout") << 0;
    QTest::newRow("agent timeout") << 60'000;
}

void ClientTimeoutsTest::pooledSocket_hasTheAgentsAgain()
{
    QFETCH(int, ofAgent);
    const std::chrono::milliseconds agentTimeout(ofAgent);
    m_agent = std::make_unique<Agent>(kept([&](AgentOptions &o) { o.timeout = agentTimeout; }));
    RequestOptions options = to(m_silent->port(), "GET");
    options.path = "/complete";
    const auto pooled
        = [this] { return Transport::of(m_agent->freeSockets().begin()->first())->timeout(); };
    const std::function<void(ClientRequest *)> uses[] = {
        [](ClientRequest *req) { req->setTimeout(50'000ms); },
        [](ClientRequest *) {},
        [](ClientRequest *req) {
            req->setTimeout(50'000ms);
            req->setTimeout(70'000ms);
            req->setTimeout(0ms);
        },
    };
    const std::chrono::milliseconds during[] = { 50'000ms, agentTimeout, 0ms };
    for (int round = 0; round < 3; ++round) {
        journalOf(options, [&](ClientRequest *req) {
            uses[round](req);
            connect(req, &ClientRequest::response, this,
                [&, req] { QCOMPARE(Transport::of(req->socket())->timeout(), during[round]); });
            req->end();
        });
        QTRY_COMPARE(m_agent->freeSockets().size(), 1);
        QCOMPARE(pooled(), agentTimeout);
        QVERIFY(!m_journal.contains(u"timeout"_s));
    }
    for (const std::chrono::milliseconds own :
        { 80'000ms, 0ms }) { // its own option is for a pooled socket, too
        options.timeout = own;
        journalOf(options, [&](ClientRequest *req) {
            connect(req, &ClientRequest::socketAssigned, this,
                [own](QIODevice *socket) { QCOMPARE(Transport::of(socket)->timeout(), own); });
            req->end();
        });
        QTRY_COMPARE(m_agent->freeSockets().size(), 1);
        QCOMPARE(pooled(), agentTimeout);
    }
}

void ClientTimeoutsTest::responseHearsItToo()
{
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
    QCOMPARE(
        journalOf(to(server.port(), "GET"),
            [this](ClientRequest *req) {
                connect(req, &ClientRequest::response, this, [this, req](IncomingMessage *res) {
                    connect(res, &IncomingMessage::data, req, [req] { req->setTimeout(20ms); });
                    connect(res, &IncomingMessage::timedOut, this, [this, req] {
                        m_journal.add(u"res timeout"_s);
                        req->destroy();
                    });
                });
                req->end();
            }),
        u"socket | finish | response 200 | res data ok | timeout | res timeout | res aborted | "
        "res error ECONNRESET aborted | close | res close"_s);
}

void ClientTimeoutsTest::listener_isCalledOnce()
{
    int called = 0;
    QPointer<ClientRequest> req = start(to(m_silent->port(), "GET"));
    req->setTimeout(5ms, [&] { ++called; });
    req->end();
    QTRY_COMPARE(called, 1);
    Transport::of(req->socket())->setTimeout(1ms);
    QSignalSpy again(Transport::of(req->socket()), &Transport::timedOut);
    QVERIFY(again.wait());
    QCOMPARE(called, 1);
    delete req;
}

QTEST_GUILESS_MAIN(ClientTimeoutsTest)
#include "tst_clienttimeouts.moc"

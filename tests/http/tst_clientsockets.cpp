// Source: reference event 'socket', request.socket, request.reusedSocket, request.setNoDelay(),
// request.setSocketKeepAlive(); option `createConnection`: any Duplex.
#include "agentfixture.h"
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/ticks.h>
#include <http/transport.h>

#include <QPointer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <support/memorysocket.h>
#include <sys/socket.h>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray complete = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

int optionOf(const QIODevice *device, int level, int name)
{
    int value = -1;
    socklen_t size = sizeof value;
    const auto *socket = qobject_cast<const QTcpSocket *>(device);
    ::getsockopt(int(socket->socketDescriptor()), level, name, &value, &size);
    return value;
}

} // namespace

class ClientSocketsTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void assigned_onATick();
    void socket_whenOver_data();
    void socket_whenOver();
    void ownConnectionField_data();
    void ownConnectionField();
    void socketOptions_data();
    void socketOptions();
    void reusedSocket_resetByTheServer_isRetried();
    void anyDevice_carriesARequest();
};

// conformance: client/socket-event
void ClientSocketsTest::assigned_onATick()
{
    RawServer server(complete);
    m_agent = std::make_unique<Agent>(kept());
    QPointer<QIODevice> first;
    for (const bool reused : { false, true }) {
        m_journal.clear();
        QPointer<ClientRequest> req;
        QTimer::singleShot(0, this, [&] { // a callback of the event loop: ticks run at its end
            const IoScope scope;
            QTimer::singleShot(0, this, [this] { m_journal.add(u"next turn"_s); });
            nextTick(this, [this] { m_journal.add(u"tick before"_s); });
            req = get(to(server.port(), "GET"));
            nextTick(this, [this] { m_journal.add(u"tick after"_s); });
            QVERIFY(!req->socket());
            connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *socket) {
                m_journal.add(u"socket"_s);
                QCOMPARE(req->socket(), socket);
                QCOMPARE(req->reusedSocket(), reused);
                QCOMPARE(Transport::of(socket)->isConnecting(), !reused);
                QCOMPARE(socket == first, reused);
                first = socket;
            });
        });
        QTRY_VERIFY(m_journal.contains(u"next turn"_s));
        QCOMPARE(m_journal.text(), u"tick before | socket | tick after | next turn"_s);
        QTRY_VERIFY(!req);
        QTRY_COMPARE(m_agent->freeSockets().size(), 1);
    }
}

void ClientSocketsTest::socket_whenOver_data()
{
    QTest::addColumn<bool>("keepAlive");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("inClose"); ///< of the request, and of its response
    QTest::newRow("closing") << false << complete << u"destroyed, destroyed"_s;
    QTest::newRow("kept") << true << complete << u"open, none"_s;
    QTest::newRow("no answer") << true << QByteArray() << u"destroyed"_s;
    QTest::newRow("no HTTP") << true << QByteArray("garbage\r\n\r\n") << u"destroyed"_s;
    QTest::newRow("cut") << true << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")
                         << u"destroyed, destroyed"_s;
}

void ClientSocketsTest::socket_whenOver()
{
    QFETCH(bool, keepAlive);
    QFETCH(QByteArray, answer);
    QFETCH(QString, inClose);
    RawServer server(answer, answer != complete);
    m_agent = std::make_unique<Agent>(keepAlive ? kept() : AgentOptions());
    const auto state = [](QIODevice *socket) {
        return !socket                             ? u"none"_s
            : Transport::of(socket)->isDestroyed() ? u"destroyed"_s
                                                   : u"open"_s;
    };
    QPointer<QIODevice> assigned;
    QString said;
    journalOf(to(server.port(), "GET"), [&](ClientRequest *req) {
        connect(req, &ClientRequest::socketAssigned, this,
            [&](QIODevice *socket) { assigned = socket; });
        connect(req, &ClientRequest::closed, this, [&, req] {
            QCOMPARE(req->socket(), assigned);
            said = state(req->socket());
            if (req->res())
                said += u", "_s + state(req->res()->socket());
        });
        req->end();
    });
    QCOMPARE(said, inClose);
}

void ClientSocketsTest::ownConnectionField_data()
{
    QTest::addColumn<bool>("keepAlive");
    QTest::addColumn<int>("maxSockets");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray closing
        = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    const QByteArray old
        = "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok";
    for (const bool keepAlive : { true, false }) {
        for (const int maxSockets : { AgentOptions::Unlimited, 1 }) {
            for (const QByteArray field :
                { "", "close", "keep-alive", "upgrade", "X", "Close, X" }) {
                for (const QByteArray &answer : { complete, closing, old })
                    QTest::addRow("%s, %s, '%s', %s", keepAlive ? "keeps" : "closes",
                        maxSockets == 1 ? "one" : "unlimited", field.constData(),
                        answer == complete      ? "1.1"
                            : answer == closing ? "1.1 close"
                                                : "1.0 keep-alive")
                        << keepAlive << maxSockets << field << answer;
            }
        }
    }
}

/// The field that was set is sent, and it is the agent and the answer that decide. Without a kept connection
/// the field still decides whether the socket is destroyed before 'close' is heard, or after.
void ClientSocketsTest::ownConnectionField()
{
    QFETCH(bool, keepAlive);
    QFETCH(int, maxSockets);
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, answer);
    const bool answerKeeps = !answer.contains("Connection: close");
    const bool agentMay = keepAlive || maxSockets == 1;
    const bool asked = !field.isEmpty() && !field.toLower().contains("close");
    RawServer server(answer);
    AgentOptions own;
    own.keepAlive = keepAlive;
    own.maxSockets = maxSockets;
    m_agent = std::make_unique<Agent>(own);
    RequestOptions options = to(server.port(), "GET");
    if (!field.isEmpty())
        options.headers = { { "Connection", field } };
    QPointer<QIODevice> socket;
    QCOMPARE(journalOf(options,
                 [&](ClientRequest *req) {
                     connect(req, &ClientRequest::closed, this, [&, req] {
                         socket = req->socket();
                         QCOMPARE(Transport::of(socket)->isDestroyed(),
                             !answerKeeps || !(agentMay || asked));
                     });
                     req->end();
                 }),
        u"socket | finish | response 200 | res data ok | res end | close | res close"_s);
    QVERIFY(server.received().contains("\r\nConnection: "
        + (!field.isEmpty() ? field
                : agentMay  ? QByteArray("keep-alive")
                            : QByteArray("close"))
        + "\r\n"));
    QTRY_COMPARE(m_agent->freeSockets().size(), keepAlive && answerKeeps ? 1 : 0);
    QTRY_COMPARE(!socket, !(keepAlive && answerKeeps));
}

void ClientSocketsTest::socketOptions_data()
{
    QTest::addColumn<bool>("later");
    QTest::newRow("before the socket") << false;
    QTest::newRow("when sent") << true;
}

void ClientSocketsTest::socketOptions()
{
    QFETCH(bool, later);
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    QPointer<ClientRequest> req = start(to(server.port(), "GET"));
    const auto set = [&] {
        req->setNoDelay();
        req->setSocketKeepAlive(true, 9'000ms);
    };
    if (later)
        connect(req, &ClientRequest::finish, this, set);
    else
        set();
    req->end();
    QTRY_VERIFY(m_journal.contains(u"finish"_s));
    QCOMPARE(optionOf(req->socket(), IPPROTO_TCP, TCP_NODELAY), 1);
    QCOMPARE(optionOf(req->socket(), SOL_SOCKET, SO_KEEPALIVE), 1);
    QCOMPARE(optionOf(req->socket(), IPPROTO_TCP, TCP_KEEPIDLE), 9);
    req->setNoDelay(false);
    req->setSocketKeepAlive(false);
    QCOMPARE(optionOf(req->socket(), IPPROTO_TCP, TCP_NODELAY), 0);
    QCOMPARE(optionOf(req->socket(), SOL_SOCKET, SO_KEEPALIVE), 0);
    delete req;
}

// Source: reference request.reusedSocket, "we can do automatic error retry base on it".
void ClientSocketsTest::reusedSocket_resetByTheServer_isRetried()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &head) {
        if (socket->property("answered").toBool()) { // its keep-alive time is over just now
            const linger atOnce { 1, 0 };
            ::setsockopt(
                int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
            socket->abort();
            return;
        }
        Q_UNUSED(head)
        socket->setProperty("answered", true);
        socket->write(complete);
    });
    m_agent = std::make_unique<Agent>(kept());
    QStringList said;
    int closed = 0;
    std::function<void()> retriable = [&] {
        ClientRequest *req = get(to(server.port(), "GET"));
        connect(req, &ClientRequest::response, this, [&, req](IncomingMessage *res) {
            said += u"response %1"_s.arg(req->reusedSocket());
            res->resume();
        });
        connect(req, &ClientRequest::errorOccurred, this, [&, req](const Error &error) {
            said += u"error %1"_s.arg(req->reusedSocket());
            if (req->reusedSocket() && error.code == ErrorCode::ConnectionReset)
                retriable();
        });
        connect(req, &ClientRequest::closed, this, [&] { ++closed; });
    };
    retriable();
    QTRY_COMPARE(m_agent->freeSockets().size(), 1);
    retriable();
    QTRY_COMPARE(closed, 3);
    QCOMPARE(said.join(u','), u"response 0,error 1,response 0"_s);
    QCOMPARE(server.connectionCount(), 2);
}

// conformance: client/create-connection-duplex
void ClientSocketsTest::anyDevice_carriesARequest()
{
    const auto [near, far] = headrace::test::MemorySocket::makePair();
    const std::unique_ptr<headrace::test::MemorySocket> peer(far);
    RequestOptions options;
    options.host = u"mem.example"_s;
    options.method = "POST";
    options.path = "/duplex";
    options.createConnection = [near = near](auto &&...) { return near; };
    const QPointer<ClientRequest> req = start(options);
    connect(req, &ClientRequest::socketAssigned, this,
        [near = near](QIODevice *socket) { QCOMPARE(socket, near); });
    req->end("ping");
    headrace::test::settle();
    QCOMPARE(peer->takeAll(),
        "POST /duplex HTTP/1.1\r\nHost: mem.example:80\r\nConnection: close\r\n"
        "Content-Length: 4\r\n\r\nping");
    for (const char *piece : { "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Y: z\r\n\r\npo", "ng" }) {
        peer->write(piece);
        headrace::test::settle();
    }
    QVERIFY(peer->isPeerClosed() && !req);
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data po | res data ng | res end | close | res close"_s);
}

QTEST_GUILESS_MAIN(ClientSocketsTest)
#include "tst_clientsockets.moc"

// Source: reference http.request options `lookup`, `family`, `hints`, `localAddress`, `localPort`,
// `socketPath`; errors as net.connect() words them.
#include "agentfixture.h"
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/transport.h>

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

Error boom()
{
    Error error;
    error.code = ErrorCode::Canceled;
    error.message = u"boom"_s;
    return error;
}

quint16 unusedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

const QString done
    = u"socket | finish | response 200 | res data ok | res end | close | res close"_s;
const QString hangUp = u"error ECONNRESET socket hang up"_s;

} // namespace

class ClientConnectingTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void lookup_data();
    void lookup();
    void lookup_failsOrFindsNothing_data();
    void lookup_failsOrFindsNothing();
    void lookup_answersTooLate();
    void localAddress_isTheServersPeer();
    void cannotConnect_data();
    void cannotConnect();
    void socketPath_isServed();
    void invalidLocalAddress_isRefused_data();
    void invalidLocalAddress_isRefused();
};

// conformance: client/lookup-option
void ClientConnectingTest::lookup_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("family");
    QTest::addColumn<int>("hints");
    QTest::addColumn<bool>("later");
    QTest::addColumn<QString>("asked");
    QTest::newRow("name") << u"one.example"_s << 0 << 0 << true << u"one.example 0 0"_s;
    QTest::newRow("at once") << u"one.example"_s << 0 << 0 << false << u"one.example 0 0"_s;
    QTest::newRow("family") << u"two.example"_s << 4 << 0 << true << u"two.example 4 0"_s;
    QTest::newRow("hints") << u"three.example"_s << 4 << 8 << true << u"three.example 4 8"_s;
    QTest::newRow("address") << u"127.0.0.1"_s << 0 << 0 << true << QString();
}

void ClientConnectingTest::lookup()
{
    QFETCH(QString, host);
    QFETCH(int, family);
    QFETCH(int, hints);
    QFETCH(bool, later);
    QFETCH(QString, asked);
    RequestOptions options = to(listen([](auto *, auto *res) { res->end("ok"); }), "GET");
    options.host = host;
    options.family = family;
    options.hints = hints;
    QStringList calls;
    options.lookup = [&](const QString &name, const LookupOptions &wanted,
                         ConnectOptions::LookupCallback answer) {
        calls += u"%1 %2 %3"_s.arg(name).arg(wanted.family).arg(wanted.hints);
        const auto found = [answer] { answer({}, { QHostAddress(QHostAddress::LocalHost) }); };
        if (later)
            QTimer::singleShot(0, this, found);
        else
            found();
    };
    const QPointer<ClientRequest> req = start(options);
    QCOMPARE(calls.join(u','), asked); // before request() returns
    req->end();
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), done);
    QCOMPARE(calls.join(u','), asked);
}

void ClientConnectingTest::lookup_failsOrFindsNothing_data()
{
    QTest::addColumn<bool>("later");
    QTest::newRow("at once") << false;
    QTest::newRow("later") << true;
}

void ClientConnectingTest::lookup_failsOrFindsNothing()
{
    QFETCH(bool, later);
    for (const bool fails : { true, false }) {
        RequestOptions options = to(1, "GET");
        options.host = u"bad.example"_s;
        options.lookup
            = [&](const QString &, const LookupOptions &, ConnectOptions::LookupCallback answer) {
                  const auto say = [answer, fails] { answer(fails ? boom() : Error(), {}); };
                  if (later)
                      QTimer::singleShot(0, this, say);
                  else
                      say();
              };
        QCOMPARE(journalOf(options),
            u"socket | error %1 | close"_s.arg(
                fails ? u"ECANCELED boom"_s : u"ENOTFOUND getaddrinfo ENOTFOUND bad.example"_s));
    }
}

void ClientConnectingTest::lookup_answersTooLate()
{
    RequestOptions options = to(1, "GET");
    options.host = u"late.example"_s;
    ConnectOptions::LookupCallback answer;
    options.lookup = [&](const QString &, const LookupOptions &,
                         ConnectOptions::LookupCallback callback) { answer = std::move(callback); };
    QCOMPARE(journalOf(options,
                 [](ClientRequest *req) {
                     connect(req, &ClientRequest::socketAssigned, req, [req] { req->destroy(); });
                 }),
        u"socket | "_s + hangUp + u" | close"_s);
    answer({}, { QHostAddress(QHostAddress::LocalHost) });
    answer(boom(), {});
    turn();
}

// conformance: client/local-address-and-local-port
void ClientConnectingTest::localAddress_isTheServersPeer()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress(u"127.0.0.2"_s)));
    const quint16 wanted = probe.serverPort();
    probe.close();
    QString peer;
    quint16 peerPort = 0;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        const auto *socket = qobject_cast<QTcpSocket *>(req->socket());
        peer = socket->peerAddress().toString();
        peerPort = socket->peerPort();
        res->end("ok");
    });
    RequestOptions options = to(port, "GET");
    options.localAddress = u"127.0.0.2"_s;
    for (const quint16 localPort : { quint16(0), wanted }) {
        options.localPort = localPort;
        QCOMPARE(journalOf(options,
                     [&](ClientRequest *req) {
                         QCOMPARE(m_agent->sockets().keys(),
                             QList { "127.0.0.1:" + QByteArray::number(port) + ":127.0.0.2" });
                         req->end();
                     }),
            done);
        QCOMPARE(peer, u"127.0.0.2"_s);
        QCOMPARE(peerPort == wanted, localPort == wanted);
    }
    options.localAddress.clear(); // the port alone
    options.localPort = wanted;
    QCOMPARE(journalOf(options), done);
    QCOMPARE(peerPort, wanted);
}

void ClientConnectingTest::cannotConnect_data()
{
    QTest::addColumn<std::function<void(RequestOptions &)>>("change");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, std::function<void(RequestOptions &)> change,
                         const QString &error) { QTest::newRow(name) << change << error; };
    const auto from = [](const QString &address, quint16 port = 0) {
        return [address, port](RequestOptions &o) {
            o.localAddress = address;
            o.localPort = port;
        };
    };
    const auto path
        = [](const QString &path) { return [path](RequestOptions &o) { o.socketPath = path; }; };
    row(
        "refused", [](RequestOptions &) {},
        u"ECONNREFUSED connect ECONNREFUSED 127.0.0.1:<port>"_s);
    row(
        "refused, any address", [](RequestOptions &o) { o.host = u"0.0.0.0"_s; },
        u"ECONNREFUSED connect ECONNREFUSED 0.0.0.0:<port>"_s);
    row(
        "refused, IPv6", [](RequestOptions &o) { o.host = u"::1"_s; },
        u"ECONNREFUSED connect ECONNREFUSED ::1:<port>"_s);
    row("refused, from a port", from(u"127.0.0.1"_s, 1),
        u"ECONNREFUSED connect ECONNREFUSED 127.0.0.1:<port> - Local (127.0.0.1:<local>)"_s);
    // Known inside connect(): nobody has heard of the socket then.
    row(
        "broadcast", [](RequestOptions &o) { o.host = u"255.255.255.255"_s; },
        u"ENETUNREACH connect ENETUNREACH 255.255.255.255:<port> - Local (0.0.0.0:0)"_s);
    row("local address of nobody", from(u"192.0.2.1"_s),
        u"EADDRNOTAVAIL bind EADDRNOTAVAIL 192.0.2.1"_s);
    row("local address and port of nobody", from(u"192.0.2.1"_s, 4567),
        u"EADDRNOTAVAIL bind EADDRNOTAVAIL 192.0.2.1:4567"_s);
    row("local address of the other family", from(u"::1"_s), u"EINVAL bind EINVAL ::1"_s);
    row(
        "local port in use",
        [](RequestOptions &o) {
            o.localAddress = u"127.0.0.1"_s;
            o.localPort = quint16(-1);
        },
        u"EADDRINUSE bind EADDRINUSE 127.0.0.1:<used>"_s);
    row("no such path", path(u"/nonexistent/x"_s), u"ENOENT connect ENOENT /nonexistent/x"_s);
    row("a directory", path(u"<dir>"_s), u"ECONNREFUSED connect ECONNREFUSED <dir>"_s);
    row("a file", path(u"<dir>/file"_s), u"ECONNREFUSED connect ECONNREFUSED <dir>/file"_s);
    row("under a file", path(u"<dir>/file/x"_s), u"ENOTDIR connect ENOTDIR <dir>/file/x"_s);
    row("nobody listens any more", path(u"<dir>/gone"_s),
        u"ECONNREFUSED connect ECONNREFUSED <dir>/gone"_s);
    const QString tooLong = u"/tmp/"_s + QString(200, u'x');
    row("path too long", path(tooLong), u"ENOENT connect ENOENT "_s + tooLong);
}

/// The socket is assigned first, though some of it is known before.
void ClientConnectingTest::cannotConnect()
{
    QFETCH(std::function<void(RequestOptions &)>, change);
    QFETCH(QString, error);
    QTemporaryDir dir;
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const int gone = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, QFile::encodeName(dir.filePath(u"gone"_s)).constData(),
        sizeof address.sun_path);
    QCOMPARE(::bind(gone, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    ::close(gone);
    RequestOptions options = to(unusedPort(), "GET");
    change(options);
    QTcpServer used;
    QVERIFY(used.listen(QHostAddress::LocalHost));
    if (options.localPort == quint16(-1))
        options.localPort = used.serverPort();
    if (options.localPort == 1)
        options.localPort = unusedPort();
    error.replace(u"<used>"_s, QString::number(options.localPort));
    error.replace(u"<local>"_s, QString::number(options.localPort));
    options.socketPath.replace(u"<dir>"_s, dir.path());
    error.replace(u"<port>"_s, QString::number(options.port)).replace(u"<dir>"_s, dir.path());
    QCOMPARE(journalOf(options), u"socket | error "_s + error + u" | close"_s);
    QTRY_VERIFY(m_agent->sockets().isEmpty());
}

void ClientConnectingTest::socketPath_isServed()
{
    QTemporaryDir dir;
    QLocalServer listening;
    QVERIFY(listening.listen(dir.filePath(u"s"_s)));
    Server server(
        [](IncomingMessage *req, ServerResponse *res) { res->end(req->headers().value("host")); });
    connect(&listening, &QLocalServer::newConnection, this,
        [&] { server.injectConnection(listening.nextPendingConnection()); });
    m_agent = std::make_unique<Agent>(kept());
    RequestOptions options = to(0, "GET");
    options.host.clear();
    options.socketPath = dir.filePath(u"s"_s);
    QPointer<QIODevice> socket;
    for (const bool reused : { false, true }) {
        QCOMPARE(
            journalOf(options,
                [&](ClientRequest *req) {
                    QCOMPARE(m_agent->sockets().keys(),
                        QList { "localhost:80::" + options.socketPath.toUtf8() });
                    connect(req, &ClientRequest::socketAssigned, this, [&, req](QIODevice *device) {
                        QCOMPARE(req->reusedSocket(), reused);
                        QVERIFY(!reused || socket == device);
                        socket = device;
                    });
                    req->end();
                }),
            QString(done).replace(u"data ok"_s, u"data localhost"_s));
        QTRY_COMPARE(m_agent->freeSockets().size(), 1);
    }
    m_agent.reset();
    QTRY_COMPARE(server.connectionCount(), 0);
}

// conformance: client/connect-options-validated-synchronously
void ClientConnectingTest::invalidLocalAddress_isRefused_data()
{
    QTest::addColumn<bool>("ownAgent");
    QTest::newRow("agent") << false;
    QTest::newRow("own agent") << true;
}

void ClientConnectingTest::invalidLocalAddress_isRefused()
{
    QFETCH(bool, ownAgent);
    RequestOptions options = to(1, "GET");
    options.host = u"name.example"_s;
    options.localAddress = u"not an address"_s;
    if (ownAgent) {
        options.agent = nullptr;
        options.ownAgent = true;
    }
    Error error;
    QVERIFY(!request(options, &error));
    QCOMPARE(wire::name(error.code), u"ERR_INVALID_IP_ADDRESS"_s);
    QCOMPARE(error.message, u"Invalid IP address: not an address"_s);
    options.socketPath = u"/nonexistent"_s; // then nobody looks at it
    delete request(options, &error);
    QVERIFY(m_agent->sockets().isEmpty() || !ownAgent);
}

QTEST_GUILESS_MAIN(ClientConnectingTest)
#include "tst_clientconnecting.moc"

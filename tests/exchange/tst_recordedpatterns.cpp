// Each pattern made on purpose, by the library against a scripted peer, as the recorder writes it.
// Source: as in tst_patterns.
#include "patternchecks.h"

#include <exchange/memorystore.h>
#include <exchange/patternmatcher.h>
#include <exchange/recorder.h>
#include <http/cancellationtoken.h>
#include <http/http.h>

#include <QPointer>
#include <QTest>

#include <rawpeer.h>
#include <sys/socket.h>

#include <functional>
#include <memory>

using namespace headrace::exchange;
using namespace headrace::exchange::test;
using namespace headrace::http::test;
using namespace std::chrono_literals;
using headrace::http::Agent;
using headrace::http::AgentOptions;
using headrace::http::CancellationToken;
using headrace::http::ClientRequest;
using headrace::http::Error;
using headrace::http::IncomingMessage;
using headrace::http::RequestOptions;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray complete = ok + "Content-Length: 2\r\n\r\nok";
const QByteArray partial = ok + "Content-Length: 9\r\n\r\nok";

using Use = std::function<void(ClientRequest *)>;
using Change = std::function<void(RequestOptions &)>;

enum class Peer
{
    Stays,
    Closes,
    Resets,
    ResetsInBody, ///< When the first of it has come.
};

/// A request to a peer, and what it is to be named.
struct Row
{
    const char *name;
    QByteArray answer;
    Peer peer;
    Use use;
    Pattern pattern;
    QString departsFor; ///< Empty: it follows the order.
    Change change;
};

void reset(QTcpSocket *socket)
{
    const linger atOnce { 1, 0 };
    ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    socket->abort();
}

/// Calls \a act at the first data of the response.
void inData(ClientRequest *request, std::function<void()> act)
{
    QObject::connect(request, &ClientRequest::response, request, [request, act](auto *response) {
        QObject::connect(response, &IncomingMessage::data, request, act);
    });
}

void onTimeout(ClientRequest *request, std::function<void()> act)
{
    QObject::connect(request, &ClientRequest::timedOut, request, std::move(act));
    request->end();
    request->setTimeout(20ms);
}

QList<Row> rowsOfClients()
{
    QList<Row> rows;
    const auto row = [&rows](const char *name, const QByteArray &answer, Peer peer, const Use &use,
                         Pattern pattern, const char *departsFor = "", const Change &change = {}) {
        rows.append({ name, answer, peer, use, pattern, QString::fromLatin1(departsFor), change });
    };
    const Use end = [](auto *request) { request->end(); };
    const auto method = [](const QByteArray &method, const QByteArray &path) {
        return Change([=](RequestOptions &options) {
            options.method = method;
            options.path = path;
        });
    };
    using enum Pattern;
    row("success", complete, Peer::Stays, end, Success);
    row("success until close", ok + "\r\nok", Peer::Closes, end, Success);
    row("success, interim", "HTTP/1.1 103 E\r\n\r\n" + complete, Peer::Stays, end, Success);
    row(
        "success, destroyed when all is there", complete, Peer::Stays,
        [](auto *request) {
            QObject::connect(
                request, &ClientRequest::response, request, [request] { request->destroy(); });
            request->end();
        },
        Success);
    row(
        "early answer", complete, Peer::Stays, [](auto *request) { request->write("x"); },
        EarlyAnswer, "", method("POST", "/"));
    row("refused port", "", Peer::Stays, end, ConnectionError, "", [](RequestOptions &options) {
        QTcpServer unused;
        unused.listen(QHostAddress::LocalHost);
        options.port = unused.serverPort();
    });
    row("no such host", "", Peer::Stays, end, ConnectionError, "", [](RequestOptions &options) {
        options.host = QStringLiteral("name.example");
        options.lookup = [](const QString &, const auto &, auto answer) {
            Error error;
            error.code = headrace::http::ErrorCode::HostNotFound;
            error.message = QStringLiteral("getaddrinfo ENOTFOUND");
            answer(error, {});
        };
    });
    row("closed before", "", Peer::Closes, end, PrematureCloseBeforeResponse);
    row("closed in the head", "HTTP/1.1 20", Peer::Closes, end, PrematureCloseBeforeResponse);
    row("closed after interim", "HTTP/1.1 102 P\r\n\r\n", Peer::Closes, end,
        PrematureCloseBeforeResponse);
    row("reset before", "", Peer::Resets, end, PrematureCloseBeforeResponse);
    row("closed in the body", partial, Peer::Closes, end, PrematureCloseAfterResponse);
    row(
        "destroyed before socket", "", Peer::Stays, [](auto *request) { request->destroy(); },
        DestroyedBeforeSocket);
    const auto inSocket = [](auto act) {
        return Use([act](ClientRequest *request) {
            QObject::connect(
                request, &ClientRequest::socketAssigned, request, [=] { act(request); });
            request->end();
        });
    };
    const auto inFinish = [](auto act) {
        return Use([act](ClientRequest *request) {
            QObject::connect(request, &ClientRequest::finish, request, [=] { act(request); });
            request->end();
        });
    };
    const auto inBody = [](auto act) {
        return Use([act](ClientRequest *request) {
            inData(request, [=] { act(request); });
            request->end();
        });
    };
    const auto destroy = [](ClientRequest *request) { request->destroy(); };
    const auto destroyWithError = [](ClientRequest *request) {
        Error error;
        error.code = headrace::http::ErrorCode::Canceled;
        error.message = QStringLiteral("enough");
        request->destroy(error);
    };
    const auto abort = [](ClientRequest *request) { request->abort(); };
    row("destroyed before connect", "", Peer::Stays, inSocket(destroy), DestroyedBeforeConnection);
    row("destroyed before response", "", Peer::Stays, inFinish(destroy), DestroyedBeforeResponse);
    row("destroyed in the body", partial, Peer::Stays, inBody(destroy), DestroyedAfterResponse);
    row("destroyed in the body, with error", partial, Peer::Stays, inBody(destroyWithError),
        DestroyedAfterResponse);
    // Its end comes before 'abort': the reference does the same, against its own text.
    row("aborted before socket", "", Peer::Stays, abort, AbortedBeforeSocket, "'abort'");
    row("aborted before connect", "", Peer::Stays, inSocket(abort), AbortedBeforeConnection);
    row("aborted before response", "", Peer::Stays, inFinish(abort), AbortedBeforeResponse);
    row("aborted in the body", partial, Peer::Stays, inBody(abort), AbortedAfterResponse);
    // The request tells of it first: the reference does the same, against its own text.
    row("reset in the body", partial, Peer::ResetsInBody, end, PrematureCloseAfterResponse,
        "'aborted' on the response");
    // By an AbortSignal, which is heard until the request is sent. One for each row, that lives as long as it.
    const auto canceledIn = [&](const char *name, const auto &when, Pattern pattern) {
        const auto token = std::make_shared<CancellationToken>();
        row(name, "", Peer::Stays, when([token](ClientRequest *) { token->cancel(); }), pattern, "",
            [token](RequestOptions &options) { options.signal = token.get(); });
    };
    canceledIn(
        "canceled before socket", [](auto act) { return Use(act); }, DestroyedBeforeSocket);
    canceledIn("canceled before connect", inSocket, DestroyedBeforeConnection);
    row(
        "timeout of the options", "", Peer::Stays,
        [=](ClientRequest *request) {
            QObject::connect(request, &ClientRequest::timedOut, request, [=] { destroy(request); });
            request->end();
        },
        Timeout, "", [](RequestOptions &options) { options.timeout = 20ms; });
    row(
        "timeout, destroyed", "", Peer::Stays,
        [=](auto *request) { onTimeout(request, [=] { destroy(request); }); }, Timeout);
    row(
        "timeout in the body, aborted", partial, Peer::Stays,
        [=](auto *request) { onTimeout(request, [=] { abort(request); }); }, Timeout);
    const QByteArray switching = "HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nabc";
    const Change upgrading = [](RequestOptions &options) {
        options.headers = { { "Connection", "Upgrade" }, { "Upgrade", "x" } };
    };
    row(
        "upgrade", switching, Peer::Closes,
        [](auto *request) {
            QObject::connect(request, &ClientRequest::upgrade, request, [] {});
            request->end();
        },
        Upgrade, "", upgrading);
    row("upgrade, nobody listens", switching, Peer::Closes, end, Upgrade, "'upgrade'", upgrading);
    const Change connecting = method("CONNECT", "a.example:443");
    row(
        "connect", ok + "\r\n", Peer::Closes,
        [](auto *request) {
            QObject::connect(request, &ClientRequest::connectRequested, request, [] {});
            request->end();
        },
        Connect, "", connecting);
    row("connect, nobody listens", ok + "\r\n", Peer::Closes, end, Connect, "'connect'",
        connecting);
    row("not HTTP", "BREW coffee\r\n\r\n", Peer::Stays, end, ParseError);
    row("bad chunk", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n", Peer::Stays, end,
        ParseError);
    row("garbage behind", complete + "garbage", Peer::Stays, end, ParseError);

    return rows;
}

} // namespace

class RecordedPatternsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void client_data();
    void client();
    void goingOn_isActive();
    void eachPatternOfAClient_isProduced();
};

void RecordedPatternsTest::client_data()
{
    QTest::addColumn<qsizetype>("index");
    const QList<Row> rows = rowsOfClients();
    for (qsizetype i = 0; i < rows.size(); ++i)
        QTest::newRow(rows.at(i).name) << i;
}

void RecordedPatternsTest::client()
{
    QFETCH(qsizetype, index);
    const Row row = rowsOfClients().at(index);
    QPointer<QTcpSocket> connection;
    RawServer server([&](QTcpSocket *socket, const QByteArray &head) {
        const bool isWarming = head.startsWith("GET /warm ");
        connection = socket;
        socket->write(isWarming ? complete : row.answer);
        if (!isWarming && row.peer == Peer::Closes)
            socket->disconnectFromHost();
        else if (!isWarming && row.peer == Peer::Resets)
            reset(socket);
    });
    for (const bool isReused : { false, true }) {
        MemoryStore store;
        Recorder recorder(store, Source::Composer);
        AgentOptions agentOptions;
        agentOptions.keepAlive = isReused;
        Agent agent(agentOptions);
        RequestOptions options;
        options.host = QStringLiteral("127.0.0.1");
        options.port = server.port();
        options.agent = &agent;
        if (isReused) {
            // It is connected; it would wait for the rest of the request; a signal is used up.
            if (row.pattern == Pattern::ConnectionError
                || row.pattern == Pattern::DestroyedBeforeConnection
                || row.pattern == Pattern::AbortedBeforeConnection
                || row.pattern == Pattern::EarlyAnswer
                || QByteArrayView(row.name).startsWith("canceled"))
                return;
            options.path = "/warm";
            headrace::http::get(options);
            QTRY_COMPARE(agent.freeSockets().size(), 1);
        }
        options.path = "/";
        if (row.change)
            row.change(options);
        options.observer = &recorder;
        const QPointer<ClientRequest> request = headrace::http::request(options);
        connect(request, &ClientRequest::errorOccurred, this, [] {});
        connect(request, &ClientRequest::response, this, [this](IncomingMessage *response) {
            connect(response, &IncomingMessage::errorOccurred, this, [] {});
            response->resume();
        });
        if (row.peer == Peer::ResetsInBody)
            inData(request, [&] { reset(connection); });
        row.use(request);
        QTRY_VERIFY(!request);
        QTRY_VERIFY(store.summary(1)->state != State::Active);
        const Exchange exchange = *store.exchange(1);
        checkRecorded(exchange, row.pattern, row.departsFor);
        if (!QTest::currentTestFailed() && row.departsFor.isEmpty())
            checkWithoutEnd(exchange);
        if (QTest::currentTestFailed())
            return;
    }
}

void RecordedPatternsTest::goingOn_isActive()
{
    RawServer server(QByteArray {});
    MemoryStore store;
    Recorder recorder(store, Source::Composer);
    RequestOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = server.port();
    options.observer = &recorder;
    const QPointer<ClientRequest> request = headrace::http::get(options);
    connect(request, &ClientRequest::errorOccurred, this, [] {});
    QTRY_VERIFY(server.received().endsWith("\r\n\r\n"));
    const Exchange exchange = *store.exchange(1);
    QCOMPARE(patternOf(exchange), Pattern::Active);
    QVERIFY(!departureOf(exchange));
    request->destroy();
    QTRY_VERIFY(!request);
    QCOMPARE(patternOf(*store.exchange(1)), Pattern::DestroyedBeforeResponse);
}

/// Those from ClientGoneBeforeAnswer on are of servers, see tst_recordedserverpatterns.
void RecordedPatternsTest::eachPatternOfAClient_isProduced()
{
    QSet<int> produced;
    for (const Row &row : rowsOfClients())
        produced.insert(int(row.pattern));
    for (int i = int(Pattern::Success); i < int(Pattern::ClientGoneBeforeAnswer); ++i)
        QVERIFY2(produced.contains(i), qPrintable(displayName(Pattern(i))));
}

QTEST_GUILESS_MAIN(RecordedPatternsTest)
#include "tst_recordedpatterns.moc"

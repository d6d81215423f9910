// Source: reference agent.createConnection(), http.request() option `createConnection`.
#include "clientfixture.h"

#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

namespace {

Error boom()
{
    Error error;
    error.code = ErrorCode::Canceled;
    error.message = u"boom"_s;
    return error;
}

/// Whose connections are made by a function.
class FunctionAgent : public Agent
{
public:
    using Connect
        = std::function<QIODevice *(const ConnectOptions &, RequestOptions::ConnectionCallback)>;

    explicit FunctionAgent(Connect connect)
        : m_connect(std::move(connect))
    {
    }

    QIODevice *createConnection(
        const ConnectOptions &options, RequestOptions::ConnectionCallback callback) override
    {
        return m_connect(options, std::move(callback));
    }

private:
    Connect m_connect;
};

const QString done
    = u"socket | finish | response 200 | res data ok | res end | close | res close"_s;
const QString hangUp = u"error ECONNRESET socket hang up"_s;

enum class Answer
{
    Returns,
    CallsBack,
    CallsBackLater,
    Both,
    Fails,
    FailsLater,
    FailsAndReturns,
    ReturnsDestroyed,
    CallsBackNothing,
};

} // namespace

Q_DECLARE_METATYPE(Answer)

class CreateConnectionTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void connection_data();
    void connection();
    void function_isGivenTheOptions();
    void function_isIgnoredWithAnAgent();
};

// conformance: client/create-connection-option
void CreateConnectionTest::connection_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<QString>("withAgent");
    QTest::addColumn<QString>("without");
    const QString failed = u"error ECANCELED boom"_s;
    QTest::newRow("returned") << Answer::Returns << done << done;
    QTest::newRow("by callback") << Answer::CallsBack << done << done;
    QTest::newRow("by callback later") << Answer::CallsBackLater << done << done;
    QTest::newRow("both") << Answer::Both << done << done;
    QTest::newRow("error") << Answer::Fails << failed + u" | close"_s
                           << failed; // no 'close': DIFFERS.md
    QTest::newRow("error later") << Answer::FailsLater << failed + u" | close"_s << failed;
    QTest::newRow("error, then returned")
        << Answer::FailsAndReturns << failed + u" | close"_s << failed;
    QTest::newRow("returned destroyed")
        << Answer::ReturnsDestroyed << u"socket | "_s + hangUp + u" | close"_s
        << u"socket | "_s + hangUp + u" | close"_s;
    QTest::newRow("neither socket nor error")
        << Answer::CallsBackNothing << hangUp + u" | close"_s << hangUp + u" | close"_s;
}

void CreateConnectionTest::connection()
{
    QFETCH(Answer, answer);
    QFETCH(QString, withAgent);
    QFETCH(QString, without);
    const quint16 port = listen([](auto *, auto *res) { res->end("ok"); });
    QList<QPointer<QIODevice>> made;
    const auto create = [&](const ConnectOptions &to,
                            RequestOptions::ConnectionCallback callback) -> QIODevice * {
        const auto socket = [&made, to] {
            auto *device = new QTcpSocket;
            made += device;
            device->connectToHost(to.host, to.port);
            return device;
        };
        switch (answer) {
        case Answer::Returns:
            return socket();
        case Answer::CallsBack:
            callback({}, socket());
            return nullptr;
        case Answer::CallsBackLater:
            QTimer::singleShot(0, this, [callback, socket] { callback({}, socket()); });
            return nullptr;
        case Answer::Both: {
            QIODevice *device = socket();
            callback({}, device);
            return device;
        }
        case Answer::Fails:
            callback(boom(), nullptr);
            return nullptr;
        case Answer::FailsLater:
            QTimer::singleShot(0, this, [callback] { callback(boom(), nullptr); });
            return nullptr;
        case Answer::FailsAndReturns: {
            callback(boom(), nullptr);
            QIODevice *device = socket();
            device->setParent(this);
            return device;
        }
        case Answer::ReturnsDestroyed: {
            QIODevice *device = socket();
            Transport::of(device)->destroy();
            return device;
        }
        case Answer::CallsBackNothing:
            callback({}, nullptr);
            return nullptr;
        }
        return nullptr;
    };
    m_agent = std::make_unique<FunctionAgent>(create);
    QCOMPARE(journalOf(to(port, "GET")), withAgent);
    RequestOptions options = to(port, "GET");
    options.agent = nullptr;
    options.createConnection = create;
    QCOMPARE(journalOf(options), without);
    if (answer != Answer::FailsAndReturns) { // a socket that nobody wants is the function's own
        for (const QPointer<QIODevice> &device : made)
            QTRY_VERIFY(!device);
    }
}

void CreateConnectionTest::function_isGivenTheOptions()
{
    ConnectOptions given;
    FunctionAgent agent([&](const ConnectOptions &options, RequestOptions::ConnectionCallback) {
        given = options;
        return nullptr;
    });
    RequestOptions options;
    options.hostname = u"a.example"_s;
    options.port = 1234;
    options.family = 6;
    options.localAddress = u"::1"_s;
    options.timeout = std::chrono::milliseconds(5);
    options.agent = &agent;
    const std::unique_ptr<ClientRequest> req(request(options));
    QCOMPARE(given.host, u"a.example"_s);
    QCOMPARE(given.port, 1234);
    QCOMPARE(given.family, 6);
    QCOMPARE(given.localAddress, u"::1"_s);
    QCOMPARE(given.timeout, std::chrono::milliseconds(5));
    QCOMPARE(given.serverName, u"a.example"_s);
}

void CreateConnectionTest::function_isIgnoredWithAnAgent()
{
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *res) {
        res->end(req->headers().value("connection"));
    });
    RequestOptions options = to(port, "GET");
    options.createConnection = [](auto &&...) -> QIODevice * { qFatal("called"); };
    const QString closing = QString(done).replace(u"data ok"_s, u"data close"_s);
    QCOMPARE(journalOf(options), closing);
    options.agent = nullptr;
    options.ownAgent = true;
    QCOMPARE(journalOf(options), closing);
}

QTEST_GUILESS_MAIN(CreateConnectionTest)
#include "tst_createconnection.moc"

// The reference's examples of agents and requests print what they print on the reference release.
// Source: reference, each example's own section; tests/http/examples/README.md lists all.
#include "clientfixture.h"
#include "examples/examples.h"
#include "printed.h"
#include "rawpeer.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>
#include <QUrl>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

namespace {

QString lines(std::initializer_list<QString> list) { return QStringList(list).join(u'\n'); }

} // namespace

class ExamplesClientTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void agentRemove();
    void ownAgent();
    void keepAliveAgent();
    void keepAndReuseSocket();
    void information();
    void getJson();
    void post();
    void urlObject();
    void requestSocket();
    void keepAliveTimeout();
    void reusedSocketRetry();
    void messageComplete();
    void getHeaderOfRequest();
    void setHeaderOfRequest();
};

// conformance: messages/doc-example-agent-remove
void ExamplesClientTest::agentRemove()
{
    m_agent = examples::keepAliveAgent();
    const RequestOptions options = to(listen([](auto *, auto *res) { res->end("data"); }), "GET");
    Printed printed;
    QPointer<ClientRequest> req = examples::getAndLeaveAgent(options);
    QByteArray body;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { body += octets; });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(printed.text(), lines({ u"before 1"_s, u"after 0"_s }));
    QCOMPARE(body, "data");
    QVERIFY(m_agent->sockets().isEmpty() && m_agent->freeSockets().isEmpty());
}

// conformance: messages/doc-example-agent-false
void ExamplesClientTest::ownAgent()
{
    QByteArray connection;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        connection = req->headers().value("connection");
        res->end("ok");
    });
    Printed printed;
    QPointer<ClientRequest> req = examples::getWithOwnAgent(port);
    QVERIFY(req->agent() && req->agent() != globalAgent());
    QVERIFY(globalAgent()->sockets().isEmpty() && globalAgent()->requests().isEmpty());
    QTRY_VERIFY(!req);
    QCOMPARE(connection, "close");
    QCOMPARE(printed.text(), u"status 200"_s);
}

// conformance: messages/doc-example-keep-alive-agent
void ExamplesClientTest::keepAliveAgent()
{
    const std::unique_ptr<Agent> agent = examples::keepAliveAgent();
    int connections = 0;
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *res) {
        res->end(req->headers().value("connection"));
    });
    connect(m_server.get(), &Server::connection, this, [&] { ++connections; });
    Printed printed;
    for (int round = 0; round < 3; ++round) {
        QPointer<ClientRequest> req
            = examples::requestWithKeepAliveAgent(to(port, "GET"), agent.get());
        QTRY_VERIFY(!req);
    }
    QCOMPARE(printed.text(),
        lines({ u"connection header keep-alive reused false"_s,
            u"connection header keep-alive reused true"_s,
            u"connection header keep-alive reused true"_s }));
    QCOMPARE(connections, 1);
}

// conformance: messages/doc-example-agent-keep-and-reuse-socket
void ExamplesClientTest::keepAndReuseSocket()
{
    examples::TellingAgent agent(examples::keepAliveAgent()->options());
    const quint16 port = listen([](auto *, auto *res) { res->end("ok"); });
    Printed printed;
    for (int i = 1; i <= 4; ++i) {
        agent.keeps = i < 3;
        RequestOptions options = to(port, "GET");
        options.agent = &agent;
        options.path = '/' + QByteArray::number(i);
        QPointer<ClientRequest> req = get(options);
        bool reused = true;
        connect(req, &ClientRequest::closed, this, [&] { reused = req->reusedSocket(); });
        connect(req, &ClientRequest::response, this, [](IncomingMessage *res) { res->resume(); });
        QTRY_VERIFY(!req);
        qInfo() << "request" << i << "reused" << reused;
    }
    QCOMPARE(printed.text(),
        lines({ u"keepSocketAlive 1000 true"_s, u"request 1 reused false"_s,
            u"reuseSocket /2 false"_s, u"keepSocketAlive 1000 true"_s, u"request 2 reused false"_s,
            u"reuseSocket /3 false"_s, u"keepSocketAlive 1000 false"_s, u"request 3 reused false"_s,
            u"keepSocketAlive 1000 false"_s, u"request 4 reused false"_s }));
}

// conformance: messages/doc-example-information-event
void ExamplesClientTest::information()
{
    const quint16 port = listen([](IncomingMessage *, ServerResponse *res) {
        res->writeProcessing();
        res->socket()->write("HTTP/1.1 150 Thinking\r\nX-Step: 2\r\n\r\n");
        res->end("main");
    });
    Printed printed;
    QPointer<ClientRequest> req = examples::requestWithInformation(port);
    connect(req, &ClientRequest::information, this, [](const Information &information) {
        qInfo().noquote() << information.httpVersion << information.httpVersionMajor
                          << information.httpVersionMinor << information.statusMessage
                          << information.headers.value("x-step")
                          << information.rawHeaders.join(',');
    });
    connect(req, &ClientRequest::response, this, [](IncomingMessage *res) {
        qInfo() << "response" << res->statusCode();
        res->resume();
    });
    QTRY_VERIFY(!req);
    QCOMPARE(printed.text(),
        lines({ u"Got information prior to main response: 102"_s, u"1.1 1 1 Processing"_s,
            u"Got information prior to main response: 150"_s, u"1.1 1 1 Thinking 2 X-Step,2"_s,
            u"response 200"_s }));
}

// conformance: messages/doc-example-get-json
void ExamplesClientTest::getJson()
{
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *res) {
        QVERIFY(!res->writeHead(req->url() == "/404" ? 404 : 200,
            { { "Content-Type", req->url() == "/text" ? "text/plain" : "application/json" } }));
        res->end(req->url() == "/broken" ? "{" : "{\"data\":\"Hello World!\"}");
    });
    Printed printed;
    const QList<std::pair<QString, QString>> answers {
        { u"/"_s, u"{\"data\":\"Hello World!\"}"_s },
        { u"/404"_s, u"Request Failed.\nStatus Code: 404"_s },
        { u"/text"_s,
            u"Invalid content-type.\nExpected application/json but received text/plain"_s },
        { u"/broken"_s, u"broken JSON: unterminated object"_s },
    };
    const QString origin = u"http://127.0.0.1:%1"_s.arg(port);
    for (qsizetype i = 0; i < answers.size(); ++i) {
        examples::fetchJson(QUrl(origin + answers[i].first));
        QTRY_COMPARE(printed.lines().size(), i + 1);
        QCOMPARE(printed.lines().last(), answers[i].second);
    }
    m_server.reset();
    examples::fetchJson(QUrl(origin));
    QTRY_COMPARE(
        printed.lines().last(), u"Got error: connect ECONNREFUSED 127.0.0.1:%1"_s.arg(port));
    QTRY_VERIFY(globalAgent()->sockets().isEmpty());
}

// conformance: messages/doc-example-request-post
void ExamplesClientTest::post()
{
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *res) {
        const auto body = std::make_shared<QByteArray>();
        connect(req, &IncomingMessage::data, res,
            [body](const QByteArray &octets) { body->append(octets); });
        connect(req, &IncomingMessage::ended, res, [req, res, body] {
            const Headers &headers = req->headers();
            qInfo().noquote() << req->method() << req->url() << headers.value("content-type")
                              << headers.value("content-length")
                              << headers.contains("transfer-encoding");
            res->setSendDate(false);
            res->end("received " + *body);
        });
    });
    Printed printed;
    examples::postJson(port);
    QTRY_VERIFY(printed.text().endsWith(u"No more data in response."_s));
    QCOMPARE(printed.text(),
        lines({ u"POST /upload application/json 22 false"_s, u"STATUS: 200"_s,
            u"HEADER: connection close"_s, u"HEADER: content-length 31"_s,
            u"BODY: received {\"msg\":\"Hello World!\"}"_s, u"No more data in response."_s }));
}

// conformance: messages/doc-example-request-url-object
void ExamplesClientTest::urlObject()
{
    QStringList seen;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        const QByteArray authorization = req->headers().value("authorization");
        seen.append(QString::fromLatin1(req->method() + ' ' + req->url() + ' '
            + authorization.left(6) + QByteArray::fromBase64(authorization.mid(6))));
        QCOMPARE(req->headers().value("host"),
            "127.0.0.1:" + QByteArray::number(m_server->serverPort()));
        res->end();
    });
    const QUrl url(u"http://abc:xyz@127.0.0.1:%1/path?query=1#hash"_s.arg(port));
    QPointer<ClientRequest> req = examples::requestOfUrl(url);
    req->end();
    QTRY_VERIFY(!req);
    const auto finish = [&](ClientRequest *started) {
        req = started;
        connect(req, &ClientRequest::response, this, [](IncomingMessage *res) { res->resume(); });
        req->end();
        QTRY_VERIFY(!req);
    };
    finish(request(RequestOptions::fromUrl(url.toString())));
    RequestOptions over;
    over.method = "PUT";
    over.path = "/other";
    over.auth = "a:b";
    finish(request(url, over));
    over = {};
    over.port = port;
    finish(request(QUrl(u"http://127.0.0.1/"_s), over));
    QCOMPARE(seen.join(u", "_s),
        u"GET /path?query=1 Basic abc:xyz, GET /path?query=1 Basic abc:xyz, "
        "PUT /other Basic a:b, GET / "_s);
}

// conformance: messages/doc-example-request-socket
void ExamplesClientTest::requestSocket()
{
    const std::unique_ptr<Server> server = examples::addressServer();
    Printed printed;
    examples::tellOwnAddress(server->serverPort());
    QTRY_COMPARE(printed.lines().size(), 1);
    QVERIFY2(printed.text().startsWith(u"Your IP address is 127.0.0.1 and your source port is "_s),
        qPrintable(printed.text()));

    QPointer<ClientRequest> req = get(to(server->serverPort(), "GET"));
    quint16 port = 0;
    QByteArray theirs;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        port = qobject_cast<QTcpSocket *>(req->socket())->localPort();
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { theirs += octets; });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(QString::fromLatin1(theirs),
        u"Your IP address is 127.0.0.1 and your source port is %1."_s.arg(port));
}

// conformance: messages/doc-example-keep-alive-timeout-server
void ExamplesClientTest::keepAliveTimeout()
{
    const std::unique_ptr<Server> server = examples::helloServer();
    QCOMPARE(server->keepAliveTimeout(), std::chrono::milliseconds(5000));
    server->setKeepAliveTimeout(std::chrono::milliseconds(50));
    const std::unique_ptr<Agent> agent = examples::keepAliveAgent();
    Printed printed;
    for (int round = 0; round < 2; ++round) {
        bool idleSocketClosed = false;
        QPointer<ClientRequest> req = examples::getAndDiscard(server->serverPort(), agent.get());
        connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *socket) {
            connect(
                Transport::of(socket), &Transport::closed, this, [&] { idleSocketClosed = true; });
        });
        QTRY_VERIFY(idleSocketClosed);
    }
    QCOMPARE(printed.text(), lines({ u"reused false"_s, u"reused false"_s }));
}

// conformance: messages/doc-example-reused-socket-retry
void ExamplesClientTest::reusedSocketRetry()
{
    QPointer<QTcpSocket> first;
    int requests = 0;
    RawServer server([&](QTcpSocket *connection, const QByteArray &) {
        ++requests;
        if (!first && requests == 1)
            first = connection;
        if (connection == first && requests == 2)
            connection->abort();
        else
            connection->write(connection == first
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"
                    : "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
    });
    const std::unique_ptr<Agent> agent = examples::keepAliveAgent();
    Printed printed;
    examples::retriableRequest(server.port(), agent.get());
    QTRY_COMPARE(agent->freeSockets().size(), 1);
    examples::retriableRequest(server.port(), agent.get());
    QTRY_COMPARE(printed.lines().size(), 3);
    QCOMPARE(printed.text(),
        lines({ u"answered by connection 1 reused false"_s, u"error ECONNRESET reused true"_s,
            u"answered by connection 2 reused false"_s }));
    QVERIFY(requests == 3 && server.connectionCount() == 2);
    QTRY_COMPARE(agent->freeSockets().size(), 1);
}

// conformance: messages/doc-example-message-complete
void ExamplesClientTest::messageComplete()
{
    const quint16 port = listen([](IncomingMessage *req, ServerResponse *res) {
        req->resume();
        QVERIFY(!res->writeHead(200, { { "Content-Length", 10 } }));
        if (req->url() == "/cut")
            res->write("half", [res](const Error &) { res->destroy(); });
        else
            res->end("0123456789");
    });
    Printed printed;
    for (const char *path : { "/whole", "/cut" }) {
        QPointer<ClientRequest> req = examples::checkCompleteness(port, path);
        QTRY_VERIFY(!req);
    }
    QCOMPARE(printed.text(), lines({ u"/whole end"_s, u"/cut aborted, complete false"_s }));
}

// conformance: messages/doc-example-get-header
void ExamplesClientTest::getHeaderOfRequest()
{
    const QByteArray body = u"h\u00e9llo"_s.toUtf8();
    const quint16 port = listen([body](IncomingMessage *, ServerResponse *res) {
        examples::getHeadersOfResponse(res, body);
        res->end(body);
    });
    Printed printed;
    QPointer<ClientRequest> req = request(to(port));
    examples::getHeadersOfRequest(req, body);
    examples::rawHeaderNames(req);
    req->end(body);
    QTRY_VERIFY(!req);
    const QString values = u"text/html true 6 true type=ninja|language=javascript"_s;
    QCOMPARE(printed.text(),
        lines({ values, u"Host,content-type,Content-Length,Cookie,Foo,Set-Cookie"_s, values }));
}

// conformance: messages/doc-example-set-header
void ExamplesClientTest::setHeaderOfRequest()
{
    const quint16 port = listen([this](IncomingMessage *req, ServerResponse *res) {
        m_journal.add(QString::fromLatin1(
            req->headers().value("content-type") + ' ' + req->headers().value("cookie")));
        examples::setHeadersOfResponse(res);
        res->end("<p>");
    });
    QPointer<ClientRequest> req = request(to(port, "GET"));
    examples::setHeadersOfRequest(req);
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        m_journal.add(QString::fromLatin1(res->headers().value("content-type") + ' '
            + res->headers().values("set-cookie").join('/')));
        res->resume();
    });
    req->end();
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"application/json type=ninja; language=javascript | "
        "text/html type=ninja/language=javascript"_s);
}

QTEST_GUILESS_MAIN(ExamplesClientTest)
#include "tst_examplesclient.moc"

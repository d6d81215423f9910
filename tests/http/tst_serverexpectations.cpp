// Source: reference events 'checkContinue' and 'checkExpectation', response.writeContinue(), response.writeProcessing().
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray kept = "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n";
const QByteArray last = "Connection: close\r\n";

} // namespace

class ServerExpectationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void checkContinue_answers_data();
    void checkContinue_answers();
    void interimResponses_atTheClient();
    void expectation_data();
    void expectation();
    void unknownExpectation_isRefusedByDefault();
    void automaticContinue_comesBeforeRequest();
    void queuedContinue_waitsItsTurn();

private:
    Journal m_journal;
};

void ServerExpectationsTest::init() { m_journal.clear(); }

void ServerExpectationsTest::checkContinue_answers_data()
{
    QTest::addColumn<bool>("goOn");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray head = keeping("/", "Expect: 100-continue\r\nContent-Length: 4\r\n", "POST");
    // The body may or may not follow a refusal: nothing else can come on this connection.
    QTest::newRow("refused") << false << head
                             << "HTTP/1.1 400 Bad Request\r\n" + last
            + "Content-Length: 2\r\n\r\nno";
    QTest::newRow("refused, the body comes all the same")
        << false << head + "body"
        << "HTTP/1.1 400 Bad Request\r\n" + last + "Content-Length: 2\r\n\r\nno";
    QTest::newRow("invited") << true << head + "body" + closing("/next")
                             << "HTTP/1.1 100 Continue\r\n\r\n" + ok + kept
            + "Content-Length: 8\r\n\r\nyes body" + ok + last + "Content-Length: 4\r\n\r\nnext";
}

void ServerExpectationsTest::checkContinue_answers()
{
    QFETCH(bool, goOn);
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, answer);
    Server server([](IncomingMessage *, ServerResponse *res) {
        res->setSendDate(false);
        res->end("next");
    });
    connect(
        &server, &Server::checkContinue, this, [goOn](IncomingMessage *req, ServerResponse *res) {
            res->setSendDate(false);
            if (!goOn) {
                res->setStatusCode(400);
                return res->end("no");
            }
            res->writeContinue();
            connect(req, &IncomingMessage::data, res,
                [res](const QByteArray &data) { res->end("yes " + data); });
        });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), octets), answer);
}

// conformance: server/interim-responses-client-events
void ServerExpectationsTest::interimResponses_atTheClient()
{
    Server server;
    connect(&server, &Server::checkContinue, this, [](IncomingMessage *req, ServerResponse *res) {
        res->writeProcessing();
        res->writeContinue();
        auto count = std::make_shared<qsizetype>(0);
        connect(req, &IncomingMessage::data, res,
            [count](const QByteArray &data) { *count += data.size(); });
        connect(req, &IncomingMessage::ended, res,
            [res, count] { res->end("got " + QByteArray::number(*count)); });
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.serverPort();
    options.method = "POST";
    options.headers = { { "Expect", "100-continue" }, { "Content-Length", 4 } };
    QPointer<ClientRequest> req = request(options);
    connect(req, &ClientRequest::information, this, [this](const Information &info) {
        m_journal.add(
            u"information %1 %2 %3 %4"_s.arg(info.statusCode)
                .arg(QString::fromLatin1(info.statusMessage), QString::fromLatin1(info.httpVersion))
                .arg(info.rawHeaders.size()));
    });
    connect(req, &ClientRequest::continued, this, [this, req] {
        m_journal.add(u"continue"_s);
        req->end("body");
    });
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        m_journal.add(u"response %1"_s.arg(res->statusCode()));
        connect(res, &IncomingMessage::data, this,
            [this](const QByteArray &data) { m_journal.add(QString::fromLatin1(data)); });
    });
    req->flushHeaders();
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"information 102 Processing 1.1 0 | continue | information 100 Continue 1.1 0 | response 200 | got 4"_s);
}

void ServerExpectationsTest::expectation_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("expect");
    QTest::addColumn<QString>("event");
    const auto row = [](const char *version, const char *expect, const QString &event) {
        QTest::addRow("%s %s", version, expect)
            << QByteArray(version) << QByteArray(expect) << event;
    };
    row("1.1", "100-continue", u"checkContinue"_s);
    row("1.1", "100-Continue", u"checkContinue"_s);
    row("1.1", "foo, 100-continue", u"checkContinue"_s);
    row("1.1", "100-continuexyz", u"checkExpectation"_s);
    row("1.1", "x100-continue", u"checkExpectation"_s);
    row("1.1", "meow", u"checkExpectation"_s);
    row("1.1", "100", u"checkExpectation"_s);
    row("1.0", "100-continue", u"request"_s);
    row("1.0", "meow", u"request"_s);
    row("1.1", "", u"request"_s);
}

// conformance: server/expect-values-dispatch
void ServerExpectationsTest::expectation()
{
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, expect);
    QFETCH(QString, event);
    const auto answer = [this](const QString &name) {
        return [this, name](IncomingMessage *, ServerResponse *res) {
            m_journal.add(name);
            res->end();
        };
    };
    Server server(answer(u"request"_s));
    connect(&server, &Server::checkContinue, this, answer(u"checkContinue"_s));
    connect(&server, &Server::checkExpectation, this, answer(u"checkExpectation"_s));
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QVERIFY(talk(server.serverPort(),
        "GET / HTTP/" + version + "\r\nHost: a\r\nConnection: close\r\n"
            + (expect.isEmpty() ? QByteArray() : "Expect: " + expect + "\r\n") + "\r\n")
                .startsWith(ok));
    QCOMPARE(m_journal.text(), event);
}

// conformance: server/check-expectation-default-417
void ServerExpectationsTest::unknownExpectation_isRefusedByDefault()
{
    const auto handler = [this](IncomingMessage *req, ServerResponse *res) {
        m_journal.add(QString::fromLatin1(req->url()));
        res->end("ok");
    };
    QCOMPARE(serve(handler, keeping("/a", "Expect: 200-ok\r\n") + closing("/b")),
        "HTTP/1.1 417 Expectation Failed\r\nDate: <date>\r\n" + kept
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + ok + "Date: <date>\r\n" + last
            + "Content-Length: 2\r\n\r\nok");
    QCOMPARE(m_journal.text(), u"/b"_s);
}

// conformance: server/check-continue-default-sends-100
void ServerExpectationsTest::automaticContinue_comesBeforeRequest()
{
    Server server([](IncomingMessage *req, ServerResponse *res) {
        QCOMPARE(req->headers().value("expect"), "100-continue");
        res->setSendDate(false);
        connect(req, &IncomingMessage::data, res,
            [res](const QByteArray &body) { res->end("got " + body); });
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(closing("/", "Expect: 100-continue\r\nContent-Length: 5\r\n", "POST"));
    QTRY_COMPARE(client.received(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello");
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received(),
        "HTTP/1.1 100 Continue\r\n\r\n" + ok + last + "Content-Length: 9\r\n\r\ngot hello");
}

// conformance: server/check-continue-pipelined
void ServerExpectationsTest::queuedContinue_waitsItsTurn()
{
    QPointer<ServerResponse> first;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        if (req->url() == "/1") {
            first = res;
            return;
        }
        connect(req, &IncomingMessage::data, res,
            [res](const QByteArray &body) { res->end("second " + body); });
        first->end("first");
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(
        keeping("/1") + closing("/2", "Expect: 100-continue\r\nContent-Length: 4\r\n", "POST"));
    QTRY_VERIFY(client.received().endsWith("firstHTTP/1.1 100 Continue\r\n\r\n"));
    client.send("body");
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received(),
        ok + kept + "Content-Length: 5\r\n\r\nfirstHTTP/1.1 100 Continue\r\n\r\n" + ok + last
            + "Content-Length: 11\r\n\r\nsecond body");
}

QTEST_GUILESS_MAIN(ServerExpectationsTest)
#include "tst_serverexpectations.moc"

// Source: reference "Class: http.ServerResponse": end(), flushHeaders(), write(), writeHead(), socket, setTimeout(),
// sendDate, removed fields; what a client of this library hears.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QRegularExpression>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace wire = headrace::wire;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray kept = "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n";
const QByteArray last = "Connection: close\r\n";
const QByteArray chunked = "Transfer-Encoding: chunked\r\n";

void put(const Error &error) { QVERIFY2(!error, qPrintable(error.message)); }

} // namespace

class ServerResponseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void end_forms_data();
    void end_forms();
    void end_twice();
    void flushHeaders_sendsTheHead_data();
    void flushHeaders_sendsTheHead();
    void headRequests_haveNoBody();
    void headers_areSeenAfterTheEnd();
    void date_hasTheFormOfHttp();
    void date_removed_data();
    void date_removed();
    void socket_isNullInsideFinish();
    void state_beforeAndAfterTheEnd();
    void write_returnsFalse_drainFollows();
    void write_callbacksComeInOrder();
    void upgradeField_withoutListener_isARequest();
    void pipedRequest_comesBack();
    void setTimeout_callbackIsAListener();
    void lateAnswer_toAClientThatLeft_isIgnored();
    void doubledFields_areReadTogether_data();
    void doubledFields_areReadTogether();

private:
    Journal m_journal;
};

void ServerResponseTest::init() { m_journal.clear(); }

void ServerResponseTest::end_forms_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("callback");
    for (const bool callback : { false, true }) {
        const char *with = callback ? "with callback" : "alone";
        QTest::addRow("nothing, %s", with) << QByteArray() << callback;
        QTest::addRow("empty, %s", with) << QByteArray("") << callback;
        QTest::addRow("text, %s", with) << QByteArray("text") << callback;
        QTest::addRow("octets, %s", with) << QByteArray("\0\xff", 2) << callback;
    }
}

// conformance: server/end-argument-forms
void ServerResponseTest::end_forms()
{
    QFETCH(QByteArray, data);
    QFETCH(bool, callback);
    const QByteArray answer = serve(
        [&](IncomingMessage *, ServerResponse *res) {
            res->setSendDate(false);
            connect(res, &ServerResponse::finish, this, [this] { m_journal.add(u"finish"_s); });
            OutgoingMessage::Callback note;
            if (callback)
                note = [this](const Error &error) {
                    m_journal.add(error ? u"failed"_s : u"callback"_s);
                };
            res->end(data, note);
            QVERIFY(res->writableEnded() && res->finished());
        },
        closing());
    QCOMPARE(answer,
        ok + last + "Content-Length: " + QByteArray::number(data.size()) + "\r\n\r\n" + data);
    QCOMPARE(m_journal.text(), callback ? u"finish | callback"_s : u"finish"_s);
}

// conformance: server/end-twice
void ServerResponseTest::end_twice()
{
    const auto note = [this](const QString &what) {
        return [this, what](const Error &error) {
            m_journal.add(error ? what + u' ' + wire::name(error.code) : what);
        };
    };
    Server server([&](IncomingMessage *, ServerResponse *res) {
        res->setSendDate(false);
        connect(res, &ServerResponse::errorOccurred, this, note(u"error event"_s));
        connect(res, &ServerResponse::finish, this, [this] { m_journal.add(u"finish"_s); });
        res->end("body", note(u"first"_s));
        res->end();
        res->end({}, note(u"second"_s));
        QVERIFY(res->writableFinished()); // small enough to go out at once
        connect(res, &ServerResponse::closed, res, [=, this] {
            m_journal.add(res->writableFinished() ? u"finished"_s : u"not finished"_s);
            res->end({}, note(u"late"_s));
            res->end("data", note(u"late data"_s));
        });
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), closing()), ok + last + "Content-Length: 4\r\n\r\nbody");
    QTRY_VERIFY(m_journal.contains(u"late data ERR_STREAM_WRITE_AFTER_END"_s));
    QCOMPARE(m_journal.text(),
        u"second ERR_STREAM_ALREADY_FINISHED | finish | first | finished | late "
        u"ERR_STREAM_ALREADY_FINISHED | late data "
        "ERR_STREAM_WRITE_AFTER_END"_s);
}

void ServerResponseTest::flushHeaders_sendsTheHead_data()
{
    QTest::addColumn<bool>("flush");
    QTest::newRow("flushHeaders") << true;
    QTest::newRow("writeHead") << false;
}

// conformance: server/flush-headers
void ServerResponseTest::flushHeaders_sendsTheHead()
{
    QFETCH(bool, flush);
    QPointer<ServerResponse> response;
    Server server([&](IncomingMessage *, ServerResponse *res) {
        response = res;
        res->setSendDate(false);
        put(res->setHeader("X-Early", "yes"));
        if (flush)
            res->flushHeaders();
        else
            put(res->writeHead(200));
        QVERIFY(res->headersSent());
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(closing());
    const QByteArray head = ok + "X-Early: yes\r\n" + last + chunked + "\r\n";
    QTRY_VERIFY(response);
    if (flush)
        QTRY_COMPARE(client.received(), head);
    QCOMPARE(Transport::of(response->socket())->bytesWritten(), flush ? head.size() : 0);
    response->end("body");
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received(), head + "4\r\nbody\r\n0\r\n\r\n");
}

// conformance: server/head-response-omits-body
void ServerResponseTest::headRequests_haveNoBody()
{
    const auto handler = [this](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        const QByteArray url = req->url();
        if (url == "/length")
            put(res->setHeader("Content-Length", 11));
        if (url == "/head")
            put(res->writeHead(200, { { "X-A", "b" } }));
        if (url == "/te")
            put(res->setHeader("Transfer-Encoding", "chunked"));
        const auto note = [this](const QString &what) {
            return [this, what](const Error &error) { m_journal.add(error ? u"failed"_s : what); };
        };
        if (url == "/end")
            return res->end("hello world", note(u"end"_s));
        QVERIFY(res->write("hello ", note(u"write"_s)));
        res->end("world");
    };
    QByteArray requests;
    for (const char *url : { "/end", "/write", "/length", "/head", "/te" })
        requests += keeping(url, {}, "HEAD");
    QCOMPARE(serve(handler, requests + closing("/last", {}, "HEAD")),
        ok + kept + "Content-Length: 11\r\n\r\n" + ok + kept + chunked + "\r\n" + ok
            + "Content-Length: 11\r\n" + kept + "\r\n" + ok + "X-A: b\r\n" + kept + chunked + "\r\n"
            + ok + chunked + kept + "\r\n" + ok + last + chunked + "\r\n");
    QCOMPARE(m_journal.count(u"end"_s), 1);
    QCOMPARE(m_journal.count(u"write"_s), 5);
}

// conformance: server/get-header-family (what is set before: OutgoingHeadersTest::headerFamily)
void ServerResponseTest::headers_areSeenAfterTheEnd()
{
    const auto handler = [](IncomingMessage *, ServerResponse *res) {
        put(res->setHeader("Content-Type", "text/plain"));
        put(res->setHeader("Set-Cookie", QList<QByteArray> { "a=1", "b=2" }));
        HeaderList copy = res->getHeaders();
        copy.first().second = "changed"; // a copy
        res->end();
        QVERIFY(res->headersSent());
        QCOMPARE(res->getHeaders().size(), 2);
        QCOMPARE(res->getHeader("content-type"), HeaderValue("text/plain"));
        QCOMPARE(res->getHeader("set-cookie")->toList(), (QList<QByteArray> { "a=1", "b=2" }));
    };
    QVERIFY(
        serve(handler, closing())
            .startsWith(ok + "Content-Type: text/plain\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"));
}

// conformance: server/send-date (the four ways: ServerFramingTest::date_isSentUnlessRefused)
void ServerResponseTest::date_hasTheFormOfHttp()
{
    Server server([](IncomingMessage *, ServerResponse *res) {
        QVERIFY(res->sendDate());
        res->end();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(closing());
    QTRY_VERIFY(client.isClosed());
    static const QRegularExpression form(
        u"\r\nDate: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [A-Z][a-z][a-z] \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n"_s);
    QVERIFY2(form.match(QString::fromLatin1(client.received())).hasMatch(), client.received());
}

void ServerResponseTest::date_removed_data()
{
    QTest::addColumn<bool>("pieces");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("end") << false << ok + last + "Content-Length: 4\r\n\r\nbody";
    QTest::newRow("write") << true << ok + last + chunked + "\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n";
}

// conformance: server/removed-framing-headers (the other fields: ServerFramingTest, rows "removed")
void ServerResponseTest::date_removed()
{
    QFETCH(bool, pieces);
    QFETCH(QByteArray, answer);
    const auto handler = [pieces](IncomingMessage *, ServerResponse *res) {
        put(res->removeHeader("Date"));
        if (!pieces)
            return res->end("body");
        res->write("bo");
        res->end("dy");
    };
    QCOMPARE(serve(handler, closing()), answer);
}

/// "After response.end(), the property is nulled": when all was handed to the operating system.
void ServerResponseTest::socket_isNullInsideFinish()
{
    QPointer<QIODevice> socket;
    const auto handler = [&](IncomingMessage *req, ServerResponse *res) {
        socket = res->socket();
        QVERIFY(socket && socket == res->connection() && socket == req->socket());
        QCOMPARE(res->req(), req);
        connect(
            res, &ServerResponse::prefinish, this, [&, res] { QCOMPARE(res->socket(), socket); });
        connect(res, &ServerResponse::finish, this, [this, res] {
            QVERIFY(!res->socket() && !res->connection());
            m_journal.add(u"finish"_s);
        });
        res->end("x");
    };
    QVERIFY(serve(handler, closing()).endsWith("x"));
    QCOMPARE(m_journal.text(), u"finish"_s);
}

void ServerResponseTest::state_beforeAndAfterTheEnd()
{
    const auto handler = [this](IncomingMessage *, ServerResponse *res) {
        QCOMPARE(res->statusCode(), 200);
        QCOMPARE(res->statusMessage(), QByteArray());
        QVERIFY(!res->headersSent() && !res->writableEnded() && !res->finished()
            && !res->writableFinished());
        connect(res, &ServerResponse::prefinish, this, [this, res] {
            m_journal.add(u"prefinish"_s);
            QVERIFY(res->writableEnded());
        });
        connect(res, &ServerResponse::finish, this, [this, res] {
            m_journal.add(u"finish"_s);
            QVERIFY(res->writableEnded() && res->writableFinished() && !res->writableNeedDrain());
        });
        connect(res, &ServerResponse::closed, this, [this, res] {
            m_journal.add(u"close"_s);
            QVERIFY(res->isDestroyed());
        });
        res->setStatusCode(404);
        res->setStatusMessage("Not found");
        res->end();
        QVERIFY(res->writableEnded() && res->finished() && res->headersSent());
        QCOMPARE(res->statusMessage(), "Not found");
    };
    QVERIFY(serve(handler, closing()).startsWith("HTTP/1.1 404 Not found\r\n"));
    QTRY_COMPARE(m_journal.text(), u"prefinish | finish | close"_s);
}

void ServerResponseTest::write_returnsFalse_drainFollows()
{
    constexpr qsizetype size = 8'000'000;
    Server server([this](IncomingMessage *, ServerResponse *res) {
        res->setSendDate(false);
        QVERIFY(res->write("x"));
        QVERIFY(!res->writableNeedDrain());
        QVERIFY(!res->write(QByteArray(size, 'x')));
        QVERIFY(res->writableNeedDrain() && res->writableLength() > size);
        connect(res, &ServerResponse::drain, this, [this, res] {
            m_journal.add(u"drain"_s);
            QVERIFY(!res->writableNeedDrain());
            QCOMPARE(res->writableLength(), 0);
            res->end();
        });
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(closing());
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received().count('x'), size + 1);
    QCOMPARE(m_journal.text(), u"drain"_s);
}

void ServerResponseTest::write_callbacksComeInOrder()
{
    const auto note = [this](const QString &what) {
        return [this, what](const Error &error) { m_journal.add(error ? u"failed"_s : what); };
    };
    const auto handler = [&](IncomingMessage *, ServerResponse *res) {
        connect(res, &ServerResponse::finish, this, [this] { m_journal.add(u"finish"_s); });
        res->write("a", note(u"a"_s));
        res->write("", note(u"nothing"_s));
        res->write("b", note(u"b"_s));
        res->end("c", note(u"end"_s));
        m_journal.add(u"sync"_s);
    };
    QVERIFY(serve(handler, closing()).endsWith("\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n"));
    QCOMPARE(m_journal.text(), u"sync | a | nothing | b | finish | end"_s);
}

// conformance: server/upgrade-without-listener-is-request
void ServerResponseTest::upgradeField_withoutListener_isARequest()
{
    const auto handler = [this](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        auto body = std::make_shared<QByteArray>();
        connect(
            req, &IncomingMessage::data, res, [body](const QByteArray &data) { *body += data; });
        connect(req, &IncomingMessage::ended, res, [this, req, res, body] {
            m_journal.add(QString::fromLatin1(
                req->url() + ' ' + req->headers().value("upgrade") + ' ' + *body));
            QVERIFY(!req->isUpgrade());
            res->end("plain");
        });
    };
    const QByteArray fields = "Connection: Upgrade\r\nUpgrade: h2c\r\n";
    const QByteArray plain = "Content-Length: 5\r\n\r\nplain";
    QCOMPARE(serve(handler,
                 keeping("/a", fields + "Content-Length: 3\r\n", "POST") + "abc"
                     + keeping("/b", fields) + closing("/c")),
        ok + kept + plain + ok + kept + plain + ok + last + plain);
    QCOMPARE(m_journal.text(), u"/a h2c abc | /b h2c  | /c  "_s);
}

// conformance: server/pipe-request-into-response
void ServerResponseTest::pipedRequest_comesBack()
{
    QByteArray body;
    for (int i = 0; i < 20'000; ++i)
        body += "line " + QByteArray::number(i) + '\n';
    Server server([this](IncomingMessage *req, ServerResponse *res) {
        connect(res, &ServerResponse::finish, this, [this] { m_journal.add(u"finish"_s); });
        put(res->setHeader("X-Length", req->headers().value("content-length")));
        res->sendFrom(req->asDevice());
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.serverPort();
    options.method = "POST";
    options.headers = { { "Content-Length", body.size() } };
    QPointer<ClientRequest> req = request(options);
    QByteArray got;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        QCOMPARE(res->headers().value("transfer-encoding"), "chunked");
        QCOMPARE(res->headers().value("x-length"), QByteArray::number(body.size()));
        connect(res, &IncomingMessage::data, this, [&](const QByteArray &data) { got += data; });
    });
    req->end(body);
    QTRY_VERIFY(!req);
    QVERIFY(got == body);
    QTRY_COMPARE(m_journal.text(), u"finish"_s);
}

void ServerResponseTest::setTimeout_callbackIsAListener()
{
    const auto handler = [this](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        QPointer<QIODevice> socket = req->socket();
        res->setTimeout(30ms, [this, res, socket] {
            m_journal.add(u"callback"_s);
            QVERIFY(socket && !Transport::of(socket)->isDestroyed());
            QCOMPARE(Transport::of(socket)->timeout(), 30ms);
            res->end("slow");
        });
        connect(res, &ServerResponse::timedOut, this, [this] { m_journal.add(u"timeout"_s); });
    };
    QCOMPARE(serve(handler, closing()), ok + last + "Content-Length: 4\r\n\r\nslow");
    QCOMPARE(m_journal.text(), u"callback | timeout"_s);
}

// conformance: server/half-closed-client-aborts-pending (the answer that was given before:
// ServerErrorsTest::halfClosedClient_answerGivenBeforeArrives)
void ServerResponseTest::lateAnswer_toAClientThatLeft_isIgnored()
{
    Server server([this](IncomingMessage *req, ServerResponse *res) {
        connect(res, &ServerResponse::finish, this, [this] { m_journal.add(u"finish"_s); });
        connect(res, &ServerResponse::closed, this, [this, res] {
            m_journal.add(u"close"_s);
            res->end(
                "too late", [this](const Error &error) { m_journal.add(wire::name(error.code)); });
        });
        connect(req, &IncomingMessage::aborted, this, [this] { m_journal.add(u"aborted"_s); });
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping());
    client.finish();
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received(), "");
    QTRY_VERIFY(server.children().isEmpty());
    QCOMPARE(m_journal.text(), u"aborted | close"_s);
}

void ServerResponseTest::doubledFields_areReadTogether_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray plain = ok + last + "Content-Length: 2\r\n\r\nok";
    QTest::newRow("Expect") << closing("/", "Expect: foo\r\nExpect: 100-continue\r\n")
                            << "HTTP/1.1 100 Continue\r\n\r\n" + plain;
    QTest::newRow("Expect, later in a list")
        << closing("/", "Expect: x100-continue, 100-continue\r\n")
        << "HTTP/1.1 100 Continue\r\n\r\n" + plain;
    QTest::newRow("TE") << QByteArray("GET / HTTP/1.0\r\nTE: trailers\r\nTE: chunked\r\n\r\n")
                        << ok + last + chunked + "\r\n2\r\nok\r\n0\r\n\r\n";
    QTest::newRow("TE, not a word")
        << QByteArray("GET / HTTP/1.0\r\nTE: xchunked\r\n\r\n") << ok + last + "\r\nok";
}

void ServerResponseTest::doubledFields_areReadTogether()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, answer);
    const auto handler = [](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        if (req->httpVersion() == "1.0")
            put(res->writeHead(200));
        res->end("ok");
    };
    QCOMPARE(serve(handler, octets), answer);
}

QTEST_GUILESS_MAIN(ServerResponseTest)
#include "tst_serverresponse.moc"

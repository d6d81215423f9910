// Source: reference response.write(), response.end(), response.writeHead(), implicit headers; RFC 9112
// section 6. What leaves the server, octet for octet, as recorded on the reference.
#include "talk.h"

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;

namespace {

struct Case
{
    const char *name;
    QByteArray request;
    Handler handle;
    QByteArray answer;
};

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray close_ = "Connection: close\r\n";
const QByteArray keep = "Connection: keep-alive\r\n";
const QByteArray hint = "Keep-Alive: timeout=5\r\n";
const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
const QByteArray probe = closing("/probe");
const QByteArray probed = ok + close_ + "Content-Length: 5\r\n\r\nprobe";
const QByteArray date = "Date: <date>\r\n";

QByteArray length(int octets) { return "Content-Length: " + QByteArray::number(octets) + "\r\n"; }

void put(const Error &error) { QVERIFY2(!error, qPrintable(error.message)); }

QList<Case> bodies()
{
    const QByteArray request = closing();
    return {
        { "end()", request, [](auto *, auto *res) { res->end(); },
            ok + close_ + length(0) + "\r\n" },
        { "end(text)", request, [](auto *, auto *res) { res->end("h\xc3\xa9llo"); },
            ok + close_ + length(6) + "\r\nh\xc3\xa9llo" },
        { "end(octets)", request, [](auto *, auto *res) { res->end(QByteArray("\0\1\xff", 3)); },
            ok + close_ + length(3) + "\r\n" + QByteArray("\0\1\xff", 3) },
        { "write and end", request,
            [](auto *, auto *res) {
                res->write("one");
                res->end("two");
            },
            ok + close_ + chunked + "\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n" },
        { "write nothing, end(data)", request,
            [](auto *, auto *res) {
                res->write("");
                res->end("x");
            },
            ok + close_ + chunked + "\r\n1\r\nx\r\n0\r\n\r\n" },
        { "writeHead, end(data)", request,
            [](auto *, auto *res) {
                put(res->writeHead(200));
                res->end("data");
            },
            ok + close_ + chunked + "\r\n4\r\ndata\r\n0\r\n\r\n" },
        { "writeHead, end()", request,
            [](auto *, auto *res) {
                put(res->writeHead(200));
                res->end();
            },
            ok + close_ + chunked + "\r\n0\r\n\r\n" },
        { "writeHead with length", request,
            [](auto *, auto *res) {
                put(res->writeHead(200, { { "Content-Length", 4 } }));
                res->end("data");
            },
            ok + length(4) + close_ + "\r\ndata" },
        { "own length", request,
            [](auto *, auto *res) {
                put(res->setHeader("Content-Length", "4"));
                res->write("da");
                res->end("ta");
            },
            ok + length(4) + close_ + "\r\ndata" },
        { "own chunked", request,
            [](auto *, auto *res) {
                put(res->setHeader("Transfer-Encoding", "chunked"));
                res->end("data");
            },
            ok + chunked + close_ + "\r\n4\r\ndata\r\n0\r\n\r\n" },
        { "length and chunked", request,
            [](auto *, auto *res) {
                put(res->writeHead(
                    200, { { "Content-Length", 4 }, { "Transfer-Encoding", "chunked" } }));
                res->end("data");
            },
            ok + length(4) + chunked + close_ + "\r\n4\r\ndata\r\n0\r\n\r\n" },
        { "gzip, chunked", request,
            [](auto *, auto *res) {
                put(res->setHeader("Transfer-Encoding", "gzip, chunked"));
                res->end("data");
            },
            ok + "Transfer-Encoding: gzip, chunked\r\n" + close_ + "\r\n4\r\ndata\r\n0\r\n\r\n" },
        { "identity", request,
            [](auto *, auto *res) {
                put(res->setHeader("Transfer-Encoding", "identity"));
                res->end("data");
            },
            ok + "Transfer-Encoding: identity\r\n" + close_ + "\r\ndata" },
        { "length too long", request,
            [](auto *, auto *res) {
                put(res->writeHead(200, { { "Content-Length", 100 } }));
                res->end("four");
            },
            ok + length(100) + close_ + "\r\nfour" },
        { "length too short", request,
            [](auto *, auto *res) {
                put(res->writeHead(200, { { "Content-Length", 2 } }));
                res->end("four");
            },
            ok + length(2) + close_ + "\r\nfour" },
    };
}

void half(ServerResponse *res)
{
    res->write("abc");
    res->end("def");
}

QList<Case> oldClients()
{
    const QByteArray old = "GET / HTTP/1.0\r\n";
    return {
        { "stream", old + "\r\n", [](auto *, auto *res) { half(res); },
            ok + close_ + "\r\nabcdef" },
        { "single", old + "\r\n", [](auto *, auto *res) { res->end("single"); },
            ok + close_ + "\r\nsingle" },
        { "length", old + "\r\n",
            [](auto *, auto *res) {
                put(res->setHeader("Content-Length", 6));
                half(res);
            },
            ok + length(6) + close_ + "\r\nabcdef" },
        { "stream, keep-alive", old + keep + "\r\n", [](auto *, auto *res) { half(res); },
            ok + close_ + "\r\nabcdef" },
        { "length, keep-alive", old + keep + "\r\n" + probe,
            [](auto *, auto *res) {
                put(res->setHeader("Content-Length", 6));
                half(res);
            },
            ok + length(6) + keep + hint + "\r\nabcdef" + probed },
        { "own chunked", old + "\r\n",
            [](auto *, auto *res) {
                put(res->setHeader("Transfer-Encoding", "chunked"));
                half(res);
            },
            ok + chunked + close_ + "\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n" },
        { "TE: chunked", old + "TE: chunked\r\n\r\n", [](auto *, auto *res) { half(res); },
            ok + close_ + chunked + "\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n" },
        { "TE: trailers, CHUNKED", old + "TE: trailers, CHUNKED\r\n\r\n",
            [](auto *, auto *res) { half(res); },
            ok + close_ + chunked + "\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n" },
        { "TE: trailers", old + "TE: trailers\r\n\r\n", [](auto *, auto *res) { half(res); },
            ok + close_ + "\r\nabcdef" },
        { "TE: chunked, keep-alive", old + "TE: chunked\r\n" + keep + "\r\n" + probe,
            [](auto *, auto *res) { half(res); },
            ok + keep + hint + chunked + "\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n" + probed },
    };
}

Handler withConnection(const char *value)
{
    return [value](auto *, auto *res) {
        put(res->setHeader("Connection", value));
        res->end("ok");
    };
}

QList<Case> connections()
{
    const QByteArray tail = length(2) + "\r\nok";
    const Handler plain = [](auto *, auto *res) { res->end("ok"); };
    return {
        { "default", keeping() + probe, plain, ok + keep + hint + tail + probed },
        { "request close", closing(), plain, ok + close_ + tail },
        { "own close", keeping(), withConnection("close"), ok + close_ + tail },
        { "own Close", keeping(), withConnection("Close"), ok + "Connection: Close\r\n" + tail },
        { "own close, request close", closing(), withConnection("close"), ok + close_ + tail },
        { "own Close, request close", closing(), withConnection("Close"),
            ok + "Connection: Close\r\n" + tail },
        { "not to be kept alive", keeping(),
            [](auto *, auto *res) {
                QVERIFY(res->shouldKeepAlive());
                res->setShouldKeepAlive(false);
                res->end("ok");
            },
            ok + close_ + tail },
        { "not to be kept alive, request close", closing(),
            [](auto *, auto *res) {
                QVERIFY(!res->shouldKeepAlive());
                res->setShouldKeepAlive(false);
                res->end("ok");
            },
            ok + close_ + tail },
        { "own keep-alive", keeping() + probe, withConnection("keep-alive"),
            ok + keep + tail + probed },
        { "own keep-alive, request close", closing() + probe, withConnection("keep-alive"),
            ok + keep + tail }, // the parser refuses what comes behind such a request
        { "own Upgrade", keeping() + probe, withConnection("Upgrade, x"),
            ok + "Connection: Upgrade, x\r\n" + tail + probed },
        { "own Upgrade, request close", closing() + probe, withConnection("Upgrade, x"),
            ok + "Connection: Upgrade, x\r\n" + tail },
        { "own x, close", keeping(), withConnection("x, close"),
            ok + "Connection: x, close\r\n" + tail },
        { "own x, close, request close", closing(), withConnection("x, close"),
            ok + "Connection: x, close\r\n" + tail },
        { "own hint", keeping() + probe,
            [](auto *, auto *res) {
                put(res->setHeader("Keep-Alive", "timeout=9"));
                res->end("ok");
            },
            ok + "Keep-Alive: timeout=9\r\n" + keep + tail + probed },
        { "what a refused head decided stays", closing(),
            [](auto *, auto *res) {
                QVERIFY(res->writeHead(204, { { "Keep-Alive", "timeout=9" }, { "Trailer", "X" } }));
                put(res->setHeader("Connection", "keep-alive"));
                res->setStatusCode(200);
                res->end();
            },
            "HTTP/1.1 200 No Content\r\n" + keep + length(0) + "\r\n" },
        { "undelimited", keeping() + probe,
            [](auto *, auto *res) {
                put(res->removeHeader("Content-Length"));
                put(res->removeHeader("Transfer-Encoding"));
                res->end("body");
            },
            ok + keep + hint + "\r\nbody" + probed },
    };
}

Handler without(QList<QByteArray> names, bool pieces)
{
    return [names, pieces](auto *, auto *res) {
        for (const QByteArray &name : names)
            put(res->removeHeader(name));
        if (!pieces)
            return res->end("body");
        res->write("bo");
        res->end("dy");
    };
}

QList<Case> removals()
{
    const QByteArray two = "\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n";
    const QByteArray request = closing();
    return {
        { "end without length", request, without({ "content-length" }, false),
            ok + close_ + chunked + "\r\n4\r\nbody\r\n0\r\n\r\n" },
        { "write without length", request, without({ "content-length" }, true),
            ok + close_ + chunked + two },
        { "end without chunked", request, without({ "transfer-encoding" }, false),
            ok + close_ + length(4) + "\r\nbody" },
        { "write without chunked", request, without({ "transfer-encoding" }, true),
            ok + close_ + "\r\nbody" },
        { "end without both", request, without({ "Content-Length", "Transfer-Encoding" }, false),
            ok + close_ + "\r\nbody" },
        { "write without both", request, without({ "Content-Length", "Transfer-Encoding" }, true),
            ok + close_ + "\r\nbody" },
        { "end without connection", request, without({ "Connection" }, false),
            ok + length(4) + "\r\nbody" },
        { "write without connection", request, without({ "Connection" }, true),
            ok + chunked + two },
        { "connection set after it was removed", keeping() + probe,
            [](auto *, auto *res) {
                put(res->removeHeader("Connection"));
                put(res->setHeader("Connection", "Upgrade"));
                res->end("body");
            },
            ok + "Connection: Upgrade\r\n" + length(4) + "\r\nbody" + probed },
        { "without any", request,
            without({ "Date", "Connection", "Content-Length", "Transfer-Encoding" }, false),
            ok + "\r\nbody" },
    };
}

Handler bodiless(int status, HeaderList headers, bool early = false)
{
    return [=](auto *, auto *res) {
        res->setStatusCode(status);
        if (early)
            put(res->writeHead(status, headers));
        for (const auto &[name, value] : early ? HeaderList() : headers)
            put(res->setHeader(name, value));
        res->write("bo");
        res->end("dy");
    };
}

QList<Case> bodilessAnswers()
{
    const QByteArray noContent = "HTTP/1.1 204 No Content\r\n";
    const QByteArray notModified = "HTTP/1.1 304 Not Modified\r\n";
    const HeaderList four { { "Content-Length", 4 } };
    const HeaderList te { { "Transfer-Encoding", "chunked" } };
    const QByteArray request = keeping() + probe;
    const auto head = [](HeaderList headers, bool single = false) -> Handler {
        return [=](auto *, auto *res) {
            for (const auto &[name, value] : headers)
                put(res->setHeader(name, value));
            if (!single)
                QVERIFY(res->write("hello "));
            res->end(single ? "hello world" : "world");
        };
    };
    const QByteArray headRequest = keeping("/", {}, "HEAD") + probe;
    return {
        { "204", request, bodiless(204, {}), noContent + keep + hint + "\r\n" + probed },
        { "204 length", request, bodiless(204, four),
            noContent + length(4) + keep + hint + "\r\n" + probed },
        { "204 chunked", keeping(), bodiless(204, te), noContent + chunked + close_ + "\r\n" },
        { "204 writeHead", request, bodiless(204, { { "X-A", "1" } }, true),
            noContent + "X-A: 1\r\n" + keep + hint + "\r\n" + probed },
        { "304", request, bodiless(304, {}), notModified + keep + hint + "\r\n" + probed },
        { "304 length", request, bodiless(304, four),
            notModified + length(4) + keep + hint + "\r\n" + probed },
        { "304 chunked", keeping(), bodiless(304, te), notModified + chunked + close_ + "\r\n" },
        { "205 is nothing special", request, bodiless(205, {}),
            "HTTP/1.1 205 Reset Content\r\n" + keep + hint + chunked
                + "\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n" + probed },
        { "HEAD end", headRequest, head({}, true),
            ok + keep + hint + length(11) + "\r\n" + probed },
        { "HEAD write", headRequest, head({}), ok + keep + hint + chunked + "\r\n" + probed },
        { "HEAD length", headRequest, head({ { "Content-Length", 11 } }),
            ok + length(11) + keep + hint + "\r\n" + probed },
        { "HEAD chunked", headRequest, head(te), ok + chunked + keep + hint + "\r\n" + probed },
    };
}

Handler trailing(HeaderList headers, bool single = false)
{
    return [=](auto *, auto *res) {
        put(res->addTrailers({ { "X-Old", "replaced" } }));
        put(res->addTrailers({ { "X-T", "lost?" } }));
        for (const auto &[name, value] : headers)
            put(res->setHeader(name, value));
        if (single)
            return res->end("data");
        res->write("da");
        res->end("ta");
    };
}

QList<Case> trailers()
{
    const QByteArray sent = "\r\n2\r\nda\r\n2\r\nta\r\n0\r\nX-T: lost?\r\n\r\n";
    return {
        { "chunked", closing(), trailing({}), ok + close_ + chunked + sent },
        { "HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", trailing({}), ok + close_ + "\r\ndata" },
        { "length", closing(), trailing({ { "Content-Length", 4 } }),
            ok + length(4) + close_ + "\r\ndata" },
        { "lone end", closing(), trailing({}, true), ok + close_ + length(4) + "\r\ndata" },
        { "announced", closing(), trailing({ { "Trailer", "X-T" } }),
            ok + "Trailer: X-T\r\n" + close_ + chunked + sent },
        { "announced, lone end", closing(), trailing({ { "Trailer", "X-T" } }, true),
            ok + "Trailer: X-T\r\n" + close_ + chunked
                + "\r\n4\r\ndata\r\n0\r\nX-T: lost?\r\n\r\n" },
    };
}

QList<Case> interim()
{
    const QByteArray processing = "HTTP/1.1 102 Processing\r\n\r\n";
    return {
        { "any number, not headersSent", closing(),
            [](auto *, auto *res) {
                res->writeProcessing();
                res->writeProcessing();
                res->writeContinue();
                QVERIFY(!res->headersSent());
                put(res->setHeader("X-Still", "settable"));
                put(res->writeInformation(103, { { "Link", "a" }, { "link", "b" } }));
                res->end("done");
            },
            processing + processing
                + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\nlink: "
                  "b\r\n\r\n"
                + ok + "X-Still: settable\r\n" + close_ + length(4) + "\r\ndone" },
        { "between writeHead and the first write", closing(),
            [](auto *, auto *res) {
                put(res->writeHead(200));
                res->writeProcessing();
                res->end("x");
            },
            processing + ok + close_ + chunked + "\r\n1\r\nx\r\n0\r\n\r\n" },
    };
}

} // namespace

class ServerFramingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answer_data();
    void answer();
    void date_isSentUnlessRefused_data();
    void date_isSentUnlessRefused();
};

void ServerFramingTest::answer_data()
{
    QTest::addColumn<Case>("c");
    const auto add = [](const char *group, const QList<Case> &cases) {
        for (const Case &c : cases)
            QTest::addRow("%s: %s", group, c.name) << c;
    };
    add("body", bodies());
    add("HTTP/1.0", oldClients());
    add("connection", connections());
    add("removed", removals());
    add("bodiless", bodilessAnswers());
    add("trailers", trailers());
    add("interim", interim());
}

// conformance: server/body-framing-decision (rows "body")
// conformance: server/content-length-mismatch-not-checked (rows "body: length too …")
// conformance: server/http10-close-delimited (rows "HTTP/1.0")
// conformance: server/http10-te-chunked (rows "HTTP/1.0: TE …")
// conformance: server/connection-header-decision (rows "connection")
// conformance: server/undelimited-response-stays-open (row "connection: undelimited")
// conformance: server/status-204-304-no-body (rows "bodiless")
// conformance: server/trailers-discarded (rows "trailers")
// conformance: server/write-continue-and-processing (rows "interim")
void ServerFramingTest::answer()
{
    QFETCH(Case, c);
    const QByteArray answer = serve(
        [&](IncomingMessage *req, ServerResponse *res) {
            res->setSendDate(false);
            if (req->url() == "/probe")
                res->end("probe");
            else
                c.handle(req, res);
        },
        c.request);
    QCOMPARE(answer, c.answer);
}

void ServerFramingTest::date_isSentUnlessRefused_data()
{
    QTest::addColumn<bool>("sendDate");
    QTest::addColumn<QByteArray>("own");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray rest = close_ + length(0) + "\r\n";
    QTest::newRow("default") << true << QByteArray() << ok + date + rest;
    QTest::newRow("off") << false << QByteArray() << ok + rest;
    QTest::newRow("own") << true << QByteArray("my own date")
                         << ok + "date: my own date\r\n" + rest;
    QTest::newRow("own, off") << false << QByteArray("my own date")
                              << ok + "date: my own date\r\n" + rest;
}

void ServerFramingTest::date_isSentUnlessRefused()
{
    QFETCH(bool, sendDate);
    QFETCH(QByteArray, own);
    QFETCH(QByteArray, answer);
    const QByteArray received = serve(
        [&](auto *, ServerResponse *res) {
            if (!sendDate)
                res->setSendDate(false);
            if (!own.isEmpty())
                put(res->setHeader("date", own));
            res->end();
        },
        closing());
    QCOMPARE(received, answer);
}

QTEST_GUILESS_MAIN(ServerFramingTest)
#include "tst_serverframing.moc"

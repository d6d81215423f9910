// The octets of a live server's responses. Source: reference response.write(), end(), writeHead(), setHeader(),
// addTrailers(); conformance wire/server-response-bytes.
#include "talk.h"
#include "wirerows.h"

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;

using Use = std::function<void(ServerResponse *response)>;
Q_DECLARE_METATYPE(Use)

class WireServerResponsesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void octets_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<Use>("use");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray closes = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        const QByteArray keeps = QByteArray(closes).replace("close", "keep-alive");
        const QByteArray old = "GET / HTTP/1.0\r\n\r\n";
        // Each line is one octet row: its line ends are CRLF, and the last one is that of the head.
        const auto add = [](const char *name, const QByteArray &request, const char *status,
                             const char *fields, const char *body, const Use &use) {
            QByteArray expected = QByteArray("HTTP/1.1 ") + status + '\n' + fields + "\n\n";
            expected.replace("\n", "\r\n");
            QTest::newRow(name) << request << use << expected + body;
        };
        const char *ok = "200 OK";
        add("end(text)", closes, ok, "Date: <date>\nConnection: close\nContent-Length: 5",
            "caf\303\251", [](ServerResponse *res) { res->end("caf\303\251"); });
        add("end()", closes, ok, "Date: <date>\nConnection: close\nContent-Length: 0", "",
            [](ServerResponse *res) { res->end(); });
        add("write, end", closes, ok, "Date: <date>\nConnection: close\nTransfer-Encoding: chunked",
            "3\r\none\r\n5\r\nthree\r\n0\r\n\r\n", [](ServerResponse *res) {
                res->write("one");
                res->write("three");
                res->end();
            });
        add("write, end(text)", closes, ok,
            "Date: <date>\nConnection: close\nTransfer-Encoding: chunked",
            "11\r\nxxxxxxxxxxxxxxxxx\r\n3\r\nend\r\n0\r\n\r\n", [](ServerResponse *res) {
                res->write(QByteArray(17, 'x'));
                res->end("end");
            });
        add("content-length set", closes, ok, "Content-Length: 5\nDate: <date>\nConnection: close",
            "hello", [](ServerResponse *res) {
                QVERIFY(!res->setHeader("Content-Length", 5));
                res->write("he");
                res->end("llo");
            });
        add("length does not fit the body", closes, ok,
            "Content-Length: 1\nDate: <date>\nConnection: close", "two", [](ServerResponse *res) {
                QVERIFY(!res->setHeader("Content-Length", 1));
                res->end("two");
            });
        add("writeHead, end(text)", closes, ok,
            "Date: <date>\nConnection: close\nTransfer-Encoding: chunked", "4\r\ntext\r\n0\r\n\r\n",
            [](ServerResponse *res) {
                QVERIFY(!res->writeHead(200));
                res->end("text");
            });
        add("status, message, headers", closes, "404 Nope",
            "X-One: 1\nx-TWO: a\nx-TWO: b\nDate: <date>\nConnection: close\n"
            "Transfer-Encoding: chunked",
            "0\r\n\r\n", [](ServerResponse *res) {
                QVERIFY(!res->setHeader("X-One", 1));
                QVERIFY(
                    !res->writeHead(404, "Nope", { { "x-TWO", QList<QByteArray> { "a", "b" } } }));
                res->end();
            });
        add("header array", closes, ok,
            "A: 1\na: 2\nSet-Cookie: x\nDate: <date>\nConnection: close\n"
            "Transfer-Encoding: chunked",
            "1\r\nb\r\n0\r\n\r\n", [](ServerResponse *res) {
                QVERIFY(
                    !res->writeHead(200, { { "A", "1" }, { "a", "2" }, { "Set-Cookie", "x" } }));
                res->end("b");
            });
        add("set-cookie list", closes, ok,
            "Set-Cookie: a=1\nSet-Cookie: b=2\nDate: <date>\nConnection: close\n"
            "Content-Length: 1",
            "b", [](ServerResponse *res) {
                QVERIFY(!res->setHeader("Set-Cookie", QList<QByteArray> { "a=1", "b=2" }));
                res->end("b");
            });
        add("trailers", closes, ok,
            "Trailer: X-T\nDate: <date>\nConnection: close\nTransfer-Encoding: chunked",
            "1\r\na\r\n0\r\nX-T: v\r\n\r\n", [](ServerResponse *res) {
                QVERIFY(!res->setHeader("Trailer", "X-T"));
                res->write("a");
                QVERIFY(!res->addTrailers({ { "X-T", "v" } }));
                res->end();
            });
        add("no date", closes, ok, "Connection: close\nContent-Length: 1", "b",
            [](ServerResponse *res) {
                res->setSendDate(false);
                res->end("b");
            });
        add("own date", closes, ok, "Date: <date>\nConnection: close\nContent-Length: 1", "b",
            [](ServerResponse *res) {
                QVERIFY(!res->setHeader("Date", "x"));
                res->end("b");
            });
        add("204", closes, "204 No Content", "Date: <date>\nConnection: close", "",
            [](ServerResponse *res) {
                res->setStatusCode(204);
                res->end("dropped");
            });
        add("304", closes, "304 Not Modified", "ETag: a\nDate: <date>\nConnection: close", "",
            [](ServerResponse *res) {
                QVERIFY(!res->writeHead(304, { { "ETag", "a" } }));
                res->write("dropped");
                res->end();
            });
        add("204, chunked asked", closes, "204 No Content",
            "Transfer-Encoding: chunked\nDate: <date>\nConnection: close", "",
            [](ServerResponse *res) {
                QVERIFY(!res->writeHead(204, { { "Transfer-Encoding", "chunked" } }));
                res->end("dropped");
            });
        add("unknown status", closes, "799 unknown",
            "Date: <date>\nConnection: close\nContent-Length: 0", "", [](ServerResponse *res) {
                res->setStatusCode(799);
                res->end();
            });
        add("102 and 100 by hand", closes,
            "102 Processing\n\nHTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK",
            "Date: <date>\nConnection: close\nContent-Length: 1", "b", [](ServerResponse *res) {
                res->writeProcessing();
                res->writeContinue();
                res->end("b");
            });
        add("1.0, end(text)", old, ok, "Date: <date>\nConnection: close", "text",
            [](ServerResponse *res) { res->end("text"); });
        add("1.0, write, end", old, ok, "Date: <date>\nConnection: close", "onetwo",
            [](ServerResponse *res) {
                res->write("one");
                res->end("two");
            });
        add("1.0, content-length", old, ok, "Content-Length: 4\nDate: <date>\nConnection: close",
            "text", [](ServerResponse *res) {
                QVERIFY(!res->setHeader("Content-Length", 4));
                res->end("text");
            });
        add("keep-alive asked", keeps, ok,
            "Date: <date>\nConnection: keep-alive\nKeep-Alive: timeout=5\nContent-Length: 4",
            "text", [](ServerResponse *res) { res->end("text"); });
        add("close by the server", keeps, ok, "Connection: close\nDate: <date>\nContent-Length: 4",
            "text", [](ServerResponse *res) {
                QVERIFY(!res->setHeader("Connection", "close"));
                res->end("text");
            });
        add("connection removed", keeps, ok, "Date: <date>\nContent-Length: 4", "text",
            [](ServerResponse *res) {
                QVERIFY(!res->removeHeader("connection"));
                res->end("text");
            });
        add("framing removed", closes, ok, "Date: <date>\nConnection: close", "onetwo",
            [](ServerResponse *res) {
                QVERIFY(!res->removeHeader("transfer-encoding"));
                res->write("one");
                res->end("two");
            });
    }

    // conformance: wire/server-response-bytes
    void octets()
    {
        QFETCH(QByteArray, request);
        QFETCH(Use, use);
        QFETCH(QByteArray, expected);
        const auto exchange = [&use](const QByteArrayList &pieces) {
            MemoryServer server([&use](Server *made, QByteArrayList *) {
                connect(made, &Server::request, made,
                    [&use](IncomingMessage *, ServerResponse *response) { use(response); });
            });
            for (const QByteArray &piece : pieces)
                server.send(piece);
            server.finish();
            return server.received() + (server.isClosed() ? "" : " [open]");
        };
        QCOMPARE(atEveryCut(request, exchange), expected);
    }
};

QTEST_GUILESS_MAIN(WireServerResponsesTest)
#include "tst_wireserverresponses.moc"

// How long a connection of a live server lasts, and how it ends. Source: RFC 9112 sections 8 and 9; conformance
// wire/server-*.
#include "talk.h"
#include "wirerows.h"

#include <http/transport.h>

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
namespace wire = headrace::wire;

class WireServerConnectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void connectionField_decides_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray keep
            = "Connection: keep-alive | Keep-Alive: timeout=5 | Content-Length: 2";
        const QByteArray close = "Connection: close | Content-Length: 2";
        const auto request = [](const QByteArray &version, const QByteArray &fields) {
            return "GET /a HTTP/" + version + "\r\nHost: x\r\n" + fields + "\r\n";
        };
        const QList<std::pair<QByteArray, bool>> values = {
            { "close", false },
            { "Close", false },
            { "CLOSE", false },
            { "keep-alive", true },
            { "Keep-Alive", true },
            { "close, keep-alive", false },
            { "keep-alive, close", false },
            { "foo, close", false },
            { "close,foo", false },
            { "close ", false },
            { "close\t", true },
            { "closed", true },
            { "xclose", true },
            { "foo", true },
            { "", true },
            { "keep-alive, foo", true },
            { "upgrade", true },
        };
        for (const auto &[value, keeps] : values) {
            const QByteArray field = "Connection: " + value + "\r\n";
            QTest::addRow("1.1 '%s'", value.constData())
                << request("1.1", field) << (keeps ? keep : close);
            QTest::addRow("1.0 '%s'", value.constData())
                << request("1.0", field) << QByteArray("Connection: close");
        }
        QTest::newRow("1.1 without") << request("1.1", "") << keep;
        QTest::newRow("1.0 without") << request("1.0", "") << QByteArray("Connection: close");
        QTest::newRow("two fields")
            << request("1.1", "Connection: keep-alive\r\nConnection: close\r\n") << close;
        QTest::newRow("proxy-connection") << request("1.1", "Proxy-Connection: close\r\n") << close;
    }

    // conformance: wire/server-connection-header-tokens
    void connectionField_decides()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        const auto exchange = [](const QByteArrayList &pieces) {
            MemoryServer server([](Server *made, QByteArrayList *) {
                connect(made, &Server::request, made,
                    [](IncomingMessage *, ServerResponse *response) { response->end("ok"); });
            });
            for (const QByteArray &piece : pieces)
                server.send(piece);
            server.finish();
            const QByteArray head = server.received().split('\r').join("");
            QByteArrayList fields = head.first(head.indexOf("\n\n")).split('\n').mid(1);
            fields.removeAll("Date: <date>");
            return fields.join(" | ");
        };
        QCOMPARE(atEveryCut(octets, exchange), expected);
    }

    void endOfInput_inEveryState_data()
    {
        columns();
        const QByteArray post = "POST /a HTTP/1.1\r\nHost: x\r\n";
        const QByteArray length = post + "Content-Length: 4\r\n\r\n";
        const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        const QByteArray quiet = "wire ''";
        const QByteArray refused = "clientError HPE_INVALID_EOF_STATE\nwire '<400>'";
        const QByteArray aborted = "request /a\nclientError HPE_INVALID_EOF_STATE\n"
                                   "aborted, complete false\nwire '<400>'";
        const QByteArray abortedAfterData
            = "request /a\ndata hi\nclientError HPE_INVALID_EOF_STATE\n"
              "aborted, complete false\nwire '<400>'";
        const auto add
            = [](const char *name, const QByteArray &octets, const QByteArray &expected) {
                  addRow(name, octets, expected, Sending::Finished, "");
              };
        add("no octet at all", "", quiet);
        add("empty line only", "\r\n", quiet);
        add("in the method", "PO", refused);
        add("in the target", "POST /a", refused);
        add("in the version", "POST /a HTTP/1.", refused);
        add("after the request line", "POST /a HTTP/1.1\r\n", refused);
        add("in a field name", "POST /a HTTP/1.1\r\nHo", refused);
        add("in a field value", "POST /a HTTP/1.1\r\nHost: x", refused);
        add("before the empty line", post, refused);
        add("before any octet of the body", length, aborted);
        add("in the body", length + "hi", abortedAfterData);
        add("before the first chunk", chunked, aborted);
        add("in the chunk size", chunked + "2", aborted);
        add("in a chunk", chunked + "4\r\nhi", abortedAfterData);
        add("before the last chunk", chunked + "2\r\nhi\r\n", abortedAfterData);
        add("in the last chunk", chunked + "0\r\n", aborted);
        add("in the trailers", chunked + "0\r\nX-T: 1\r\n", aborted);
    }

    // conformance: wire/server-eof-in-every-state
    void endOfInput_inEveryState()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        const auto listen = [](Server *made, QByteArrayList *log) {
            connect(
                made, &Server::request, made, [log](IncomingMessage *request, ServerResponse *) {
                    log->append("request " + request->url());
                    const auto data = std::make_shared<QByteArray>(); // pieces depend on the cut
                    connect(request, &IncomingMessage::data, request,
                        [log, data](const QByteArray &more) {
                            if (data->isEmpty())
                                log->append(QByteArray());
                            *data += more;
                            log->last() = "data " + *data;
                        });
                    connect(
                        request, &IncomingMessage::ended, request, [log] { log->append("end"); });
                    connect(request, &IncomingMessage::aborted, request, [log, request] {
                        log->append(QByteArray("aborted, complete ")
                            + (request->isComplete() ? "true" : "false"));
                    });
                });
            connect(made, &Server::clientError, made, [log](const Error &error, QIODevice *socket) {
                log->append("clientError " + QByteArray(wire::name(error.code).data()));
                Transport *transport = Transport::of(socket);
                transport->write("HTTP/1.1 400 Bad Request\r\n\r\n");
                transport->end();
            });
        };
        const auto exchange = [&](const QByteArrayList &pieces) {
            MemoryServer server(listen);
            for (const QByteArray &piece : pieces)
                server.send(piece);
            server.finish();
            return server.journal();
        };
        QCOMPARE(atEveryCut(octets, exchange), expected);
    }

    void badBehindGood_data()
    {
        QTest::addColumn<QByteArrayList>("pieces");
        QTest::addColumn<QByteArray>("expected");
        const auto good = [](const QByteArray &name) {
            return "GET /" + name + " HTTP/1.1\r\nHost: x\r\n\r\n";
        };
        const auto ok = [](const QByteArray &number) {
            return R"(HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: keep-alive\r\n)"
                   R"(Keep-Alive: timeout=5\r\nContent-Length: 4\r\n\r\nok/)"
                + number;
        };
        const QByteArray bad = "BAD\r\n\r\n";
        const QByteArray refused
            = R"(wire 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')";
        QTest::newRow("bad") << QByteArrayList { bad } << refused;
        QTest::newRow("answered, then bad")
            << QByteArrayList { good("1"), bad } << "request /1\nwire '" + ok("1") + '\'';
        QTest::newRow("two answered, then bad")
            << QByteArrayList { good("1"), good("2"), "GET /3 HTTP/1.1\r\nb\x01: y\r\n\r\n" }
            << "request /1\nrequest /2\nwire '" + ok("1") + ok("2") + '\'';
        QTest::newRow("unanswered and bad in one write")
            << QByteArrayList { good("held") + bad } << "request /held\n" + refused;
        QTest::newRow("unanswered, bad later")
            << QByteArrayList { good("held"), bad } << "request /held\n" + refused;
        QTest::newRow("bad and good in one write") << QByteArrayList { bad + good("1") } << refused;
    }

    // conformance: wire/server-pipelined-good-then-bad
    void badBehindGood()
    {
        QFETCH(QByteArrayList, pieces);
        QFETCH(QByteArray, expected);
        MemoryServer server([](Server *made, QByteArrayList *log) {
            connect(made, &Server::request, made,
                [log](IncomingMessage *request, ServerResponse *response) {
                    log->append("request " + request->url());
                    if (request->url() != "/held")
                        response->end("ok" + request->url());
                });
        });
        for (const QByteArray &piece : pieces)
            server.send(piece);
        QCOMPARE(server.journal(), expected);
    }

    void cutAtEveryOctet_data()
    {
        columns();
        openRow("good",
            "POST /p?q HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n"
            "5;a=b\r\nhello\r\n00c\r\n, wire world\r\n0\r\nX-T: 1\r\nY-T:\r\n\r\n",
            "request POST '/p?q', 3 headers\n"
            "body 'hello, wire world' trailers ['X-T','1','Y-T',''] {'x-t':'1','y-t':''}\n"
            "wire '<ok, close>'");
        openRow("bad",
            "POST /p HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            "x\r\n\r\n",
            "request POST '/p', 3 headers\nclientError HPE_INVALID_CHUNK_SIZE\nwire '<400>'");
    }

    // conformance: wire/server-split-in-two-at-every-position
    void cutAtEveryOctet() { checkServed({ .countsHeaders = true, .bytesParsed = false }); }

    void trailers_haveALimitOfTheirOwn_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("trailers");
        QTest::addColumn<QByteArray>("expected");
        QByteArray hundred;
        for (int number = 0; number < 100; ++number)
            hundred
                += 't' + QByteArray::number(number) + ": " + QByteArray::number(number) + "\r\n";
        const auto value = [](int size) { return "t: " + QByteArray(size, 'v') + "\r\n"; };
        const QByteArray overflow = "clientError HPE_HEADER_OVERFLOW";
        QTest::newRow("100 trailers")
            << QByteArray() << hundred
            << QByteArray("end, 100 trailers, raw 200, last t99, size 480");
        QTest::newRow("trailer of 15000")
            << QByteArray() << value(15000)
            << QByteArray("end, 1 trailers, raw 2, last t, size 15001");
        QTest::newRow("head of 12000 and trailer of 12000")
            << 'h' + value(12000) << value(12000)
            << QByteArray("end, 1 trailers, raw 2, last t, size 12001");
        QTest::newRow("trailer of 16382")
            << QByteArray() << value(16382)
            << QByteArray("end, 1 trailers, raw 2, last t, size 16383");
        QTest::newRow("trailer of 16383") << QByteArray() << value(16383) << overflow;
        QTest::newRow("trailer of 17000") << QByteArray() << value(17000) << overflow;
        QTest::newRow("trailer name of 17000") << QByteArray() << QByteArray(17000, 'n') + ": v\r\n"
                                               << overflow;
    }

    // conformance: wire/server-trailer-limits
    void trailers_haveALimitOfTheirOwn()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, trailers);
        QFETCH(QByteArray, expected);
        MemoryServer server([](Server *made, QByteArrayList *log) {
            connect(made, &Server::request, made,
                [log](IncomingMessage *request, ServerResponse *response) {
                    request->resume();
                    connect(request, &IncomingMessage::ended, response, [=] {
                        const QList<QByteArray> names = request->trailers().names();
                        const QList<QByteArray> raw = request->rawTrailers();
                        log->append("end, " + QByteArray::number(names.size()) + " trailers, raw "
                            + QByteArray::number(raw.size()) + ", last " + names.last() + ", size "
                            + QByteArray::number(raw.join().size()));
                        response->end();
                    });
                });
            connect(made, &Server::clientError, made, [log](const Error &error, QIODevice *socket) {
                log->append("clientError " + QByteArray(wire::name(error.code).data()));
                Transport::of(socket)->destroy();
            });
        });
        server.send("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    "Transfer-Encoding: chunked\r\n"
            + fields + "\r\n2\r\nhi\r\n0\r\n" + trailers + "\r\n");
        QCOMPARE(server.log().join('\n'), expected);
        QVERIFY(server.isClosed());
    }
};

QTEST_GUILESS_MAIN(WireServerConnectionsTest)
#include "tst_wireserverconnections.moc"

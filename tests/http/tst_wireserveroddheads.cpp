// Heads of requests near those of the conformance tables. Source: RFC 9112 sections 2 to 5; recorded on Node 15.14
// and Node 20.20.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerOddHeadsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void fieldLine_data()
    {
        columns();
        row("field A : b", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA : b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A\\t: b", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA\t: b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A B: c", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA B: c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A\\x01: b",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA\001: b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A\\x80: b",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA\200: b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field : b", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n: b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field :", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n:\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A: b\\x01",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\001\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A: b\\x00c",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\000c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A: b\\x7f",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\177\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A: \\x80\377",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: \200\377\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','\\u0080\\u00ff']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A: b\\r c",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A: b\\r\\n c",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\n c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A: b\\r\\n\\tc",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\n\tc\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A: b\\r\\n  c\\r\\n  d",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\n  c\r\n  d\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A:\\r\\n b",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA:\r\n b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A: b\\r\\n \\r\\nB: c",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\n \r\nB: c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field (A: b", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n(A: b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A(: b", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA(: b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field \"A\": b", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\"A\": b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A=b: c", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA=b: c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void fieldLine() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void firstFieldLine_data()
    {
        columns();
        row("first field A : b", "GET /a HTTP/1.1\r\nA : b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A\\t: b", "GET /a HTTP/1.1\r\nA\t: b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A B: c", "GET /a HTTP/1.1\r\nA B: c\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A\\x01: b", "GET /a HTTP/1.1\r\nA\001: b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A\\x80: b", "GET /a HTTP/1.1\r\nA\200: b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field : b", "GET /a HTTP/1.1\r\n: b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field :", "GET /a HTTP/1.1\r\n:\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A", "GET /a HTTP/1.1\r\nA\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A: b\\x01", "GET /a HTTP/1.1\r\nA: b\001\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A: b\\x00c", "GET /a HTTP/1.1\r\nA: b\000c\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A: b\\x7f", "GET /a HTTP/1.1\r\nA: b\177\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A: \\x80\377",
            "GET /a HTTP/1.1\r\nA: \200\377\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['A','\\u0080\\u00ff','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("first field A: b\\r c", "GET /a HTTP/1.1\r\nA: b\r c\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A: b\\r\\n c",
            "GET /a HTTP/1.1\r\nA: b\r\n c\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A: b\\r\\n\\tc",
            "GET /a HTTP/1.1\r\nA: b\r\n\tc\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A: b\\r\\n  c\\r\\n  d",
            "GET /a HTTP/1.1\r\nA: b\r\n  c\r\n  d\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A:\\r\\n b", "GET /a HTTP/1.1\r\nA:\r\n b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A: b\\r\\n \\r\\nB: c",
            "GET /a HTTP/1.1\r\nA: b\r\n \r\nB: c\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field (A: b", "GET /a HTTP/1.1\r\n(A: b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A(: b", "GET /a HTTP/1.1\r\nA(: b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field \"A\": b", "GET /a HTTP/1.1\r\n\"A\": b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first field A=b: c", "GET /a HTTP/1.1\r\nA=b: c\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first  A: b", "GET /a HTTP/1.1\r\n A: b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("first \\tA: b", "GET /a HTTP/1.1\r\n\tA: b\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void firstFieldLine() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void lineEnds_data()
    {
        columns();
        row("line ends GET /a HTTP/1.1\\nHost: x\\nConnection: close\\n\\n",
            "GET /a HTTP/1.1\nHost: x\nConnection: close\n\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("line ends GET /a HTTP/1.1\\r\\nHost: x\\nConnection: close\\r\\n\\r\\n",
            "GET /a HTTP/1.1\r\nHost: x\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("line ends GET /a HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\n",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("line ends GET /a HTTP/1.1\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n",
            "GET /a HTTP/1.1\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("line ends GET /a HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\n\\r\\n",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("line ends GET /a HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\r\\n",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("line ends GET /a HTTP/1.1\\r\\nHost: x\\rConnection: close\\r\\n\\r\\n",
            "GET /a HTTP/1.1\r\nHost: x\rConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("line ends GET /a HTTP/1.1\\rHost: x\\r\\n\\r\\n", "GET /a HTTP/1.1\rHost: x\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("line ends \\nGET /a HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n",
            "\nGET /a HTTP/1.1\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void lineEnds() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void version_data()
    {
        columns();
        row("version HTTP/0.0", "GET /a HTTP/0.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version HTTP/0.9", "GET /a HTTP/0.9\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/0.9\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("version HTTP/1.2", "GET /a HTTP/1.2\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version HTTP/1.9", "GET /a HTTP/1.9\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version HTTP/2.0", "GET /a HTTP/2.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/2.0\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("version HTTP/2.5", "GET /a HTTP/2.5\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version HTTP/3.0", "GET /a HTTP/3.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version HTTP/9.9", "GET /a HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version HTTP/1.10", "GET /a HTTP/1.10\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version HTTP/10.1", "GET /a HTTP/10.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version http/1.1", "GET /a http/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version HTTP/1.1 ", "GET /a HTTP/1.1 \r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version  HTTP/1.1", "GET /a  HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("version HTTP/1.1\\t", "GET /a HTTP/1.1\t\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version ICE/1.0", "GET /a ICE/1.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version RTSP/1.0", "GET /a RTSP/1.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void version() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void target_data()
    {
        columns();
        row("target /\\x80", "GET /\200 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target /\351", "GET /\351 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target /a\\tb", "GET /a\tb HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target /a\\x0cb", "GET /a\014b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target /a\\x01", "GET /a\001 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target /a\\x7f", "GET /a\177 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target /a b", "GET /a b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target ", "GET  HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target a", "GET a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target *", "GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '*' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("target /a\\x00b", "GET /a\000b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target http://", "GET http:// HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET 'http://' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("target //", "GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '//' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("target ?", "GET ? HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target #", "GET # HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target h:80", "GET h:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target http:/a", "GET http:/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target http://a b/",
            "GET http://a b/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void target() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void method_data()
    {
        columns();
        row("method GET", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("method get", "get /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method FOO", "FOO /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method PRI", "PRI /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method SOURCE", "SOURCE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request SOURCE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("method M-SEARCH", "M-SEARCH /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request M-SEARCH '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("method DESCRIBE", "DESCRIBE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method ANNOUNCE", "ANNOUNCE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method SETUP", "SETUP /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method PLAY", "PLAY /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method FLUSH", "FLUSH /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method GET ", "GET  /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("method GET\\t", "GET\t /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method QUERY", "QUERY /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void method() { checkServed({ .bytesParsed = false, .anyCode = true }); }
};

QTEST_GUILESS_MAIN(WireServerOddHeadsTest)
#include "tst_wireserveroddheads.moc"

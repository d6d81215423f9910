// Framing of responses near that of the conformance tables. Source: RFC 9112 section 6; recorded on Node 15.14 and
// Node 20.20.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireClientOddFramingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void contentLength_data()
    {
        columns();
        row("cl Content-Length: 2\\r\\nContent-Length: 2",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("cl Content-Length: 2\\r\\nContent-Length: 3",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", "error HPE_*");
        row("cl Content-Length: +2", "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
            "error HPE_*");
        row("cl Content-Length: 2 ", "HTTP/1.1 200 OK\r\nContent-Length: 2 \r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("cl Content-Length: 2\\t", "HTTP/1.1 200 OK\r\nContent-Length: 2\t\r\n\r\nok",
            "error HPE_*");
        row("cl Content-Length: 2 2", "HTTP/1.1 200 OK\r\nContent-Length: 2 2\r\n\r\nok",
            "error HPE_*");
        row("cl Content-Length:", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nok", "error HPE_*");
        row("cl Content-Length: 2, 2", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok",
            "error HPE_*");
        row("cl Content-Length: 99999999999999999999",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok", "error HPE_*");
        row("cl Content-Length: 18446744073709551615",
            "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','18446744073709551615']\n"
            "aborted after 'ok' complete false response error ECONNRESET");
        row("cl Content-Length: 9223372036854775807",
            "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','9223372036854775807']\n"
            "aborted after 'ok' complete false response error ECONNRESET");
        row("cl Content-Length: 0", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','0']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void contentLength() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void bodiless_data()
    {
        columns();
        row("100 ", "HTTP/1.1 100 X\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "information 100 'X' []\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("100 Transfer-Encoding: chunked\\r\\n",
            "HTTP/1.1 100 X\r\nTransfer-Encoding: chunked\r\n\r\nHTTP/1.1 200 "
            "OK\r\nContent-Length: 2\r\n\r\nok",
            "information 100 'X' ['Transfer-Encoding','chunked']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("100 Connection: close\\r\\n",
            "HTTP/1.1 100 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 100 'X' ['Connection','close']\n"
            "error HPE_*");
        row("100 Transfer-Encoding: chunked\\r\\nContent-Length: 2\\r\\n",
            "HTTP/1.1 100 X\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\nHTTP/1.1 200 "
            "OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("103 Content-Length: 0\\r\\n",
            "HTTP/1.1 103 X\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 103 'X' ['Content-Length','0']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("103 Transfer-Encoding: gzip\\r\\n",
            "HTTP/1.1 103 X\r\nTransfer-Encoding: gzip\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 103 'X' ['Transfer-Encoding','gzip']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("103 Upgrade: x\\r\\nConnection: upgrade\\r\\n",
            "HTTP/1.1 103 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nHTTP/1.1 200 "
            "OK\r\nContent-Length: 2\r\n\r\nok",
            "information 103 'X' ['Upgrade','x','Connection','upgrade']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("101 ", "HTTP/1.1 101 X\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 101 'X' []\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("101 Upgrade: x\\r\\nConnection: upgrade\\r\\n",
            "HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nHTTP/1.1 200 "
            "OK\r\nContent-Length: 2\r\n\r\nok",
            "", "GET", Sending::Uncut);
        row("204 ", "HTTP/1.1 204 X\r\n\r\n",
            "response HTTP/1.1 204 'X' []\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("204 Transfer-Encoding: gzip\\r\\n",
            "HTTP/1.1 204 X\r\nTransfer-Encoding: gzip\r\n\r\n",
            "response HTTP/1.1 204 'X' ['Transfer-Encoding','gzip']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("204 Upgrade: x\\r\\nConnection: upgrade\\r\\n",
            "HTTP/1.1 204 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
            "response HTTP/1.1 204 'X' ['Upgrade','x','Connection','upgrade']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("304 ", "HTTP/1.1 304 X\r\n\r\n",
            "response HTTP/1.1 304 'X' []\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("304 Content-Length: 5\\r\\n", "HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n",
            "response HTTP/1.1 304 'X' ['Content-Length','5']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("304 Transfer-Encoding: gzip\\r\\n",
            "HTTP/1.1 304 X\r\nTransfer-Encoding: gzip\r\n\r\n",
            "response HTTP/1.1 304 'X' ['Transfer-Encoding','gzip']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("304 Upgrade: x\\r\\nConnection: upgrade\\r\\n",
            "HTTP/1.1 304 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
            "response HTTP/1.1 304 'X' ['Upgrade','x','Connection','upgrade']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void bodiless() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void surplus_data()
    {
        columns();
        row("surplus x", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokx",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus close x",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nokx",
            "response HTTP/1.1 200 'OK' ['Connection','close','Content-Length','2']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus HEAD x", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "HEAD", Sending::Uncut);
        row("surplus 304 x", "HTTP/1.1 304 X\r\nContent-Length: 2\r\n\r\nx",
            "response HTTP/1.1 304 'X' ['Content-Length','2']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus chunked x",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nx",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus HTTP/1.1 200 OK\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus close HTTP/1.1 200 OK\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 "
            "OK\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Connection','close','Content-Length','2']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus HEAD HTTP/1.1 200 OK\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "HEAD", Sending::Uncut);
        row("surplus 304 HTTP/1.1 200 OK\\r\\n\\r\\n",
            "HTTP/1.1 304 X\r\nContent-Length: 2\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            "response HTTP/1.1 304 'X' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus chunked HTTP/1.1 200 OK\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 "
            "OK\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus \\r\\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus close \\r\\n",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok\r\n",
            "response HTTP/1.1 200 'OK' ['Connection','close','Content-Length','2']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus HEAD \\r\\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "HEAD", Sending::Uncut);
        row("surplus 304 \\r\\n", "HTTP/1.1 304 X\r\nContent-Length: 2\r\n\r\n\r\n",
            "response HTTP/1.1 304 'X' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus chunked \\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus \\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus close \\n",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok\n",
            "response HTTP/1.1 200 'OK' ['Connection','close','Content-Length','2']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus HEAD \\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "HEAD", Sending::Uncut);
        row("surplus 304 \\n", "HTTP/1.1 304 X\r\nContent-Length: 2\r\n\r\n\n",
            "response HTTP/1.1 304 'X' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus chunked \\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("surplus \\x00", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\000",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus close \\x00",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok\000",
            "response HTTP/1.1 200 'OK' ['Connection','close','Content-Length','2']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus HEAD \\x00", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\000",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "HEAD", Sending::Uncut);
        row("surplus 304 \\x00", "HTTP/1.1 304 X\r\nContent-Length: 2\r\n\r\n\000",
            "response HTTP/1.1 304 'X' ['Content-Length','2']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus chunked \\x00",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n\000",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus  ", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok ",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus close  ",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok ",
            "response HTTP/1.1 200 'OK' ['Connection','close','Content-Length','2']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus HEAD  ", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n ",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "HEAD", Sending::Uncut);
        row("surplus 304  ", "HTTP/1.1 304 X\r\nContent-Length: 2\r\n\r\n ",
            "response HTTP/1.1 304 'X' ['Content-Length','2']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("surplus chunked  ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n ",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void surplus() { checkReceived({ .bytesParsed = false, .anyCode = true }); }
};

QTEST_GUILESS_MAIN(WireClientOddFramingTest)
#include "tst_wireclientoddframing.moc"

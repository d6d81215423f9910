// insecureHTTPParser on a live client: what it relaxes, and what it leaves. Source: reference http.request(), insecureHTTPParser;
// recorded on Node 15.14 and Node 20.20 with the option.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireClientInsecureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void oddInput_withOption_isTaken_data()
    {
        columns();
        row("field A: b\\x01", "HTTP/1.1 200 OK\r\nA: b\001\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['A','b\\u0001','Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("field A: b\\x00c", "HTTP/1.1 200 OK\r\nA: b\000c\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['A','b\\u0000c','Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("field A: b\\x7f", "HTTP/1.1 200 OK\r\nA: b\177\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['A','b\\u007f','Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("field A: b\\r\\n c", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['A','b c','Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("field A: b\\r\\n\\tc", "HTTP/1.1 200 OK\r\nA: b\r\n\tc\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['A','b\\tc','Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("line ends HTTP/1.1 200 OK\\nContent-Length: 2\\n\\nok",
            "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("line ends HTTP/1.1 200 OK\\r\\nContent-Length: 2\\n\\r\\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("line ends HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("version HTTP/1.2", "HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.2 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("version HTTP/9.9", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/9.9 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("100 Connection: close\\r\\n",
            "HTTP/1.1 100 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 100 'X' ['Connection','close']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("HEAD 100 Connection: close\\r\\n",
            "HTTP/1.1 100 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\n",
            "information 100 'X' ['Connection','close']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "HEAD", Sending::Uncut);
        row("102 Connection: close\\r\\n",
            "HTTP/1.1 102 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 102 'X' ['Connection','close']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("HEAD 102 Connection: close\\r\\n",
            "HTTP/1.1 102 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\n",
            "information 102 'X' ['Connection','close']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "HEAD", Sending::Uncut);
        row("103 Connection: close\\r\\n",
            "HTTP/1.1 103 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 103 'X' ['Connection','close']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("HEAD 103 Connection: close\\r\\n",
            "HTTP/1.1 103 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\n",
            "information 103 'X' ['Connection','close']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "HEAD", Sending::Uncut);
        row("199 Connection: close\\r\\n",
            "HTTP/1.1 199 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 199 'X' ['Connection','close']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("HEAD 199 Connection: close\\r\\n",
            "HTTP/1.1 199 X\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\n",
            "information 199 'X' ['Connection','close']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body '' trailers [] complete true",
            "HEAD", Sending::Uncut);
        row("surplus close HTTP/1.1 200 OK\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 "
            "OK\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Connection','close','Content-Length','2']\n"
            "body 'ok' trailers [] complete true",
            "GET", Sending::Uncut);
        row("chunks 2\\r\\nok\\r\\n0\\r\\n\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("chunks 2 \\r\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 \r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("trailer A: b\\r\\n c",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n "
            "c\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['A','b c'] complete true");
        row("trailer Content-Length: 2",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nContent-Length: "
            "2\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['Content-Length','2'] complete true");
        row("trailer A: b\\nB: c",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\nB: "
            "c\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['A','b','B','c'] complete true");
        row("te+cl chunked\\t",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\t\r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked','Content-Length','2']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te+cl xchunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','xchunked','Content-Length','2']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te+cl chunked\\r\\nTransfer-Encoding: gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
            "gzip\r\nContent-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' "
            "['Transfer-Encoding','chunked','Transfer-Encoding','gzip','Content-Length','2']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
    }

    /// Refused, or read otherwise, without the option.
    void oddInput_withOption_isTaken()
    {
        checkReceived({ .bytesParsed = false, .anyCode = true, .insecure = true });
    }

    void oddInput_withOption_isStillRefused_data()
    {
        columns();
        row("field A : b", "HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A: b\\r c", "HTTP/1.1 200 OK\r\nA: b\r c\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("version HTTP/1.10", "HTTP/1.10 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version HTTP/1.", "HTTP/1. 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status 2 00", "HTTP/1.1 2 00 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status -20", "HTTP/1.1 -20 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status 1xx", "HTTP/1.1 1xx X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("cl Content-Length: 2\\r\\nContent-Length: 3",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", "error HPE_*");
        row("cl Content-Length: 99999999999999999999",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok", "error HPE_*");
        row("te+cl chunked ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked \r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("te+cl chunked,chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked,chunked\r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("te+cl chunked\\r\\nTransfer-Encoding: chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
            "chunked\r\nContent-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("102 Transfer-Encoding: chunked\\r\\nContent-Length: 2\\r\\n",
            "HTTP/1.1 102 X\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\nHTTP/1.1 200 "
            "OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("101 Transfer-Encoding: chunked\\r\\nContent-Length: 2\\r\\n",
            "HTTP/1.1 101 X\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\nHTTP/1.1 200 "
            "OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*", "GET", Sending::Uncut);
        row("chunks 2\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2;a=\"b\\r\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\"b\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("trailer A",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
    }

    /// Refused with and without it.
    void oddInput_withOption_isStillRefused()
    {
        checkReceived({ .bytesParsed = false, .anyCode = true, .insecure = true });
    }
};

QTEST_GUILESS_MAIN(WireClientInsecureTest)
#include "tst_wireclientinsecure.moc"

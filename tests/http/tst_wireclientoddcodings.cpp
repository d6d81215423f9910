// Transfer codings of responses near those of the conformance tables. Source: RFC 9112 sections 6.1 and 7; recorded
// on Node 15.14 and Node 20.20.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireClientOddCodingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void transferEncoding_data()
    {
        columns();
        row("te chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("te Chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','Chunked']\n"
            "body 'ok' trailers [] complete true");
        row("te chunked ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked \r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("te chunked\\t",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\t\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te gzip, chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','gzip, chunked']\n"
            "body 'ok' trailers [] complete true");
        row("te gzip", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','gzip']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te identity",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','identity']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te ", "HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te chunked, gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked, gzip']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te chunked,chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked,chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked,chunked']\n"
            "body 'ok' trailers [] complete true");
        row("te xchunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','xchunked']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te chunked;a=b",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked;a=b\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked;a=b']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te \"chunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: \"chunked\"\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','\"chunked\"']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te chunked,",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked,\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked,']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te , chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: , chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding',', chunked']\n"
            "body 'ok' trailers [] complete true");
        row("te chunked\\r\\nTransfer-Encoding: gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
            "gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' "
            "['Transfer-Encoding','chunked','Transfer-Encoding','gzip']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("te gzip\\r\\nTransfer-Encoding: chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' "
            "['Transfer-Encoding','gzip','Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("te chunked\\r\\nTransfer-Encoding: chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' "
            "['Transfer-Encoding','chunked','Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("te identity, chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','identity, chunked']\n"
            "body 'ok' trailers [] complete true");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void transferEncoding() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void transferEncodingWithLength_data()
    {
        columns();
        row("te+cl chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("cl+te chunked ",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked "
            "\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("te+cl gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("te+cl chunked, gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("cl+te chunked chunked",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked "
            "chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("te+cl \"chunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: \"chunked\"\r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("cl+te , chunked",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: , "
            "chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("te+cl chunked\\r\\nTransfer-Encoding: chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
            "chunked\r\nContent-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void transferEncodingWithLength() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void transferEncodingOfHttp10_data()
    {
        columns();
        row("1.0 te chunked",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.0 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("1.0 te chunked\\t",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\t\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.0 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("1.0 te identity",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: identity\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.0 200 'OK' ['Transfer-Encoding','identity']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("1.0 te chunked,chunked",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked,chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.0 200 'OK' ['Transfer-Encoding','chunked,chunked']\n"
            "body 'ok' trailers [] complete true");
        row("1.0 te \"chunked\"",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: \"chunked\"\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.0 200 'OK' ['Transfer-Encoding','\"chunked\"']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("1.0 te chunked\\r\\nTransfer-Encoding: gzip",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
            "gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.0 200 'OK' "
            "['Transfer-Encoding','chunked','Transfer-Encoding','gzip']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("1.0 te identity, chunked",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: identity, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.0 200 'OK' ['Transfer-Encoding','identity, chunked']\n"
            "body 'ok' trailers [] complete true");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void transferEncodingOfHttp10() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void chunks_data()
    {
        columns();
        row("chunks 2\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2\\r\\nok\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2\\r\\nok\\r\\n0\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2\\r\\nok\\r\\n0\\r\\n\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2 \\r\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 \r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2;a=b;c\\r\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b;c\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("chunks 2\\r\\nokx\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokx\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks \\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2\\r\\nok\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2\\r\\nok\\r\\n0\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET");
        row("chunks 2\\r\\nok\\r\\n0\\r\\nA: b",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET");
        row("chunks 2;a=\"b\\r\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\"b\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks 2;\\r\\nok\\r\\n0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks ffffffffffffffff\\r\\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nok",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET");
        row("chunks 10000000000000000\\r\\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\nok",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("chunks g\\r\\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ng\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void chunks() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void trailers_data()
    {
        columns();
        row("trailer A: b",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['A','b'] complete true");
        row("trailer A : b",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA : b\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("trailer A: b\\r\\n c",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n "
            "c\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("trailer : b",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n: b\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("trailer Content-Length: 2",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nContent-Length: "
            "2\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("trailer Transfer-Encoding: chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nok\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['Transfer-Encoding','chunked'] complete true");
        row("trailer Connection: close",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nConnection: "
            "close\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['Connection','close'] complete true");
        row("trailer A",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("trailer A: b\\nB: c",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\nB: "
            "c\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("trailer  A: b",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n A: b\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void trailers() { checkReceived({ .bytesParsed = false, .anyCode = true }); }
};

QTEST_GUILESS_MAIN(WireClientOddCodingsTest)
#include "tst_wireclientoddcodings.moc"

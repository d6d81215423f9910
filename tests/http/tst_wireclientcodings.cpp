// Transfer codings on a live client. Source: RFC 9112 sections 6.1 and 7; conformance wire/client-*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireClientCodingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void transferEncoding_variants_data()
    {
        columns();
        row("\"chunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("\"Chunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','Chunked']\n"
            "body 'ok' trailers [] complete true");
        row("\"gzip, chunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','gzip, chunked']\n"
            "body 'ok' trailers [] complete true");
        row("\"identity\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','identity']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("\"gzip\"", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','gzip']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("\"xchunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','xchunked']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("\"x-chunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: x-chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','x-chunked']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("\"chunkedx\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunkedx\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunkedx']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("\"\"", "HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("\", chunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: , chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding',', chunked']\n"
            "body 'ok' trailers [] complete true");
        row("\"\\\"chunked\\\"\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: \"chunked\"\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','\"chunked\"']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("two headers, gzip and chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' "
            "['Transfer-Encoding','gzip','Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("chunked on http/1.0",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.0 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        openRow("chunked, kept open",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
    }

    // conformance: wire/client-transfer-encoding-variants
    void transferEncoding_variants() { checkReceived(); }

    void transferEncoding_chunkedNotLast_isUntilClose_data()
    {
        columns();
        row("chunked, gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked, gzip']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("chunked, chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked, chunked']\n"
            "body 'ok' trailers [] complete true");
        row("chunked,",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked,\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked,']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("chunked identity",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked identity\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked identity']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
        row("two headers, chunked twice",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' "
            "['Transfer-Encoding','chunked','Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("two headers, chunked and gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
            "gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' "
            "['Transfer-Encoding','chunked','Transfer-Encoding','gzip']\n"
            "body '2\\r\\nok\\r\\n0\\r\\n\\r\\n' trailers [] complete true");
    }

    // conformance: wire/client-transfer-encoding-chunked-not-last
    void transferEncoding_chunkedNotLast_isUntilClose() { checkReceived(); }

    void transferEncoding_withContentLength_isRefused_data()
    {
        columns();
        row("length, then chunked",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("chunked, then length",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: "
            "2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "error HPE_*");
        row("length, then gzip",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: gzip\r\n\r\nok",
            "error HPE_*");
        row("gzip, then length",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
    }

    // conformance: wire/client-transfer-encoding-with-content-length-hardened
    void transferEncoding_withContentLength_isRefused()
    {
        checkReceived({ .bytesParsed = false, .anyCode = true });
    }

    void chunkFraming_odd_isRefused_data()
    {
        columns();
        row("data longer than its size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("data shorter than its size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok\\r\\n' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("nothing after the data",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("lf after the size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("lf after the data",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("lf after the last chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("cr after the size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\rok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("blank after the size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 \r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
        row("bad extension",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a b\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET\n"
            "error HPE_*");
    }

    // conformance: wire/client-chunk-framing-hardened
    void chunkFraming_odd_isRefused() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void trailers_arriveWithTheEnd_data()
    {
        columns();
        row("none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers [] complete true");
        row("one",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A: 1\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['X-A','1'] complete true");
        row("duplicates",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A: 1\r\nx-a: "
            "2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['X-A','1','x-a','2','Set-Cookie','a','Set-Cookie','b'] complete "
            "true");
        row("empty value",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A:\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['X-A',''] complete true");
        row("host and connection",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nHost: "
            "y\r\nConnection: close\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['Host','y','Connection','close'] complete true");
        row("no colon",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_INVALID_HEADER_TOKEN bytesParsed 60");
        row("control character",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A: "
            "\001\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET\n"
            "error HPE_INVALID_HEADER_TOKEN bytesParsed 62");
        row("not ended",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A: 1",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ok' complete false response error ECONNRESET");
        row("announced",
            "HTTP/1.1 200 OK\r\nTrailer: X-A\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nok\r\n0\r\nX-A: 1\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Trailer','X-A','Transfer-Encoding','chunked']\n"
            "body 'ok' trailers ['X-A','1'] complete true");
    }

    // conformance: wire/client-chunked-trailers
    void trailers_arriveWithTheEnd() { checkReceived(); }
};

QTEST_GUILESS_MAIN(WireClientCodingsTest)
#include "tst_wireclientcodings.moc"

// The chunked coding on a live server. Source: RFC 9112 section 7.1; conformance wire/server-chunk*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerChunksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void chunkSize_forms_data()
    {
        columns();
        row("\"a\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\na\r\nabcdefghij\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'abcdefghij' trailers [] {}\n"
            "wire '<ok, close>'");
        row("\"A\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\nA\r\nabcdefghij\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'abcdefghij' trailers [] {}\n"
            "wire '<ok, close>'");
        row("\"1a\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'abcdefghijklmnopqrstuvwxyz' trailers [] {}\n"
            "wire '<ok, close>'");
        row("\"1A\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'abcdefghijklmnopqrstuvwxyz' trailers [] {}\n"
            "wire '<ok, close>'");
        row("\"0002\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n0002\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'ab' trailers [] {}\n"
            "wire '<ok, close>'");
        row("\"00000000000000000002\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n00000000000000000002\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'ab' trailers [] {}\n"
            "wire '<ok, close>'");
        row("\" 2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n 2\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 76\n"
            "wire '<400>'");
        row("\"\\t2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n\t2\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 76\n"
            "wire '<400>'");
        row("\"+2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n+2\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 76\n"
            "wire '<400>'");
        row("\"-2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 76\n"
            "wire '<400>'");
        row("\"0x2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 77\n"
            "wire '<400>'");
        row("\"2h\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2h\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 77\n"
            "wire '<400>'");
        row("\"g\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\ng\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 76\n"
            "wire '<400>'");
        row("\"\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 76\n"
            "wire '<400>'");
        row("\"2.\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2.\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 77\n"
            "wire '<400>'");
        row("\"2,\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2,\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 77\n"
            "wire '<400>'");
        row("\"\\\"2\\\"\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n\"2\"\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 76\n"
            "wire '<400>'");
        row("\"2\\u0000\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\000\r\nab\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 77\n"
            "wire '<400>'");
        row("\"-0\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n-0\r\n\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_CHUNK_SIZE bytesParsed 76\n"
            "wire '<400>'");
    }

    // conformance: wire/server-chunk-size-forms
    void chunkSize_forms() { checkServed({ .countsHeaders = true }); }

    void chunkExtensions_oddOnes_areRefused_data()
    {
        columns();
        row("\";a=b;c=d\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=b;c=d\r\nhi\r\n0;a=b;c=d\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers [] {}\n"
            "wire '<ok, close>'");
        row("\";a=\\\"b\\\\\\\"c\\\"\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"b\\\"c\"\r\nhi\r\n0;a=\"b\\\"c\"\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers [] {}\n"
            "wire '<ok, close>'");
        row("\";\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;\r\nhi\r\n0;\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\"; a=b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2; a=b\r\nhi\r\n0; a=b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\" ;a=b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2 ;a=b\r\nhi\r\n0 ;a=b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a =b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a =b\r\nhi\r\n0;a =b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a= b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a= b\r\nhi\r\n0;a= b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a b\r\nhi\r\n0;a b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a=\\\"b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"b\r\nhi\r\n0;a=\"b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a=\\\"b\\\"c\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"b\"c\r\nhi\r\n0;a=\"b\"c\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a\\u0000b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a\000b\r\nhi\r\n0;a\000b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a=\\u0001\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\001\r\nhi\r\n0;a=\001\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a=\\\"\\u0001\\\"\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"\001\"\r\nhi\r\n0;a=\"\001\"\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a=\\u00e9\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\351\r\nhi\r\n0;a=\351\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a,b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a,b\r\nhi\r\n0;a,b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a/b\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a/b\r\nhi\r\n0;a/b\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";\\n\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;\n\r\nhi\r\n0;\n\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";a\\rb\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a\rb\r\nhi\r\n0;a\rb\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("\";;\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;;\r\nhi\r\n0;;\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    // conformance: wire/server-chunk-extensions-hardened
    void chunkExtensions_oddOnes_areRefused()
    {
        checkServed({ .countsHeaders = true, .bytesParsed = false, .anyCode = true });
    }

    void chunkLineEnds_onlyCrLf_data()
    {
        columns();
        row("well formed",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers [] {}\n"
            "wire '<ok, close>'");
        row("nothing after the data",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("lf after the data",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cr after the data",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cr lf cr lf after the data",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("space after the data",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi \r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("data longer than its size",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhiho\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("data shorter than its size",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n4\r\nhi\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("lf after the size",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\nhi\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cr after the size",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\rhi\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("lf after the last size",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("lf as the last line",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cr x as the last line",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\rx",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("lf everywhere",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\nhi\n0\n\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    // conformance: wire/server-chunk-line-ends-hardened
    void chunkLineEnds_onlyCrLf()
    {
        checkServed({ .countsHeaders = true, .bytesParsed = false, .anyCode = true });
    }

    void trailers_arriveWithTheEnd_data()
    {
        columns();
        row("none",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers [] {}\n"
            "wire '<ok, close>'");
        row("one",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: 1\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers ['X-A','1'] {'x-a':'1'}\n"
            "wire '<ok, close>'");
        row("two",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: 1\r\nX-B:2\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers ['X-A','1','X-B','2'] {'x-a':'1','x-b':'2'}\n"
            "wire '<ok, close>'");
        row("duplicates",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: 1\r\nx-a: 2\r\nSet-Cookie: a\r\nSet-Cookie: "
            "b\r\nETag: e\r\nETag: f\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers "
            "['X-A','1','x-a','2','Set-Cookie','a','Set-Cookie','b','ETag','e','ETag','f'] "
            "{'x-a':'1, 2','set-cookie':['a','b'],'etag':'e'}\n"
            "wire '<ok, close>'");
        row("empty value",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A:\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers ['X-A',''] {'x-a':''}\n"
            "wire '<ok, close>'");
        row("latin1 value",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: \351\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers ['X-A','\\u00e9'] {'x-a':'\\u00e9'}\n"
            "wire '<ok, close>'");
        row("host and connection",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nHost: y\r\nConnection: keep-alive\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers ['Host','y','Connection','keep-alive'] "
            "{'host':'y','connection':'keep-alive'}\n"
            "wire '<ok, close>'");
        row("upgrade",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nUpgrade: foo\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "body 'hi' trailers ['Upgrade','foo'] {'upgrade':'foo'}\n"
            "wire '<ok, close>'");
        row("no colon",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 89\n"
            "wire '<400>'");
        row("control character",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: \001\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 91\n"
            "wire '<400>'");
    }

    // conformance: wire/server-chunked-trailers
    void trailers_arriveWithTheEnd() { checkServed({ .countsHeaders = true }); }

    void trailers_smuggling_areRefused_data()
    {
        columns();
        row("content-length",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nContent-Length: 5\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("content-length 0",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: 1\r\nContent-Length: 0\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("transfer-encoding",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("transfer-encoding gzip",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nTransfer-Encoding: gzip\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("space before the colon",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A : 1\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("fold",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: 1\r\n 2\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("lf line end",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: 1\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("empty name",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n: 1\r\n\r\n",
            "request POST '/a', 3 headers\n"
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    // conformance: wire/server-chunked-trailers-hardened
    void trailers_smuggling_areRefused()
    {
        checkServed({ .countsHeaders = true, .bytesParsed = false, .anyCode = true });
    }
};

QTEST_GUILESS_MAIN(WireServerChunksTest)
#include "tst_wireserverchunks.moc"

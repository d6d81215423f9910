// Where requests end on a live server. Source: RFC 9112 section 6; conformance wire/server-*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerFramingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void contentLength_onlyDigits_data()
    {
        columns();
        openRow("\"2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"02\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 02\r\n\r\nhi",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','02']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"2 \"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2 \r\n\r\nhi",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"2\\t\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\t\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("\"  2\\t \"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length:   2\t \r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 65\n"
            "wire '<400>'");
        openRow("\"00000000000000000000000002\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "00000000000000000000000002\r\n\r\nhi",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders "
            "['Host','x','Connection','close','Content-Length','00000000000000000000000002']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"+2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: +2\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 62\n"
            "wire '<400>'");
        openRow("\"-2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: -2\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 62\n"
            "wire '<400>'");
        openRow("\"2,2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2,2\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("\"2, 2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2, 2\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("\"2 2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2 2\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 64\n"
            "wire '<400>'");
        openRow("\"2;\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2;\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("\"0x2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0x2\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("\"2a\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2a\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("\"a2\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: a2\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 62\n"
            "wire '<400>'");
        openRow("\"2.0\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2.0\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("\"\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length:\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("\" \"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length:  \r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 65\n"
            "wire '<400>'");
        openRow("\"\\\"2\\\"\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \"2\"\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 62\n"
            "wire '<400>'");
        openRow("\"18446744073709551616\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "18446744073709551616\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 82\n"
            "wire '<400>'");
        openRow("\"99999999999999999999999\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "99999999999999999999999\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 82\n"
            "wire '<400>'");
        openRow("\"18446744073709551618\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "18446744073709551618\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 82\n"
            "wire '<400>'");
        openRow("\"0\", no body",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','0']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("\"18446744073709551615\", cut short",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "18446744073709551615\r\n\r\nhi",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','18446744073709551615']\n"
            "clientError HPE_INVALID_EOF_STATE bytesParsed 0\n"
            "wire '<400>'");
    }

    // conformance: wire/server-content-length-forms
    void contentLength_onlyDigits() { checkServed(); }

    void contentLength_twice_isRefused_data()
    {
        columns();
        openRow("same value twice",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nContent-Length: 2\r\n\r\nhi",
            "clientError HPE_UNEXPECTED_CONTENT_LENGTH bytesParsed 81\n"
            "wire '<400>'");
        openRow("two values",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nContent-Length: 5\r\n\r\nhi",
            "clientError HPE_UNEXPECTED_CONTENT_LENGTH bytesParsed 81\n"
            "wire '<400>'");
        openRow("other case",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\ncontent-length: 2\r\n\r\nhi",
            "clientError HPE_UNEXPECTED_CONTENT_LENGTH bytesParsed 81\n"
            "wire '<400>'");
        openRow("not adjacent",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\nA: "
            "b\r\nContent-Length: 2\r\n\r\nhi",
            "clientError HPE_UNEXPECTED_CONTENT_LENGTH bytesParsed 87\n"
            "wire '<400>'");
        openRow("zero twice",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "0\r\nContent-Length: 0\r\n\r\n",
            "clientError HPE_UNEXPECTED_CONTENT_LENGTH bytesParsed 81\n"
            "wire '<400>'");
        openRow("first one empty",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: "
            "close\r\nContent-Length:\r\nContent-Length: 2\r\n\r\nhi",
            "clientError HPE_INVALID_CONTENT_LENGTH bytesParsed 63\n"
            "wire '<400>'");
        openRow("on a GET",
            "GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
            "clientError HPE_UNEXPECTED_CONTENT_LENGTH bytesParsed 61\n"
            "wire '<400>'");
    }

    // conformance: wire/server-content-length-duplicates
    void contentLength_twice_isRefused() { checkServed(); }

    void transferEncoding_onHttp10_data()
    {
        columns();
        openRow("1.0 chunked",
            "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.0\n"
            "rawHeaders ['Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        openRow("1.0 content-length", "POST /a HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi",
            "request POST '/a' HTTP/1.0\n"
            "rawHeaders ['Content-Length','2']\n"
            "body 'hi' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        openRow("1.0 no length", "POST /a HTTP/1.0\r\nHost: x\r\n\r\n",
            "request POST '/a' HTTP/1.0\n"
            "rawHeaders ['Host','x']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        openRow("1.0 get", "GET /a HTTP/1.0\r\n\r\n",
            "request GET '/a' HTTP/1.0\n"
            "rawHeaders []\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("1.0 gzip only", "POST /a HTTP/1.0\r\nTransfer-Encoding: gzip\r\n\r\nhi",
            "request POST '/a' HTTP/1.0\n"
            "rawHeaders ['Transfer-Encoding','gzip']\n"
            "clientError HPE_INVALID_TRANSFER_ENCODING bytesParsed 45\n"
            "wire '<400>'");
    }

    // conformance: wire/server-transfer-encoding-on-http10
    void transferEncoding_onHttp10() { checkServed(); }

    void transferEncoding_chunkedNotLast_isRefused_data()
    {
        columns();
        row("[\"chunked, gzip\"]",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked, "
            "gzip\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("[\"chunked, chunked\"]",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked, "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("[\"chunked,\"]",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked,\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("[\"chunked chunked\"]",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("[\"chunked\",\"chunked\"]",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("[\"chunked\",\"gzip\"]",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\nTransfer-Encoding: gzip\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("[\"chunked\",\"identity\"]",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\nTransfer-Encoding: identity\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("[\"chunked\",\"Chunked\"]",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    // conformance: wire/server-transfer-encoding-chunked-not-last-hardened
    void transferEncoding_chunkedNotLast_isRefused()
    {
        checkServed({ .bytesParsed = false, .anyCode = true });
    }
};

QTEST_GUILESS_MAIN(WireServerFramingTest)
#include "tst_wireserverframing.moc"

// Field lines on a live server. Source: RFC 9112 section 5; conformance wire/server-*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerFieldsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void fieldLine_malformed_isRefused_data()
    {
        columns();
        openRow("no colon at all",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nnovalue\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 52\n"
            "wire '<400>'");
        openRow("no colon in the only header", "GET /a HTTP/1.1\r\nnovalue\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 24\n"
            "wire '<400>'");
        openRow("tab before the colon",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA\t: b\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 46\n"
            "wire '<400>'");
        openRow("tab inside the name",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA\tB: c\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 46\n"
            "wire '<400>'");
        openRow("equals sign for a colon",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA= b\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 46\n"
            "wire '<400>'");
        openRow("quoted name",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\"A\": b\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 45\n"
            "wire '<400>'");
        openRow("nul in a name",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA\000: b\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 46\n"
            "wire '<400>'");
    }

    // conformance: wire/server-header-line-malformed
    void fieldLine_malformed_isRefused() { checkServed(); }

    void bareCr_inHead_data()
    {
        columns();
        openRow("cr inside a value",
            "GET /a HTTP/1.1\r\nA: b\rc\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_LF_EXPECTED bytesParsed 22\n"
            "wire '<400>'");
        openRow("cr between two headers",
            "GET /a HTTP/1.1\r\nA: b\rB: c\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_LF_EXPECTED bytesParsed 22\n"
            "wire '<400>'");
        openRow("cr cr lf after a value",
            "GET /a HTTP/1.1\r\nA: b\r\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_LF_EXPECTED bytesParsed 22\n"
            "wire '<400>'");
        openRow("cr cr as the blank line", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\r",
            "clientError HPE_LF_EXPECTED bytesParsed 44\n"
            "wire '<400>'");
        openRow("cr before the request line",
            "\rGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("cr inside a header name",
            "GET /a HTTP/1.1\r\nA\rB: c\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 18\n"
            "wire '<400>'");
    }

    // conformance: wire/server-bare-cr-in-head
    void bareCr_inHead() { checkServed(); }

    void bareCr_readDifferentlyElsewhere_isRefused_data()
    {
        columns();
        openRow("cr after the request line",
            "GET /a HTTP/1.1\rHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("cr and a letter as the blank line",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\rX",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("cr and a pipelined request",
            "GET /a HTTP/1.1\r\nHost: x\r\n\rGET /b HTTP/1.1\r\nHost: x\r\nConnection: "
            "close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    // conformance: wire/server-bare-cr-in-head-hardened
    void bareCr_readDifferentlyElsewhere_isRefused()
    {
        checkServed({ .bytesParsed = false, .anyCode = true });
    }

    void emptyName_isRefused_data()
    {
        columns();
        openRow("later line \": b\"",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n: b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("later line \":\"", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n:\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("first line \": b\"",
            "GET /a HTTP/1.1\r\n: b\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("first line \":\"", "GET /a HTTP/1.1\r\n:\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("line \"::\"", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n::\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    // conformance: wire/server-empty-header-name-hardened
    void emptyName_isRefused() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void bareLf_inHead_isRefused_data()
    {
        columns();
        openRow("lf after the request line",
            "GET /a HTTP/1.1\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("lf after a header", "GET /a HTTP/1.1\r\nHost: x\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("lf as the blank line", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("lf everywhere", "GET /a HTTP/1.1\nHost: x\nConnection: close\n\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        openRow("lf before the request line",
            "\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("lf in front of a POST body",
            "POST /a HTTP/1.1\nHost: x\nConnection: close\nContent-Length: 2\n\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    // conformance: wire/server-lf-only-line-ends-hardened
    void bareLf_inHead_isRefused() { checkServed({ .bytesParsed = false, .anyCode = true }); }
};

QTEST_GUILESS_MAIN(WireServerFieldsTest)
#include "tst_wireserverfields.moc"

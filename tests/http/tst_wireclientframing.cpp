// Where responses end on a live client. Source: RFC 9112 section 6; conformance wire/client-*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireClientFramingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void contentLength_forms_data()
    {
        columns();
        row("\"2\"", "HTTP/1.1 200 OK\r\nContent-Length:2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("\" 2\"", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("\" 02\"", "HTTP/1.1 200 OK\r\nContent-Length: 02\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','02']\n"
            "body 'ok' trailers [] complete true");
        row("\" +2\"", "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 33");
        row("\" -2\"", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 33");
        row("\" 2,2\"", "HTTP/1.1 200 OK\r\nContent-Length: 2,2\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 34");
        row("\" 2 2\"", "HTTP/1.1 200 OK\r\nContent-Length: 2 2\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 35");
        row("\" 0x2\"", "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 34");
        row("\" 2a\"", "HTTP/1.1 200 OK\r\nContent-Length: 2a\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 34");
        row("\"\"", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 34");
        row("\" 18446744073709551616\"",
            "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 53");
        row("\" 99999999999999999999\"",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
            "error HPE_INVALID_CONTENT_LENGTH bytesParsed 53");
        row("same twice", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_UNEXPECTED_CONTENT_LENGTH bytesParsed 52");
        row("two values", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 1\r\n\r\nok",
            "error HPE_UNEXPECTED_CONTENT_LENGTH bytesParsed 52");
        row("body too short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','9']\n"
            "aborted after 'ok' complete false response error ECONNRESET");
        row("body missing", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','9']\n"
            "aborted after '' complete false response error ECONNRESET");
        row("huge, cut short", "HTTP/1.1 200 OK\r\nContent-Length: 9007199254740993\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','9007199254740993']\n"
            "aborted after 'ok' complete false response error ECONNRESET");
        openRow("not closed after the last byte", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
    }

    // conformance: wire/client-content-length-forms
    void contentLength_forms() { checkReceived(); }

    void bodilessResponse_hasNoBody_data()
    {
        columns();
        row("204", "HTTP/1.1 204 No Content\r\n\r\n",
            "response HTTP/1.1 204 'No Content' []\n"
            "body '' trailers [] complete true");
        row("204, length 0", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 204 'No Content' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("304", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
            "response HTTP/1.1 304 'Not Modified' ['ETag','\"a\"']\n"
            "body '' trailers [] complete true");
        row("304, length 5", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
            "response HTTP/1.1 304 'Not Modified' ['Content-Length','5']\n"
            "body '' trailers [] complete true");
        row("304, chunked", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n",
            "response HTTP/1.1 304 'Not Modified' ['Transfer-Encoding','chunked']\n"
            "body '' trailers [] complete true");
        row("head, length 5", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','5']\n"
            "body '' trailers [] complete true",
            "HEAD");
        openRow("head, length 5, kept open", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','5']\n"
            "body '' trailers [] complete true",
            "HEAD");
        row("head, chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body '' trailers [] complete true",
            "HEAD");
        openRow("head, chunked, kept open", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body '' trailers [] complete true",
            "HEAD");
        openRow("head, no length", "HTTP/1.1 200 OK\r\n\r\n",
            "response HTTP/1.1 200 'OK' []\n"
            "body '' trailers [] complete true",
            "HEAD");
        openRow("head, 404", "HTTP/1.1 404 No\r\nContent-Length: 5\r\n\r\n",
            "response HTTP/1.1 404 'No' ['Content-Length','5']\n"
            "body '' trailers [] complete true",
            "HEAD");
        openRow("200, length 0, kept open", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        openRow("205, length 0", "HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 205 'Reset' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
    }

    // conformance: wire/client-bodiless-responses
    void bodilessResponse_hasNoBody() { checkReceived(); }

    void status204_withFraming_isRefused_data()
    {
        columns();
        row("204, length 5", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
            "response HTTP/1.1 204 'No Content' ['Content-Length','5']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("204, chunked",
            "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "response HTTP/1.1 204 'No Content' ['Transfer-Encoding','chunked']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("204, length 5, no bytes", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
            "response HTTP/1.1 204 'No Content' ['Content-Length','5']\n"
            "body '' trailers [] complete true");
        row("204, chunked, no bytes",
            "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
            "response HTTP/1.1 204 'No Content' ['Transfer-Encoding','chunked']\n"
            "body '' trailers [] complete true");
    }

    // conformance: wire/client-204-with-body-bytes-hardened
    void status204_withFraming_isRefused()
    {
        checkReceived({ .bytesParsed = false, .anyCode = true });
    }

    void informational_withFraming_isRefused_data()
    {
        columns();
        row("100 with content-length 5",
            "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 100 'Continue' ['Content-Length','5']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("103 with content-length 1000",
            "HTTP/1.1 103 X\r\nContent-Length: 1000\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 103 'X' ['Content-Length','1000']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("100 in http/1.0",
            "HTTP/1.0 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "information 100 'Continue' []\n"
            "error HPE_*");
        row("100 with connection close",
            "HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            "information 100 'Continue' ['Connection','close']\n"
            "error HPE_*");
    }

    // conformance: wire/client-informational-framing-hardened
    void informational_withFraming_isRefused()
    {
        checkReceived({ .bytesParsed = false, .anyCode = true });
    }

    void body_untilClose_data()
    {
        columns();
        row("http/1.1", "HTTP/1.1 200 OK\r\n\r\nuntil the end",
            "response HTTP/1.1 200 'OK' []\n"
            "body 'until the end' trailers [] complete true");
        row("http/1.1, empty", "HTTP/1.1 200 OK\r\n\r\n",
            "response HTTP/1.1 200 'OK' []\n"
            "body '' trailers [] complete true");
        row("http/1.1, close", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end",
            "response HTTP/1.1 200 'OK' ['Connection','close']\n"
            "body 'until the end' trailers [] complete true");
        row("http/1.1, keep-alive",
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nuntil the end",
            "response HTTP/1.1 200 'OK' ['Connection','keep-alive']\n"
            "body 'until the end' trailers [] complete true");
        row("http/1.0", "HTTP/1.0 200 OK\r\n\r\nuntil the end",
            "response HTTP/1.0 200 'OK' []\n"
            "body 'until the end' trailers [] complete true");
        row("http/1.0, keep-alive",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nuntil the end",
            "response HTTP/1.0 200 'OK' ['Connection','keep-alive']\n"
            "body 'until the end' trailers [] complete true");
        row("looks like a response",
            "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 200 'OK' []\n"
            "body 'HTTP/1.1 404 No\\r\\nContent-Length: 0\\r\\n\\r\\n' trailers [] complete true");
        row("error status", "HTTP/1.1 500 Oops\r\nA: b\r\n\r\nsorry",
            "response HTTP/1.1 500 'Oops' ['A','b']\n"
            "body 'sorry' trailers [] complete true");
        row("post", "HTTP/1.1 200 OK\r\n\r\nuntil the end",
            "response HTTP/1.1 200 'OK' []\n"
            "body 'until the end' trailers [] complete true",
            "POST");
    }

    // conformance: wire/client-body-until-close
    void body_untilClose() { checkReceived(); }

    void prematureClose_isAbortedOrReset_data()
    {
        columns();
        row("no byte", "", "error ECONNRESET");
        row("in the version", "HTTP/1.", "error ECONNRESET");
        row("in the reason", "HTTP/1.1 200 O", "error ECONNRESET");
        row("after the status line", "HTTP/1.1 200 OK\r\n", "error ECONNRESET");
        row("in a header", "HTTP/1.1 200 OK\r\nContent-Le", "error ECONNRESET");
        row("before the empty line", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
            "error ECONNRESET");
        row("before the body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "aborted after '' complete false response error ECONNRESET");
        row("in the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
            "response HTTP/1.1 200 'OK' ['Content-Length','5']\n"
            "aborted after 'ab' complete false response error ECONNRESET");
        row("before the first chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after '' complete false response error ECONNRESET");
        row("in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ab' complete false response error ECONNRESET");
        row("between chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ab' complete false response error ECONNRESET");
        row("in the last chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "aborted after 'ab' complete false response error ECONNRESET");
        row("after an informational", "HTTP/1.1 102 P\r\n\r\n",
            "information 102 'P' []\n"
            "error ECONNRESET");
    }

    // conformance: wire/client-premature-close
    void prematureClose_isAbortedOrReset() { checkReceived(); }
};

QTEST_GUILESS_MAIN(WireClientFramingTest)
#include "tst_wireclientframing.moc"

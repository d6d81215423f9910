// Status lines and fields on a live client. Source: RFC 9112 section 4; conformance wire/client-*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireClientStatusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void statusLine_forms_data()
    {
        columns();
        row("plain", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("no reason", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("no blank after the code", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason with blanks and colons",
            "HTTP/1.1 404 Not: Found,  at all \r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 404 'Not: Found,  at all ' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason starts with blanks", "HTTP/1.1 200   OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '  OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason in latin1", "HTTP/1.1 200 D\351j\340\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'D\\u00e9j\\u00e0' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason with a tab", "HTTP/1.1 200 a\tb\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'a\\tb' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason with a nul", "HTTP/1.1 200 O\000K\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'O\\u0000K' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("numeric reason", "HTTP/1.1 200 404\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '404' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("empty line first", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("no headers", "HTTP/1.1 200 OK\r\n\r\nok",
            "response HTTP/1.1 200 'OK' []\n"
            "body 'ok' trailers [] complete true");
        row("http/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.0 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
    }

    // conformance: wire/client-status-line-forms
    void statusLine_forms() { checkReceived(); }

    void statusLine_malformed_isRefused_data()
    {
        columns();
        row("\"HTTP/1.1\"", "HTTP/1.1\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 8");
        row("\"HTTP/1.1 OK\"", "HTTP/1.1 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_STATUS bytesParsed 9");
        row("\"HTTP/1.1 2OO OK\"", "HTTP/1.1 2OO OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_STATUS bytesParsed 10");
        row("\"HTTP/1.1 -200 OK\"", "HTTP/1.1 -200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_STATUS bytesParsed 9");
        row("\"HTTP/1.1 200OK\"", "HTTP/1.1 200OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_STATUS bytesParsed 12");
        row("\" HTTP/1.1 200 OK\"", " HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 0");
        row("\"HTTP/1.1\\t200 OK\"", "HTTP/1.1\t200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 8");
        row("\"http/1.1 200 OK\"", "http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 0");
        row("\"HTP/1.1 200 OK\"", "HTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 2");
        row("\"HTTPS/1.1 200 OK\"", "HTTPS/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 4");
        row("\"HTTP/1 200 OK\"", "HTTP/1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 6");
        row("\"HTTP/11.1 200 OK\"", "HTTP/11.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 6");
        row("\"HTTP/1.10 200 OK\"", "HTTP/1.10 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 8");
        row("\"HTTP 200 OK\"", "HTTP 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 4");
        row("\"200 OK\"", "200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 0");
        row("\"GET / HTTP/1.1\"", "GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 0");
        row("\"{\\\"a\\\":1}\"", "{\"a\":1}\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 0");
        row("\"\\u0000\\u0000\\u0000\\u0000\"", "\000\000\000\000\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 0");
        row("\"\\u0016\\u0003\\u0001\"", "\026\003\001\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 0");
        row("\"SSH-2.0-x\"", "SSH-2.0-x\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_CONSTANT bytesParsed 0");
    }

    // conformance: wire/client-status-line-refused
    void statusLine_malformed_isRefused() { checkReceived(); }

    void statusCode_anyOfThreeDigits_isTaken_data()
    {
        columns();
        row("000", "HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 0 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("001", "HTTP/1.1 001 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 1 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("099", "HTTP/1.1 099 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 99 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("199", "HTTP/1.1 199 X\r\nContent-Length: 2\r\n\r\nok",
            "information 199 'X' ['Content-Length','2']\n"
            "error HPE_INVALID_CONSTANT bytesParsed 37");
        row("200", "HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("299", "HTTP/1.1 299 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 299 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("599", "HTTP/1.1 599 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 599 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("600", "HTTP/1.1 600 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 600 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("999", "HTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 999 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("200.0", "HTTP/1.1 200.0 X\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_STATUS bytesParsed 12");
        row("+200", "HTTP/1.1 +200 X\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_STATUS bytesParsed 9");
        row("1e3", "HTTP/1.1 1e3 X\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_STATUS bytesParsed 10");
        row("0x1", "HTTP/1.1 0x1 X\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_STATUS bytesParsed 10");
    }

    // conformance: wire/client-status-code-range
    void statusCode_anyOfThreeDigits_isTaken() { checkReceived(); }

    void statusCode_notThreeDigits_isRefused_data()
    {
        columns();
        row("\"99\"", "HTTP/1.1 99 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("\"9\"", "HTTP/1.1 9 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("\"1000\"", "HTTP/1.1 1000 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("\"2000\"", "HTTP/1.1 2000 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("\"0200\"", "HTTP/1.1 0200 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("\"\"", "HTTP/1.1  X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("\" 200\"", "HTTP/1.1  200 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("line ends after the blank", "HTTP/1.1 \r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
    }

    // conformance: wire/client-status-code-hardened
    void statusCode_notThreeDigits_isRefused()
    {
        checkReceived({ .bytesParsed = false, .anyCode = true });
    }

    void version_forms_data()
    {
        columns();
        row("1.1", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.0 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("0.9", "HTTP/0.9 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/0.9 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("2.0", "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/2.0 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("1.a", "HTTP/1.a 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 7");
        row("a.1", "HTTP/a.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 5");
        row("01.1", "HTTP/01.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 6");
        row("1.01", "HTTP/1.01 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 8");
        row("1,1", "HTTP/1,1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 6");
        row("1", "HTTP/1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 6");
        row(".1", "HTTP/.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 5");
        row("", "HTTP/ 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_INVALID_VERSION bytesParsed 5");
    }

    // conformance: wire/client-version-forms
    void version_forms() { checkReceived(); }

    void version_unknown_isRefused_data()
    {
        columns();
        row("1.2", "HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("1.9", "HTTP/1.9 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("2.1", "HTTP/2.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("3.0", "HTTP/3.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("0.0", "HTTP/0.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("9.9", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
    }

    // conformance: wire/client-version-hardened
    void version_unknown_isRefused() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void fieldLine_readDifferentlyElsewhere_isRefused_data()
    {
        columns();
        row("fold", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("fold with a tab", "HTTP/1.1 200 OK\r\nA: b\r\n\tc\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("first line folded", "HTTP/1.1 200 OK\r\n A: b\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("blank before the colon", "HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("blank before the colon of the length",
            "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok", "error HPE_*");
        row("blank in the name", "HTTP/1.1 200 OK\r\nA B: c\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("empty name", "HTTP/1.1 200 OK\r\n: b\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("lf after the status line", "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("lf after a header", "HTTP/1.1 200 OK\r\nA: b\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("lf as the empty line", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok", "error HPE_*");
        row("lf everywhere", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "error HPE_*");
        row("cr after the status line", "HTTP/1.1 200 OK\rContent-Length: 2\r\n\r\nok",
            "error HPE_*");
    }

    // conformance: wire/client-header-line-hardened
    void fieldLine_readDifferentlyElsewhere_isRefused()
    {
        checkReceived({ .bytesParsed = false, .anyCode = true });
    }
};

QTEST_GUILESS_MAIN(WireClientStatusTest)
#include "tst_wireclientstatus.moc"

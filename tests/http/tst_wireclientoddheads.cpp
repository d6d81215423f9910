// Heads of responses near those of the conformance tables. Source: RFC 9112 sections 2, 4 and 5; recorded on
// Node 15.14 and Node 20.20.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireClientOddHeadsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void fieldLine_data()
    {
        columns();
        row("field A : b", "HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A\\t: b", "HTTP/1.1 200 OK\r\nA\t: b\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A B: c", "HTTP/1.1 200 OK\r\nA B: c\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field : b", "HTTP/1.1 200 OK\r\n: b\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("field :", "HTTP/1.1 200 OK\r\n:\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("field A", "HTTP/1.1 200 OK\r\nA\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("field A: b\\x01", "HTTP/1.1 200 OK\r\nA: b\001\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A: b\\x00c", "HTTP/1.1 200 OK\r\nA: b\000c\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A: b\\x7f", "HTTP/1.1 200 OK\r\nA: b\177\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A: \\x80", "HTTP/1.1 200 OK\r\nA: \200\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['A','\\u0080','Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("field A: b\\r c", "HTTP/1.1 200 OK\r\nA: b\r c\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A: b\\r\\n c", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A: b\\r\\n\\tc", "HTTP/1.1 200 OK\r\nA: b\r\n\tc\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field (A: b", "HTTP/1.1 200 OK\r\n(A: b\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field A=b: c", "HTTP/1.1 200 OK\r\nA=b: c\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("field Content-Length : 2",
            "HTTP/1.1 200 OK\r\nContent-Length : 2\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("first  A: b", "HTTP/1.1 200 OK\r\n A: b\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
        row("first \\tA: b", "HTTP/1.1 200 OK\r\n\tA: b\r\nContent-Length: 2\r\n\r\nok",
            "error HPE_*");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void fieldLine() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void lineEnds_data()
    {
        columns();
        row("line ends HTTP/1.1 200 OK\\nContent-Length: 2\\n\\nok",
            "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "error HPE_*");
        row("line ends HTTP/1.1 200 OK\\r\\nContent-Length: 2\\n\\r\\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok", "error HPE_*");
        row("line ends HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok", "error HPE_*");
        row("line ends HTTP/1.1 200 OK\\rContent-Length: 2\\r\\n\\r\\nok",
            "HTTP/1.1 200 OK\rContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("line ends HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\rok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\rok", "error HPE_*");
        row("line ends \\r\\nHTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok",
            "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("line ends \\nHTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok",
            "\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("line ends  HTTP/1.1 200 OK\\r\\n\\r\\n", " HTTP/1.1 200 OK\r\n\r\n", "error HPE_*");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void lineEnds() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void version_data()
    {
        columns();
        row("version HTTP/0.9", "HTTP/0.9 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/0.9 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("version HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.0 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("version HTTP/1.2", "HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version HTTP/2.0", "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/2.0 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("version HTTP/9.9", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version HTTP/1.10", "HTTP/1.10 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version HTTP/11.1", "HTTP/11.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version http/1.1", "http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version HTTP 1.1", "HTTP 1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version ICY", "ICY 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version RTSP/1.0", "RTSP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version HTTP/1.", "HTTP/1. 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version HTTP/.1", "HTTP/.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("version HTTPS/1.1", "HTTPS/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void version() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void status_data()
    {
        columns();
        row("status 200", "HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("status nr 200", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 200 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("status 99", "HTTP/1.1 99 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 99", "HTTP/1.1 99\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 099", "HTTP/1.1 099 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 99 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("status nr 099", "HTTP/1.1 099\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 99 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("status 000", "HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 0 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("status nr 000", "HTTP/1.1 000\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 0 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("status 0200", "HTTP/1.1 0200 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 0200", "HTTP/1.1 0200\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 2000", "HTTP/1.1 2000 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 2000", "HTTP/1.1 2000\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 2 00", "HTTP/1.1 2 00 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 2 00", "HTTP/1.1 2 00\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 20", "HTTP/1.1 20 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 20", "HTTP/1.1 20\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 2", "HTTP/1.1 2 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 2", "HTTP/1.1 2\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status ", "HTTP/1.1  X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr ", "HTTP/1.1 \r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status abc", "HTTP/1.1 abc X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr abc", "HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 20a", "HTTP/1.1 20a X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 20a", "HTTP/1.1 20a\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status -20", "HTTP/1.1 -20 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr -20", "HTTP/1.1 -20\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 600", "HTTP/1.1 600 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 600 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("status nr 600", "HTTP/1.1 600\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 600 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("status 999", "HTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 999 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("status nr 999", "HTTP/1.1 999\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 999 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("status 100", "HTTP/1.1 100 X\r\nContent-Length: 2\r\n\r\nok",
            "information 100 'X' ['Content-Length','2']\n"
            "error HPE_*");
        row("status nr 100", "HTTP/1.1 100\r\nContent-Length: 0\r\n\r\n",
            "information 100 '' ['Content-Length','0']\n"
            "error ECONNRESET");
        row("status nr 101", "HTTP/1.1 101\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 101 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true",
            "GET", Sending::Uncut);
        row("status 102", "HTTP/1.1 102 X\r\nContent-Length: 2\r\n\r\nok",
            "information 102 'X' ['Content-Length','2']\n"
            "error HPE_*");
        row("status nr 102", "HTTP/1.1 102\r\nContent-Length: 0\r\n\r\n",
            "information 102 '' ['Content-Length','0']\n"
            "error ECONNRESET");
        row("status 199", "HTTP/1.1 199 X\r\nContent-Length: 2\r\n\r\nok",
            "information 199 'X' ['Content-Length','2']\n"
            "error HPE_*");
        row("status nr 199", "HTTP/1.1 199\r\nContent-Length: 0\r\n\r\n",
            "information 199 '' ['Content-Length','0']\n"
            "error ECONNRESET");
        row("status 204", "HTTP/1.1 204 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 204 'X' ['Content-Length','2']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("status nr 204", "HTTP/1.1 204\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 204 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("status 205", "HTTP/1.1 205 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 205 'X' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("status nr 205", "HTTP/1.1 205\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 205 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("status 304", "HTTP/1.1 304 X\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 304 'X' ['Content-Length','2']\n"
            "body '' trailers [] complete true\n"
            "error HPE_*",
            "GET", Sending::Uncut);
        row("status nr 304", "HTTP/1.1 304\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 304 '' ['Content-Length','0']\n"
            "body '' trailers [] complete true");
        row("status 1xx", "HTTP/1.1 1xx X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 1xx", "HTTP/1.1 1xx\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 200\\x00", "HTTP/1.1 200\000 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 200\\x00", "HTTP/1.1 200\000\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status 200\\t", "HTTP/1.1 200\t X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr 200\\t", "HTTP/1.1 200\t\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
        row("status  200", "HTTP/1.1  200 X\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("status nr  200", "HTTP/1.1  200\r\nContent-Length: 0\r\n\r\n", "error HPE_*");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void status() { checkReceived({ .bytesParsed = false, .anyCode = true }); }

    void reason_data()
    {
        columns();
        row("reason \\x00", "HTTP/1.1 200 \000\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '\\u0000' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason \\x01", "HTTP/1.1 200 \001\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '\\u0001' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason \\x7f", "HTTP/1.1 200 \177\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '\\u007f' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason \351", "HTTP/1.1 200 \351\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '\\u00e9' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason \\t", "HTTP/1.1 200 \t\r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '\\t' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason a\\rb", "HTTP/1.1 200 a\rb\r\nContent-Length: 2\r\n\r\nok", "error HPE_*");
        row("reason   ", "HTTP/1.1 200   \r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '  ' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason a  b ", "HTTP/1.1 200 a  b \r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 'a  b ' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("reason ", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok",
            "response HTTP/1.1 200 '' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void reason() { checkReceived({ .bytesParsed = false, .anyCode = true }); }
};

QTEST_GUILESS_MAIN(WireClientOddHeadsTest)
#include "tst_wireclientoddheads.moc"

#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// Field lines of heads. Source: RFC 9112 section 5; conformance `server-header-*`, `server-bare-cr-in-head`,
/// `server-lf-only-line-ends-hardened`, `server-insecure-http-parser`.
class FieldLinesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void value_isTrimmed_data()
    {
        columns();
        row("no blank", "GET /a HTTP/1.1\r\nHost: x\r\nA:b\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: b\nend\n");
        row("blanks round it", "GET /a HTTP/1.1\r\nHost: x\r\nA: \t b \t \r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: b\nend\n");
        row("blanks inside stay", "GET /a HTTP/1.1\r\nHost: x\r\nA: b \t c\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: b \\x09 c\nend\n");
        row("empty", "GET /a HTTP/1.1\r\nHost: x\r\nA:\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: \nend\n");
        row("blanks alone", "GET /a HTTP/1.1\r\nHost: x\r\nA: \t \r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: \nend\n");
        row("colons", "GET /a HTTP/1.1\r\nHost: x\r\nA::b:\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: :b:\nend\n");
        row("latin1", "GET /a HTTP/1.1\r\nHost: x\r\nA: \351\377\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: \\xe9\\xff\nend\n");
        row("case and order",
            "GET /a HTTP/1.1\r\nHost: x\r\naB: 1\r\nAb: 2\r\nC: 3\r\n"
            "ab: 1\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\naB: 1\nAb: 2\nC: 3\nab: 1\nend\n");
    }

    void value_isTrimmed()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void line_malformed_isRefused_data()
    {
        columns();
        row("no colon", "GET /a HTTP/1.1\r\nHost: x\r\nword\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 30\n");
        row("no colon in the only line", "GET /a HTTP/1.1\r\nword\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 21\n");
        row("tab before the colon", "GET /a HTTP/1.1\r\nHost: x\r\nA\t: b\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 27\n");
        row("tab in the name", "GET /a HTTP/1.1\r\nHost: x\r\nA\tB: c\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 27\n");
        row("equals sign", "GET /a HTTP/1.1\r\nHost: x\r\nA=b\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 27\n");
        row("quoted name", "GET /a HTTP/1.1\r\nHost: x\r\n\"A\": b\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 26\n");
        row("nul in the name", "GET /a HTTP/1.1\r\nHost: x\r\nA\000: b\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 27\n");
        row("latin1 name", "GET /a HTTP/1.1\r\nHost: x\r\n\351: b\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 26\n");
        row("cr in a value", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
            "fault HPE_LF_EXPECTED at 31\n");
        row("cr cr lf", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\r\n\r\n",
            "fault HPE_LF_EXPECTED at 31\n");
        row("cr cr as the blank line", "GET /a HTTP/1.1\r\nHost: x\r\n\r\r",
            "fault HPE_STRICT at 27\n");
        row("cr in a name", "GET /a HTTP/1.1\r\nHost: x\r\nA\rB: c\r\n\r\n",
            "fault HPE_INVALID_HEADER_TOKEN at 27\n");
    }

    void line_malformed_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void line_smuggling_isRefused_data()
    {
        columns();
        row("space before the colon", "GET /a HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", "fault\n");
        row("space in the name", "GET /a HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n", "fault\n");
        row("empty name", "GET /a HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", "fault\n");
        row("empty name, first line", "GET /a HTTP/1.1\r\n: b\r\n\r\n", "fault\n");
        row("empty name and value", "GET /a HTTP/1.1\r\nHost: x\r\n:\r\n\r\n", "fault\n");
        row("two colons", "GET /a HTTP/1.1\r\nHost: x\r\n::\r\n\r\n", "fault\n");
        row("fold", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", "fault\n");
        row("fold with a tab", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n", "fault\n");
        row("fold of an empty value", "GET /a HTTP/1.1\r\nHost: x\r\nA:\r\n b\r\n\r\n", "fault\n");
        row("first line folded", "GET /a HTTP/1.1\r\n A: b\r\n\r\n", "fault\n");
        row("blank line of blanks", "GET /a HTTP/1.1\r\nHost: x\r\n \r\n\r\n", "fault\n");
        row("lf behind the request line", "GET /a HTTP/1.1\nHost: x\r\n\r\n", "fault\n");
        row("lf behind a field", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\nC: d\r\n\r\n", "fault\n");
        row("lf as the blank line", "GET /a HTTP/1.1\r\nHost: x\r\n\n", "fault\n");
        row("lf everywhere", "GET /a HTTP/1.1\nHost: x\n\n", "fault\n");
        row("cr behind the request line", "GET /a HTTP/1.1\rHost: x\r\n\r\n", "fault\n");
        row("cr and a letter as the blank line", "GET /a HTTP/1.1\r\nHost: x\r\n\rX", "fault\n");
        row("cr and a request as the blank line",
            "GET /a HTTP/1.1\r\nHost: x\r\n\rGET /b HTTP/1.1\r\n\r\n", "fault\n");
    }

    /// What other parsers read differently. Source: conformance *-hardened.
    void line_smuggling_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }

    void line_insecure_isTaken_data()
    {
        columns();
        row("control characters", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\001\037\177c\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: b\\x01\\x1f\\x7fc\nend\n");
        row("fold",
            "GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\n  c\r\n\td \r\nE: f\r\n"
            "\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: b  c\\x09d\nE: f\nend\n");
        row("fold of an empty value", "GET /a HTTP/1.1\r\nHost: x\r\nA:\r\n b\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: b\nend\n");
        row("unknown version", "GET /a HTTP/3.7\r\n\r\n", "GET /a HTTP/3.7 keep\nend\n");
        row("lf behind a field", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\nC: d\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nA: b\nC: d\nend\n");
        row("lf everywhere", "GET /a HTTP/1.1\nHost: x\n\n",
            "GET /a HTTP/1.1 keep\nHost: x\nend\n");
        row("behind the last message",
            "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n"
            "GET /b HTTP/1.1\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: close\nend\n"
            "GET /b HTTP/1.1 keep\nend\n");
        row("cr in a value", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
            "fault HPE_LF_EXPECTED at 31\n");
        row("gzip alone", "GET /a HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nbody",
            "GET /a HTTP/1.1 keep\nTransfer-Encoding: gzip\nbody body\n");
        row("chunked twice",
            "GET /a HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "GET /a HTTP/1.1 keep\nTransfer-Encoding: chunked, chunked\n"
            "body a\nend\n");
        row("length and chunked",
            "GET /a HTTP/1.1\r\nContent-Length: 1\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault HPE_UNEXPECTED_CONTENT_LENGTH at 66\n");
        row("framing in trailers",
            "GET /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
            "Content-Length: 5\r\nA: b\r\n c\r\n\r\n",
            "GET /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "trailer Content-Length: 5\ntrailer A: b c\nend\n");
    }

    /// Source: reference insecureHTTPParser.
    void line_insecure_isTaken()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, { .lenience = Lenience::Insecure }), expected);
    }

    void name_octets_data()
    {
        QTest::addColumn<char>("octet");
        QTest::addColumn<bool>("taken");
        for (int c = 0; c < 256; ++c) {
            const bool token = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c > 0 && QByteArray("!#$%&'*+-.^_`|~").contains(char(c)));
            if (c != ':')
                QTest::addRow("0x%02x", unsigned(c)) << char(c) << token;
        }
    }

    void name_octets()
    {
        QFETCH(char, octet);
        QFETCH(bool, taken);
        const QByteArray name = QByteArray("q") + octet + 'q';
        const QByteArray expected = taken ? "GET / HTTP/1.1 keep\n" + name + ": v\nend\n"
                                          : QByteArray("fault HPE_INVALID_HEADER_TOKEN at 17\n");
        QCOMPARE(transcript("GET / HTTP/1.1\r\n" + name + ": v\r\n\r\n"), expected);
    }

    void value_octets_data()
    {
        QTest::addColumn<char>("octet");
        QTest::addColumn<QByteArray>("fault");
        for (int c = 0; c < 256; ++c) {
            const bool taken = c == 9 || (c >= 32 && c != 127);
            QByteArray fault = taken ? "" : "fault HPE_INVALID_HEADER_TOKEN at 20\n";
            if (c == '\r')
                fault = "fault HPE_LF_EXPECTED at 21\n";
            if (c == '\n') // the code is Node 20's affair
                continue;
            QTest::addRow("0x%02x", unsigned(c)) << char(c) << fault;
        }
    }

    void value_octets()
    {
        QFETCH(char, octet);
        QFETCH(QByteArray, fault);
        const QByteArray result
            = transcript(QByteArray("GET / HTTP/1.1\r\nA: b") + octet + "c\r\n\r\n");
        if (fault.isEmpty())
            QVERIFY2(result.startsWith("GET / HTTP/1.1 keep\nA: b"), result);
        else
            QCOMPARE(result, fault);
    }
};

QTEST_GUILESS_MAIN(FieldLinesTest)
#include "tst_fieldlines.moc"

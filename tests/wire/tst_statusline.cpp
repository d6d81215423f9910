#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// Heads of responses. Source: RFC 9112 section 4; conformance `client-status-*`, `client-version-*`,
/// `client-header-line-hardened`.
class StatusLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void statusLine_data()
    {
        columns();
        row("plain", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n");
        row("empty reason", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [] keep\nContent-Length: 2\nbody ok\nend\n");
        row("no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [] keep\nContent-Length: 2\nbody ok\nend\n");
        row("blanks and colons", "HTTP/1.1 404 Not: Found,  at all \r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 404 [Not: Found,  at all ] keep\nContent-Length: 2\n"
            "body ok\nend\n");
        row("leading blanks", "HTTP/1.1 200   OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [  OK] keep\nContent-Length: 2\nbody ok\nend\n");
        row("latin1", "HTTP/1.1 200 D\351j\340\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [D\\xe9j\\xe0] keep\nContent-Length: 2\nbody ok\n"
            "end\n");
        row("tab", "HTTP/1.1 200 a\tb\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [a\\x09b] keep\nContent-Length: 2\nbody ok\nend\n");
        row("nul", "HTTP/1.1 200 O\000K\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [O\\x00K] keep\nContent-Length: 2\nbody ok\nend\n");
        row("digits", "HTTP/1.1 200 404\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [404] keep\nContent-Length: 2\nbody ok\nend\n");
        row("empty line in front", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n");
        row("1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.0 200 [OK] close\nContent-Length: 2\nbody ok\nend\n");
        row("0.9", "HTTP/0.9 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/0.9 200 [OK] close\nContent-Length: 2\nbody ok\nend\n");
        row("2.0", "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/2.0 200 [OK] close\nContent-Length: 2\nbody ok\nend\n");
    }

    void statusLine()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, response()), expected);
    }

    void status_data()
    {
        columns();
        row("000", "HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 000 [X] keep\nContent-Length: 2\nbody ok\nend\n");
        row("001", "HTTP/1.1 001 X\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 001 [X] keep\nContent-Length: 2\nbody ok\nend\n");
        row("099", "HTTP/1.1 099 X\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 099 [X] keep\nContent-Length: 2\nbody ok\nend\n");
        row("200", "HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [X] keep\nContent-Length: 2\nbody ok\nend\n");
        row("299", "HTTP/1.1 299 X\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 299 [X] keep\nContent-Length: 2\nbody ok\nend\n");
        row("600", "HTTP/1.1 600 X\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 600 [X] keep\nContent-Length: 2\nbody ok\nend\n");
        row("999", "HTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 999 [X] keep\nContent-Length: 2\nbody ok\nend\n");
        row("200.0", "HTTP/1.1 200.0 X\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_STATUS at 12\n");
        row("+200", "HTTP/1.1 +200 X\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_STATUS at 9\n");
        row("1e3", "HTTP/1.1 1e3 X\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_STATUS at 10\n");
        row("0x1", "HTTP/1.1 0x1 X\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_STATUS at 10\n");
        row("2OO", "HTTP/1.1 2OO X\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_STATUS at 10\n");
        row("-200", "HTTP/1.1 -200 X\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_STATUS at 9\n");
    }

    void status()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, response()), expected);
    }

    void status_notThreeDigits_isRefused_data()
    {
        columns();
        row("9", "HTTP/1.1 9 X\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("99", "HTTP/1.1 99 X\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("1000", "HTTP/1.1 1000 X\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("2000", "HTTP/1.1 2000 X\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("0200", "HTTP/1.1 0200 X\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("none", "HTTP/1.1  X\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row(" 200", "HTTP/1.1  200 X\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("end of line", "HTTP/1.1 \r\nContent-Length: 2\r\n\r\nok", "fault\n");
    }

    void status_notThreeDigits_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets, response())), expected);
    }

    void statusLine_malformed_isRefused_data()
    {
        columns();
        row("HTTP/1.1", "HTTP/1.1\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 8\n");
        row("HTTP/1.1 OK", "HTTP/1.1 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_STATUS at 9\n");
        row("HTTP/1.1 200OK", "HTTP/1.1 200OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_STATUS at 12\n");
        row(" HTTP/1.1 200 OK", " HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 0\n");
        row("HTTP/1.1TAB200 OK", "HTTP/1.1\t200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 8\n");
        row("http/1.1 200 OK", "http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 0\n");
        row("HTP/1.1 200 OK", "HTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 2\n");
        row("HTTPS/1.1 200 OK", "HTTPS/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 4\n");
        row("HTTP/1 200 OK", "HTTP/1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 6\n");
        row("HTTP/11.1 200 OK", "HTTP/11.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 6\n");
        row("HTTP/1.10 200 OK", "HTTP/1.10 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 8\n");
        row("HTTP/1.01 200 OK", "HTTP/1.01 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 8\n");
        row("HTTP/01.1 200 OK", "HTTP/01.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 6\n");
        row("HTTP/1.a 200 OK", "HTTP/1.a 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 7\n");
        row("HTTP/a.1 200 OK", "HTTP/a.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 5\n");
        row("HTTP/1,1 200 OK", "HTTP/1,1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 6\n");
        row("HTTP/.1 200 OK", "HTTP/.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 5\n");
        row("HTTP/ 200 OK", "HTTP/ 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_VERSION at 5\n");
        row("HTTP 200 OK", "HTTP 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 4\n");
        row("200 OK", "200 OK\r\nContent-Length: 2\r\n\r\nok", "fault HPE_INVALID_CONSTANT at 0\n");
        row("GET / HTTP/1.1", "GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 0\n");
        row("ICE/1.0 200 OK", "ICE/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 0\n");
        row("RTSP/1.0 200 OK", "RTSP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 0\n");
        row("{\"a\":1}", "{\"a\":1}\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 0\n");
        row("SSH-2.0-x", "SSH-2.0-x\r\nContent-Length: 2\r\n\r\nok",
            "fault HPE_INVALID_CONSTANT at 0\n");
    }

    void statusLine_malformed_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, response()), expected);
    }

    void version_unknown_isRefused_data()
    {
        columns();
        row("1.2", "HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("1.9", "HTTP/1.9 200 OK\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("2.1", "HTTP/2.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("3.0", "HTTP/3.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("0.0", "HTTP/0.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("9.9", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\nok", "fault\n");
    }

    void version_unknown_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets, response())), expected);
    }

    void head_smuggling_isRefused_data()
    {
        columns();
        row("fold", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("first line folded", "HTTP/1.1 200 OK\r\n A: b\r\nContent-Length: 2\r\n\r\nok",
            "fault\n");
        row("space before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok", "fault\n");
        row("empty name", "HTTP/1.1 200 OK\r\n: b\r\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("lf behind the status line", "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("lf behind the status", "HTTP/1.1 200\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("lf behind a field", "HTTP/1.1 200 OK\r\nA: b\nContent-Length: 2\r\n\r\nok", "fault\n");
        row("lf as the blank line", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok", "fault\n");
        row("cr behind the status line", "HTTP/1.1 200 OK\rContent-Length: 2\r\n\r\nok", "fault\n");
        row("cr behind the status", "HTTP/1.1 200\rContent-Length: 2\r\n\r\nok", "fault\n");
    }

    void head_smuggling_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets, response())), expected);
    }
};

QTEST_GUILESS_MAIN(StatusLineTest)
#include "tst_statusline.moc"

#include "transcript.h"

#include <wire/httpnames.h>

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// Request lines. Source: RFC 9112 section 3; conformance `server-request-line-spaces`, `server-methods-*`,
/// `server-target-forms`, `server-binary-garbage`.
class RequestLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void emptyLinesAndBlanks_data()
    {
        columns();
        row("nothing in front", "GET /a HTTP/1.1\r\n\r\n", "GET /a HTTP/1.1 keep\nend\n");
        row("empty line in front", "\r\nGET /a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: h.example\nend\n");
        row("many empty lines in front",
            "\r\n\r\n\r\n\r\nGET /a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: h.example\nend\n");
        row("lf in front", "\n\nGET /a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: h.example\nend\n");
        row("cr in front", "\rGET /a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: h.example\nend\n");
        row("space in front", " GET /a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 0\n");
        row("tab in front", "\tGET /a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 0\n");
        row("three spaces before the target", "GET   /a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: h.example\nend\n");
        row("three spaces before the version", "GET /a   HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: h.example\nend\n");
        row("tab before the target", "GET\t/a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 3\n");
        row("space behind the version", "GET /a HTTP/1.1 \r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_VERSION at 15\n");
        row("word behind the version", "GET /a HTTP/1.1 b\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_VERSION at 15\n");
        row("method alone", "GET\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 3\n");
        row("method and space", "GET \r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_URL at 5\n");
        row("spaces alone", "    \r\n\r\n", "fault HPE_INVALID_METHOD at 0\n");
        row("line end in the method", "PO\r\nST /a HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 2\n");
    }

    /// Source: RFC 9112 section 3.
    void emptyLinesAndBlanks()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void method_known_isTaken_data()
    {
        QTest::addColumn<QByteArray>("method");
        for (const QByteArrayView method : methods()) {
            if (method != QByteArrayView("PRI"))
                QTest::newRow(method.data()) << method.toByteArray();
        }
    }

    void method_known_isTaken()
    {
        QFETCH(QByteArray, method);
        const bool connect = method == "CONNECT";
        QCOMPARE(transcript(method + " /a HTTP/1.1\r\n\r\n"),
            method + " /a HTTP/1.1 keep" + (connect ? " upgrade" : "") + "\nend\n");
    }

    void method_unknown_isRefusedWhereItDiffers_data()
    {
        columns();
        row("FOO", "FOO / HTTP/1.1\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 0\n");
        row("post", "post / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 0\n");
        row("Put", "Put / HTTP/1.1\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 1\n");
        row("pUT", "pUT / HTTP/1.1\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 0\n");
        row("GETS", "GETS / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 3\n");
        row("POS", "POS / HTTP/1.1\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 3\n");
        row("PU", "PU / HTTP/1.1\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 2\n");
        row("DELETED", "DELETED / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 6\n");
        row("PATCHY", "PATCHY / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 5\n");
        row("AGET", "AGET / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 1\n");
        row("M-SEARCHES", "M-SEARCHES / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 8\n");
        row("M-search", "M-search / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 2\n");
        row("MKCOLS", "MKCOLS / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 5\n");
        row("TEAPOT", "TEAPOT / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 1\n");
        row("*", "* / HTTP/1.1\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 0\n");
        row("7", "7 / HTTP/1.1\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 0\n");
        row("GET;", "GET; / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 3\n");
        row("GET and nul", "GET\000 / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 3\n");
        row("e acute", "\351 / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 0\n");
        row("CONNECTION", "CONNECTION / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 7\n");
        row("TRAC", "TRAC / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 4\n");
        row("HEADS", "HEADS / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 4\n");
        row("PRI", "PRI / HTTP/1.1\r\nHost: h.example\r\n\r\n", "fault HPE_INVALID_METHOD at 2\n");
        row("QUERY", "QUERY / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 0\n");
        row("DESCRIBE", "DESCRIBE / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 2\n");
        row("PLAY", "PLAY / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 1\n");
        row("FLUSH", "FLUSH / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 0\n");
        row("SETUP", "SETUP / HTTP/1.1\r\nHost: h.example\r\n\r\n",
            "fault HPE_INVALID_METHOD at 2\n");
    }

    /// Methods of other protocols too: RTSP, HTTP/2.
    void method_unknown_isRefusedWhereItDiffers()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void target_isKeptByteForByte_data()
    {
        columns();
        row("/", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1 keep\nend\n");
        row("/a/b?c=d&e", "GET /a/b?c=d&e HTTP/1.1\r\n\r\n", "GET /a/b?c=d&e HTTP/1.1 keep\nend\n");
        row("/../a//./b", "GET /../a//./b HTTP/1.1\r\n\r\n", "GET /../a//./b HTTP/1.1 keep\nend\n");
        row("/%2f%zz%", "GET /%2f%zz% HTTP/1.1\r\n\r\n", "GET /%2f%zz% HTTP/1.1 keep\nend\n");
        row("/?", "GET /? HTTP/1.1\r\n\r\n", "GET /? HTTP/1.1 keep\nend\n");
        row("/#f", "GET /#f HTTP/1.1\r\n\r\n", "GET /#f HTTP/1.1 keep\nend\n");
        row("/a?b#c?d#e", "GET /a?b#c?d#e HTTP/1.1\r\n\r\n", "GET /a?b#c?d#e HTTP/1.1 keep\nend\n");
        row("//h/p", "GET //h/p HTTP/1.1\r\n\r\n", "GET //h/p HTTP/1.1 keep\nend\n");
        row("http://h.example", "GET http://h.example HTTP/1.1\r\n\r\n",
            "GET http://h.example HTTP/1.1 keep\nend\n");
        row("http://h.example?q", "GET http://h.example?q HTTP/1.1\r\n\r\n",
            "GET http://h.example?q HTTP/1.1 keep\nend\n");
        row("http://h.example:81/a", "GET http://h.example:81/a HTTP/1.1\r\n\r\n",
            "GET http://h.example:81/a HTTP/1.1 keep\nend\n");
        row("http://u:p@h/", "GET http://u:p@h/ HTTP/1.1\r\n\r\n",
            "GET http://u:p@h/ HTTP/1.1 keep\nend\n");
        row("http://a@b@c/", "GET http://a@b@c/ HTTP/1.1\r\n\r\n",
            "GET http://a@b@c/ HTTP/1.1 keep\nend\n");
        row("ftp://h/f", "GET ftp://h/f HTTP/1.1\r\n\r\n", "GET ftp://h/f HTTP/1.1 keep\nend\n");
        row("http://[::1]:80/", "GET http://[::1]:80/ HTTP/1.1\r\n\r\n",
            "GET http://[::1]:80/ HTTP/1.1 keep\nend\n");
        row("*", "GET * HTTP/1.1\r\n\r\n", "GET * HTTP/1.1 keep\nend\n");
        row("*x", "GET *x HTTP/1.1\r\n\r\n", "GET *x HTTP/1.1 keep\nend\n");
        row("/~!$&'()*+,;=:@\"<>[\\]^`{|}", "GET /~!$&'()*+,;=:@\"<>[\\]^`{|} HTTP/1.1\r\n\r\n",
            "GET /~!$&'()*+,;=:@\"<>[\\]^`{|} HTTP/1.1 keep\nend\n");
    }

    void target_isKeptByteForByte()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void target_connect_data()
    {
        columns();
        row("h.example:443", "CONNECT h.example:443 HTTP/1.1\r\n\r\n",
            "CONNECT h.example:443 HTTP/1.1 keep upgrade\n");
        row("h.example", "CONNECT h.example HTTP/1.1\r\n\r\n",
            "CONNECT h.example HTTP/1.1 keep upgrade\n");
        row("127.0.0.1:80", "CONNECT 127.0.0.1:80 HTTP/1.1\r\n\r\n",
            "CONNECT 127.0.0.1:80 HTTP/1.1 keep upgrade\n");
        row("[::1]:80", "CONNECT [::1]:80 HTTP/1.1\r\n\r\n",
            "CONNECT [::1]:80 HTTP/1.1 keep upgrade\n");
        row("/path", "CONNECT /path HTTP/1.1\r\n\r\n", "CONNECT /path HTTP/1.1 keep upgrade\n");
        row("*", "CONNECT * HTTP/1.1\r\n\r\n", "CONNECT * HTTP/1.1 keep upgrade\n");
        row("http://h/", "CONNECT http://h/ HTTP/1.1\r\n\r\n",
            "CONNECT http://h/ HTTP/1.1 keep upgrade\n");
    }

    /// CONNECT takes any form.
    /// Source: conformance server-connect-request-raw.
    void target_connect()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, { .tunnel = true }), expected);
    }

    void target_malformed_isRefused_data()
    {
        columns();
        row("host and port", "GET h:80 HTTP/1.1\r\n\r\n", "fault\n");
        row("one word", "GET word HTTP/1.1\r\n\r\n", "fault\n");
        row("scheme with one slash", "GET http:/a HTTP/1.1\r\n\r\n", "fault\n");
        row("scheme without slashes", "GET http:a HTTP/1.1\r\n\r\n", "fault\n");
        row("digit first", "GET 1/ HTTP/1.1\r\n\r\n", "fault\n");
        row("question mark first", "GET ?a HTTP/1.1\r\n\r\n", "fault\n");
        row("separator in the host", "GET http://a<b HTTP/1.1\r\n\r\n", "fault\n");
        row("nul", "GET /a\000b HTTP/1.1\r\n\r\n", "fault\n");
        row("control character", "GET /a\001b HTTP/1.1\r\n\r\n", "fault\n");
        row("delete", "GET /a\177 HTTP/1.1\r\n\r\n", "fault\n");
        row("cr", "GET /a\rb HTTP/1.1\r\n\r\n", "fault\n");
        row("octet in the path", "GET /caf\351 HTTP/1.1\r\n\r\n", "fault\n");
        row("octet in the query", "GET /?\351 HTTP/1.1\r\n\r\n", "fault\n");
        row("octet in the fragment", "GET /#a\351 HTTP/1.1\r\n\r\n", "fault\n");
        row("octet in the host", "GET http://\351/ HTTP/1.1\r\n\r\n", "fault\n");
        row("tab", "GET /a\tb HTTP/1.1\r\n\r\n", "fault\n");
        row("form feed", "GET /a\014b HTTP/1.1\r\n\r\n", "fault\n");
    }

    void target_malformed_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }

    void otherProtocol_isRefusedAtOnce_data()
    {
        columns();
        row("tls", "\026\003\001\002\000\001\000", "fault HPE_INVALID_METHOD at 0\n");
        row("nul", "\000\000\000", "fault HPE_INVALID_METHOD at 0\n");
        row("0xff", "\377\377", "fault HPE_INVALID_METHOD at 0\n");
        row("socks", "\005\001\000", "fault HPE_INVALID_METHOD at 0\n");
        row("ssh", "SSH-2.0-a\r\n", "fault HPE_INVALID_METHOD at 1\n");
        row("smtp", "EHLO a\r\n", "fault HPE_INVALID_METHOD at 0\n");
        row("response", "HTTP/1.1 200 OK\r\n\r\n", "fault HPE_INVALID_METHOD at 1\n");
        row("json", "{\"a\":1}", "fault HPE_INVALID_METHOD at 0\n");
        row("byte order mark", "\357\273\277GET / HTTP/1.1\r\n\r\n",
            "fault HPE_INVALID_METHOD at 0\n");
        row("http/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "fault HPE_INVALID_METHOD at 2\n");
    }

    void otherProtocol_isRefusedAtOnce()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }
};

QTEST_GUILESS_MAIN(RequestLineTest)
#include "tst_requestline.moc"

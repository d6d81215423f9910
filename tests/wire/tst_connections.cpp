#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// Messages one behind the other, persistence, tunnels and the end of a connection. Source: RFC 9112
/// section 9; conformance `server-connection-header-tokens`, `server-upgrade-*`, `server-eof-in-every-state`.
class ConnectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void connection_decidesPersistence_data()
    {
        columns();
        row("1.1 none", "GET /a HTTP/1.1\r\n\r\n", "GET /a HTTP/1.1 keep\nend\n");
        row("1.1 close", "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: close\nend\n");
        row("1.1 CLOSE", "GET /a HTTP/1.1\r\nConnection: CLOSE\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: CLOSE\nend\n");
        row("1.1 keep-alive", "GET /a HTTP/1.1\r\nConnection: keep-alive\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: keep-alive\nend\n");
        row("1.1 Keep-Alive", "GET /a HTTP/1.1\r\nConnection: Keep-Alive\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: Keep-Alive\nend\n");
        row("1.1 close, keep-alive", "GET /a HTTP/1.1\r\nConnection: close, keep-alive\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: close, keep-alive\nend\n");
        row("1.1 keep-alive, close", "GET /a HTTP/1.1\r\nConnection: keep-alive, close\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: keep-alive, close\nend\n");
        row("1.1 x, close", "GET /a HTTP/1.1\r\nConnection: x, close\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: x, close\nend\n");
        row("1.1 close,x", "GET /a HTTP/1.1\r\nConnection: close,x\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: close,x\nend\n");
        row("1.1 close ", "GET /a HTTP/1.1\r\nConnection: close \r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: close\nend\n");
        row("1.1 close\\t", "GET /a HTTP/1.1\r\nConnection: close\t\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: close\nend\n");
        row("1.1 closed", "GET /a HTTP/1.1\r\nConnection: closed\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: closed\nend\n");
        row("1.1 xclose", "GET /a HTTP/1.1\r\nConnection: xclose\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: xclose\nend\n");
        row("1.1 close x", "GET /a HTTP/1.1\r\nConnection: close x\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: close x\nend\n");
        row("1.1 x", "GET /a HTTP/1.1\r\nConnection: x\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: x\nend\n");
        row("1.1 empty", "GET /a HTTP/1.1\r\nConnection: \r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: \nend\n");
        row("1.1 keep-alive, x", "GET /a HTTP/1.1\r\nConnection: keep-alive, x\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: keep-alive, x\nend\n");
        row("1.1 upgrade", "GET /a HTTP/1.1\r\nConnection: upgrade\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: upgrade\nend\n");
        row("1.1 , close", "GET /a HTTP/1.1\r\nConnection: , close\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: , close\nend\n");
        row("1.0 none", "GET /a HTTP/1.0\r\n\r\n", "GET /a HTTP/1.0 close\nend\n");
        row("1.0 close", "GET /a HTTP/1.0\r\nConnection: close\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: close\nend\n");
        row("1.0 CLOSE", "GET /a HTTP/1.0\r\nConnection: CLOSE\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: CLOSE\nend\n");
        row("1.0 keep-alive", "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "GET /a HTTP/1.0 keep\nConnection: keep-alive\nend\n");
        row("1.0 Keep-Alive", "GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
            "GET /a HTTP/1.0 keep\nConnection: Keep-Alive\nend\n");
        row("1.0 close, keep-alive", "GET /a HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n",
            "GET /a HTTP/1.0 keep\nConnection: close, keep-alive\nend\n");
        row("1.0 keep-alive, close", "GET /a HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
            "GET /a HTTP/1.0 keep\nConnection: keep-alive, close\nend\n");
        row("1.0 x, close", "GET /a HTTP/1.0\r\nConnection: x, close\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: x, close\nend\n");
        row("1.0 close,x", "GET /a HTTP/1.0\r\nConnection: close,x\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: close,x\nend\n");
        row("1.0 close ", "GET /a HTTP/1.0\r\nConnection: close \r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: close\nend\n");
        row("1.0 close\\t", "GET /a HTTP/1.0\r\nConnection: close\t\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: close\nend\n");
        row("1.0 closed", "GET /a HTTP/1.0\r\nConnection: closed\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: closed\nend\n");
        row("1.0 xclose", "GET /a HTTP/1.0\r\nConnection: xclose\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: xclose\nend\n");
        row("1.0 close x", "GET /a HTTP/1.0\r\nConnection: close x\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: close x\nend\n");
        row("1.0 x", "GET /a HTTP/1.0\r\nConnection: x\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: x\nend\n");
        row("1.0 empty", "GET /a HTTP/1.0\r\nConnection: \r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: \nend\n");
        row("1.0 keep-alive, x", "GET /a HTTP/1.0\r\nConnection: keep-alive, x\r\n\r\n",
            "GET /a HTTP/1.0 keep\nConnection: keep-alive, x\nend\n");
        row("1.0 upgrade", "GET /a HTTP/1.0\r\nConnection: upgrade\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: upgrade\nend\n");
        row("1.0 , close", "GET /a HTTP/1.0\r\nConnection: , close\r\n\r\n",
            "GET /a HTTP/1.0 close\nConnection: , close\nend\n");
        row("two fields",
            "GET /a HTTP/1.1\r\nConnection: keep-alive\r\n"
            "Connection: close\r\n\r\n",
            "GET /a HTTP/1.1 close\nConnection: keep-alive\n"
            "Connection: close\nend\n");
        row("proxy-connection", "GET /a HTTP/1.1\r\nProxy-Connection: close\r\n\r\n",
            "GET /a HTTP/1.1 close\nProxy-Connection: close\nend\n");
        row("2.0", "GET /a HTTP/2.0\r\n\r\n", "GET /a HTTP/2.0 close\nend\n");
        row("2.0 keep-alive", "GET /a HTTP/2.0\r\nConnection: keep-alive\r\n\r\n",
            "GET /a HTTP/2.0 keep\nConnection: keep-alive\nend\n");
        row("0.9", "GET /a\r\n\r\n", "GET /a HTTP/0.9 close\nend\n");
    }

    /// Source: RFC 9112 section 9.3; conformance server-connection-header-tokens.
    void connection_decidesPersistence()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void upgrade_isATunnel_data()
    {
        columns();
        row("upgrade", "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nrest",
            "GET /a HTTP/1.1 keep upgrade\nConnection: Upgrade\n"
            "Upgrade: x\ntunnel rest\n");
        row("in a list",
            "GET /a HTTP/1.1\r\nUpgrade: x\r\n"
            "Connection: keep-alive, upgrade\r\n\r\nrest",
            "GET /a HTTP/1.1 keep upgrade\nUpgrade: x\n"
            "Connection: keep-alive, upgrade\ntunnel rest\n");
        row("behind close",
            "GET /a HTTP/1.1\r\nUpgrade: x\r\n"
            "Connection: close, upgrade\r\n\r\nrest",
            "GET /a HTTP/1.1 close upgrade\nUpgrade: x\n"
            "Connection: close, upgrade\ntunnel rest\n");
        row("two fields",
            "GET /a HTTP/1.1\r\nConnection: close\r\n"
            "Connection: upgrade\r\nUpgrade: x\r\n\r\nrest",
            "GET /a HTTP/1.1 close upgrade\nConnection: close\n"
            "Connection: upgrade\nUpgrade: x\ntunnel rest\n");
        row("length frames nothing",
            "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n"
            "Content-Length: 2\r\n\r\nrest",
            "GET /a HTTP/1.1 keep upgrade\nConnection: Upgrade\n"
            "Upgrade: x\nContent-Length: 2\ntunnel rest\n");
        row("http/1.0", "GET /a HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nrest",
            "GET /a HTTP/1.0 close upgrade\nConnection: Upgrade\n"
            "Upgrade: x\ntunnel rest\n");
        row("looks like http",
            "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
            "\000\377\r\n\r\nGET / HTTP/1.1\r\n",
            "GET /a HTTP/1.1 keep upgrade\nConnection: Upgrade\n"
            "Upgrade: x\n"
            "tunnel \\x00\\xff\\x0d\\x0a\\x0d\\x0aGET / HTTP/1.1\\x0d\\x0a\n");
        row("nothing behind it", "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
            "GET /a HTTP/1.1 keep upgrade\nConnection: Upgrade\nUpgrade: x\n");
        row("connect", "CONNECT h:1 HTTP/1.1\r\nContent-Length: 4\r\n\r\nrest",
            "CONNECT h:1 HTTP/1.1 keep upgrade\nContent-Length: 4\n"
            "tunnel rest\n");
    }

    void upgrade_isATunnel()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, { .tunnel = true }), expected);
    }

    void upgrade_declined_isARequest_data()
    {
        columns();
        row("get",
            "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
            "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
            "GET /a HTTP/1.1 keep upgrade\nConnection: Upgrade\n"
            "Upgrade: x\nend\nGET /a HTTP/1.1 keep upgrade\n"
            "Connection: Upgrade\nUpgrade: x\nend\n");
        row("length",
            "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n"
            "Content-Length: 2\r\n\r\nhiGET /b HTTP/1.1\r\n\r\n",
            "GET /a HTTP/1.1 keep upgrade\nConnection: Upgrade\n"
            "Upgrade: x\nContent-Length: 2\nbody hi\nend\n"
            "GET /b HTTP/1.1 keep\nend\n");
        row("chunked",
            "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "GET /a HTTP/1.1 keep upgrade\nConnection: Upgrade\n"
            "Upgrade: x\nTransfer-Encoding: chunked\nbody a\nend\n");
    }

    /// The owner does not enter the tunnel. Source: conformance server-upgrade-without-listener.
    void upgrade_declined_isARequest()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void upgrade_incomplete_isNone_data()
    {
        columns();
        row("upgrade alone", "GET /a HTTP/1.1\r\nUpgrade: x\r\n\r\n",
            "GET /a HTTP/1.1 keep\nUpgrade: x\nend\n");
        row("connection alone", "GET /a HTTP/1.1\r\nConnection: upgrade\r\n\r\n",
            "GET /a HTTP/1.1 keep\nConnection: upgrade\nend\n");
        row("other token", "GET /a HTTP/1.1\r\nUpgrade: x\r\nConnection: upgraded\r\n\r\n",
            "GET /a HTTP/1.1 keep\nUpgrade: x\nConnection: upgraded\nend\n");
        row("empty upgrade", "GET /a HTTP/1.1\r\nUpgrade:\r\nConnection: upgrade\r\n\r\n",
            "GET /a HTTP/1.1 keep\nUpgrade: \nConnection: upgrade\nend\n");
    }

    void upgrade_incomplete_isNone()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void pipeline_data()
    {
        columns();
        row("three",
            "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"
            "GET /3 HTTP/1.1\r\n\r\n",
            "GET /1 HTTP/1.1 keep\nend\nGET /2 HTTP/1.1 keep\nend\n"
            "GET /3 HTTP/1.1 keep\nend\n");
        row("bodies",
            "POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\n"
            "hiPOST /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\nGET /3 HTTP/1.1\r\n\r\n",
            "POST /1 HTTP/1.1 keep\nContent-Length: 2\nbody hi\nend\n"
            "POST /2 HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody a\n"
            "end\nGET /3 HTTP/1.1 keep\nend\n");
        row("empty lines between", "GET /1 HTTP/1.1\r\n\r\n\r\n\r\nGET /2 HTTP/1.1\r\n\r\n\r\n",
            "GET /1 HTTP/1.1 keep\nend\nGET /2 HTTP/1.1 keep\nend\n");
        row("bad behind good", "GET /1 HTTP/1.1\r\n\r\nBAD\r\n\r\n",
            "GET /1 HTTP/1.1 keep\nend\nfault HPE_INVALID_METHOD at 20\n");
        row("body longer than its length",
            "POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\n"
            "hiGETGET /2 HTTP/1.1\r\n\r\n",
            "POST /1 HTTP/1.1 keep\nContent-Length: 2\nbody hi\nend\n"
            "fault HPE_INVALID_METHOD at 44\n");
        row("http/1.0 keep-alive",
            "GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
            "GET /2 HTTP/1.1\r\n\r\n",
            "GET /1 HTTP/1.0 keep\nConnection: keep-alive\nend\n"
            "GET /2 HTTP/1.1 keep\nend\n");
        row("empty lines behind the last", "GET /1 HTTP/1.1\r\nConnection: close\r\n\r\n\r\n\r\n",
            "GET /1 HTTP/1.1 close\nConnection: close\nend\n");
        row("garbage behind the last", "GET /1 HTTP/1.1\r\nConnection: close\r\n\r\n!",
            "GET /1 HTTP/1.1 close\nConnection: close\nend\n"
            "fault HPE_INVALID_METHOD at 38\n");
    }

    void pipeline()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void behindTheLast_isRefused_data()
    {
        columns();
        row("close",
            "GET /1 HTTP/1.1\r\nConnection: close\r\n\r\n"
            "GET /2 HTTP/1.1\r\n\r\n",
            "GET /1 HTTP/1.1 close\nConnection: close\nend\nfault\n");
        row("http/1.0", "GET /1 HTTP/1.0\r\n\r\nGET /2 HTTP/1.1\r\n\r\n",
            "GET /1 HTTP/1.0 close\nend\nfault\n");
        row("empty line first",
            "GET /1 HTTP/1.1\r\nConnection: close\r\n\r\n\r\n"
            "GET /2 HTTP/1.1\r\n\r\n",
            "GET /1 HTTP/1.1 close\nConnection: close\nend\nfault\n");
    }

    /// Source: RFC 9112 section 9.6; Node 20.
    void behindTheLast_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }

    void endOfInput_data()
    {
        columns();
        row("nothing", "", "");
        row("empty line", "\r\n", "");
        row("between messages", "GET /1 HTTP/1.1\r\n\r\n", "GET /1 HTTP/1.1 keep\nend\n");
        row("method", "PO", "fault HPE_INVALID_EOF_STATE at 2\n");
        row("target", "POST /a", "fault HPE_INVALID_EOF_STATE at 7\n");
        row("version", "POST /a HTTP/1.", "fault HPE_INVALID_EOF_STATE at 15\n");
        row("request line", "POST /a HTTP/1.1\r\n", "fault HPE_INVALID_EOF_STATE at 18\n");
        row("name", "POST /a HTTP/1.1\r\nHo", "fault HPE_INVALID_EOF_STATE at 20\n");
        row("value", "POST /a HTTP/1.1\r\nHost: x", "fault HPE_INVALID_EOF_STATE at 25\n");
        row("before the blank line", "POST /a HTTP/1.1\r\nHost: x\r\n",
            "fault HPE_INVALID_EOF_STATE at 27\n");
        row("before the body", "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\n",
            "POST /a HTTP/1.1 keep\nContent-Length: 4\n"
            "fault HPE_INVALID_EOF_STATE at 39\n");
        row("in the body", "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nhi",
            "POST /a HTTP/1.1 keep\nContent-Length: 4\nbody hi\n"
            "fault HPE_INVALID_EOF_STATE at 41\n");
        row("before the chunks", "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_EOF_STATE at 48\n");
        row("chunk size", "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_EOF_STATE at 49\n");
        row("chunk", "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhi",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault HPE_INVALID_EOF_STATE at 53\n");
        row("between chunks",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault HPE_INVALID_EOF_STATE at 55\n");
        row("last chunk", "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_EOF_STATE at 51\n");
        row("trailers",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
            "A: b\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_EOF_STATE at 57\n");
        row("complete", "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nend\n");
    }

    /// Source: RFC 9112 section 8; conformance server-eof-in-every-state.
    void endOfInput()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, { .endOfInput = true }), expected);
    }
};

QTEST_GUILESS_MAIN(ConnectionsTest)
#include "tst_connections.moc"

#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// Where responses end. Source: RFC 9112 section 6.3; conformance `client-*`.
class ResponseFramingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void untilClose_data()
    {
        columns();
        row("no length", "HTTP/1.1 200 OK\r\n\r\nuntil the end",
            "HTTP/1.1 200 [OK] close\nbody until the end\nend\n");
        row("empty", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 [OK] close\nend\n");
        row("close", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nx",
            "HTTP/1.1 200 [OK] close\nConnection: close\nbody x\nend\n");
        row("keep-alive", "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nx",
            "HTTP/1.1 200 [OK] close\nConnection: keep-alive\nbody x\nend\n");
        row("1.0", "HTTP/1.0 200 OK\r\n\r\nx", "HTTP/1.0 200 [OK] close\nbody x\nend\n");
        row("looks like a response", "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 404 No\r\n\r\n",
            "HTTP/1.1 200 [OK] close\n"
            "body HTTP/1.1 404 No\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("error status", "HTTP/1.1 500 Oops\r\nA: b\r\n\r\nx",
            "HTTP/1.1 500 [Oops] close\nA: b\nbody x\nend\n");
    }

    /// Source: RFC 9112 section 6.3, rule 8.
    void untilClose()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, responseUntilEof()), expected);
    }

    void transferEncoding_data()
    {
        columns();
        row("chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: chunked\nbody a\n"
            "end\n");
        row("Chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: Chunked\nbody a\n"
            "end\n");
        row("gzip, chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: gzip, chunked\n"
            "body a\nend\n");
        row(", chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: , chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: , chunked\nbody a\n"
            "end\n");
        row("gzip | chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: gzip\n"
            "Transfer-Encoding: chunked\nbody a\nend\n");
        row("chunked, chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: chunked, chunked\n"
            "body a\nend\n");
        row("chunked | chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: chunked\n"
            "Transfer-Encoding: chunked\nbody a\nend\n");
        row("identity",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: identity\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n1\r\na\r\n"
            "0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: gzip\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("xchunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: xchunked\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("x-chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: x-chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: x-chunked\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("chunkedx",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunkedx\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: chunkedx\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("\"chunked\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: \"chunked\"\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: \"chunked\"\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("empty",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\n\r\n1\r\na\r\n0\r\n"
            "\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: \n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("chunked, gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: chunked, gzip\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("chunked,",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked,\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: chunked,\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("chunked identity",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked identity\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: chunked identity\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("chunked | gzip",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: gzip\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nTransfer-Encoding: chunked\n"
            "Transfer-Encoding: gzip\n"
            "body 1\\x0d\\x0aa\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("chunked, 1.0",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.0 200 [OK] close\nTransfer-Encoding: chunked\nbody a\n"
            "end\n");
    }

    /// Chunked as the last coding, or until the end. Source: conformance client-transfer-encoding-*.
    void transferEncoding()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, responseUntilEof()), expected);
    }

    void contentLength_data()
    {
        columns();
        row("2", "HTTP/1.1 200 OK\r\nContent-Length:2\r\n\r\nok",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n");
        row(" 02", "HTTP/1.1 200 OK\r\nContent-Length: 02\r\n\r\nok",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 02\nbody ok\nend\n");
        row(" +2", "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
            "fault HPE_INVALID_CONTENT_LENGTH at 33\n");
        row(" -2", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
            "fault HPE_INVALID_CONTENT_LENGTH at 33\n");
        row(" 2,2", "HTTP/1.1 200 OK\r\nContent-Length: 2,2\r\n\r\nok",
            "fault HPE_INVALID_CONTENT_LENGTH at 34\n");
        row(" 2 2", "HTTP/1.1 200 OK\r\nContent-Length: 2 2\r\n\r\nok",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row(" 0x2", "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nok",
            "fault HPE_INVALID_CONTENT_LENGTH at 34\n");
        row(" 2a", "HTTP/1.1 200 OK\r\nContent-Length: 2a\r\n\r\nok",
            "fault HPE_INVALID_CONTENT_LENGTH at 34\n");
        row("empty", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nok",
            "fault HPE_INVALID_CONTENT_LENGTH at 34\n");
        row(" 18446744073709551616",
            "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n"
            "\r\nok",
            "fault HPE_INVALID_CONTENT_LENGTH at 53\n");
        row("twice",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n"
            "\r\nok",
            "fault HPE_UNEXPECTED_CONTENT_LENGTH at 52\n");
        row("too long for the body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 9\nbody ok\n"
            "fault HPE_INVALID_EOF_STATE at 40\n");
        row("huge", "HTTP/1.1 200 OK\r\nContent-Length: 9007199254740993\r\n\r\nok",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 9007199254740993\n"
            "body ok\nfault HPE_INVALID_EOF_STATE at 55\n");
        row("zero", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 0\nend\n");
    }

    void contentLength()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, responseUntilEof()), expected);
    }

    void lengthAndTransferEncoding_areRefused_data()
    {
        columns();
        row("length, chunked",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("chunked, length",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
            "Content-Length: 1\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("length, gzip",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
            "Transfer-Encoding: gzip\r\n\r\nok",
            "fault\n");
        row("gzip, length",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n"
            "Content-Length: 2\r\n\r\nok",
            "fault\n");
        row("length, empty",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding:\r\n"
            "\r\nok",
            "fault\n");
    }

    void lengthAndTransferEncoding_areRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets, response())), expected);
    }

    void statusWithoutBody_data()
    {
        columns();
        row("204", "HTTP/1.1 204 No\r\n\r\n", "HTTP/1.1 204 [No] keep\nend\n");
        row("204, length", "HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 204 [No] keep\nContent-Length: 5\nend\n");
        row("204, chunked", "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 204 [No] keep\nTransfer-Encoding: chunked\nend\n");
        row("304, length", "HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 304 [No] keep\nContent-Length: 5\nend\n");
        row("304, chunked", "HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 304 [No] keep\nTransfer-Encoding: chunked\nend\n");
        row("205 has one", "HTTP/1.1 205 R\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 205 [R] keep\nContent-Length: 2\nbody ok\nend\n");
        row("204 and octets", "HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 204 [No] keep\nContent-Length: 5\nend\n"
            "fault HPE_INVALID_CONSTANT at 38\n");
        row("304 and octets", "HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 304 [No] keep\nContent-Length: 5\nend\n"
            "fault HPE_INVALID_CONSTANT at 38\n");
        row("204 and chunks",
            "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "HTTP/1.1 204 [No] keep\nTransfer-Encoding: chunked\nend\n"
            "fault HPE_INVALID_CONSTANT at 47\n");
        row("two", "HTTP/1.1 204 No\r\n\r\nHTTP/1.1 304 No\r\n\r\n",
            "HTTP/1.1 204 [No] keep\nend\nHTTP/1.1 304 [No] keep\nend\n");
        row("1.0 and octets", "HTTP/1.0 204 No\r\n\r\nx",
            "HTTP/1.0 204 [No] close\nend\nfault HPE_INVALID_CONSTANT at 19\n");
    }

    /// Source: RFC 9112 section 6.3, rule 1.
    void statusWithoutBody()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, responseUntilEof()), expected);
    }

    void skipBody_headHasNoBody_data()
    {
        columns();
        row("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 5\nend\n");
        row("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: chunked\nend\n");
        row("no length", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 [OK] close\nend\n");
        row("and octets", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 5\nend\n"
            "fault HPE_INVALID_CONSTANT at 38\n");
        row("no length and octets", "HTTP/1.1 200 OK\r\n\r\nhello",
            "HTTP/1.1 200 [OK] close\nend\nfault HPE_INVALID_CONSTANT at 19\n");
        row("another response",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
            "HTTP/1.1 404 No\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 5\nend\n"
            "HTTP/1.1 404 [No] close\nConnection: close\nend\n");
        row("1.0", "HTTP/1.0 200 OK\r\n\r\nx",
            "HTTP/1.0 200 [OK] close\nend\nfault HPE_INVALID_CONSTANT at 19\n");
    }

    /// Responses to HEAD.
    void skipBody_headHasNoBody()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, { .kind = MessageKind::Response, .bodiless = true }), expected);
    }

    void informational_data()
    {
        columns();
        row("100, 103, 200",
            "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\nLink: a\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 100 [C] keep\nend\nHTTP/1.1 103 [E] keep\nLink: a\n"
            "end\nHTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n");
        row("length frames nothing",
            "HTTP/1.1 100 C\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\n"
            "Content-Length: 2\r\n\r\nok",
            "HTTP/1.1 100 [C] keep\nContent-Length: 5\nend\n"
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n");
        row("199", "HTTP/1.1 199 X\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 199 [X] keep\nContent-Length: 2\nend\n"
            "fault HPE_INVALID_CONSTANT at 37\n");
        row("101 without upgrade",
            "HTTP/1.1 101 S\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
            "\r\nok",
            "HTTP/1.1 101 [S] keep\nend\nHTTP/1.1 200 [OK] keep\n"
            "Content-Length: 2\nbody ok\nend\n");
    }

    void informational()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, response()), expected);
    }

    void informational_closing_isTheLast_data()
    {
        columns();
        row("1.0",
            "HTTP/1.0 100 C\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
            "\r\nok",
            "HTTP/1.0 100 [C] close\nend\nfault\n");
        row("close",
            "HTTP/1.1 100 C\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\n"
            "Content-Length: 2\r\n\r\nok",
            "HTTP/1.1 100 [C] close\nConnection: close\nend\nfault\n");
    }

    void informational_closing_isTheLast()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets, response())), expected);
    }

    void upgrade_data()
    {
        columns();
        row("101", "HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nrest",
            "HTTP/1.1 101 [S] keep upgrade\nUpgrade: x\n"
            "Connection: upgrade\ntunnel rest\n");
        row("200 announces",
            "HTTP/1.1 200 OK\r\nUpgrade: x\r\nConnection: upgrade\r\n"
            "Content-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [OK] keep\nUpgrade: x\nConnection: upgrade\n"
            "Content-Length: 2\nbody ok\nend\n");
        row("101 with a length",
            "HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n"
            "Content-Length: 2\r\n\r\nrest",
            "HTTP/1.1 101 [S] keep upgrade\nUpgrade: x\n"
            "Connection: upgrade\nContent-Length: 2\ntunnel rest\n");
    }

    /// Only a 101 that names a protocol switches.
    void upgrade()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, { .kind = MessageKind::Response, .tunnel = true }), expected);
    }

    void behindACompleteResponse_data()
    {
        columns();
        row("response",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
            "okHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n"
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n");
        row("garbage", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokgarbage",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n"
            "fault HPE_INVALID_CONSTANT at 40\n");
        row("empty line", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n");
        row("body too long", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokmore",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n"
            "fault HPE_INVALID_CONSTANT at 40\n");
        row("informational",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
            "okHTTP/1.1 103 E\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\nbody ok\nend\n"
            "HTTP/1.1 103 [E] keep\nend\n");
        row("garbage behind the last",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n"
            "\r\nok!",
            "HTTP/1.1 200 [OK] close\nConnection: close\n"
            "Content-Length: 2\nbody ok\nend\n"
            "fault HPE_INVALID_CONSTANT at 59\n");
        row("empty lines behind the last",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n"
            "\r\nok\r\n\r\n",
            "HTTP/1.1 200 [OK] close\nConnection: close\n"
            "Content-Length: 2\nbody ok\nend\n");
    }

    void behindACompleteResponse()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, response()), expected);
    }

    void endOfInput_data()
    {
        columns();
        row("nothing", "", "");
        row("version", "HTTP/1.", "fault HPE_INVALID_EOF_STATE at 7\n");
        row("reason", "HTTP/1.1 200 O", "fault HPE_INVALID_EOF_STATE at 14\n");
        row("status line", "HTTP/1.1 200 OK\r\n", "fault HPE_INVALID_EOF_STATE at 17\n");
        row("field", "HTTP/1.1 200 OK\r\nContent-Le", "fault HPE_INVALID_EOF_STATE at 27\n");
        row("before the body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 2\n"
            "fault HPE_INVALID_EOF_STATE at 38\n");
        row("in the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
            "HTTP/1.1 200 [OK] keep\nContent-Length: 5\nbody ab\n"
            "fault HPE_INVALID_EOF_STATE at 40\n");
        row("before the chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_EOF_STATE at 47\n");
        row("in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: chunked\nbody ab\n"
            "fault HPE_INVALID_EOF_STATE at 52\n");
        row("last chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "ab\r\n0\r\n",
            "HTTP/1.1 200 [OK] keep\nTransfer-Encoding: chunked\nbody ab\n"
            "fault HPE_INVALID_EOF_STATE at 57\n");
        row("behind 102", "HTTP/1.1 102 P\r\n\r\n", "HTTP/1.1 102 [P] keep\nend\n");
    }

    void endOfInput()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets, responseUntilEof()), expected);
    }
};

QTEST_GUILESS_MAIN(ResponseFramingTest)
#include "tst_responseframing.moc"

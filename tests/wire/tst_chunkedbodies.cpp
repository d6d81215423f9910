#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// The chunked coding. Source: RFC 9112 section 7.1; conformance `server-chunk*`, `client-chunk*`.
class ChunkedBodiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void size_data()
    {
        columns();
        row("a",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\na\r\n"
            "abcdefghij\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body abcdefghij\nend\n");
        row("A",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n"
            "abcdefghij\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body abcdefghij\nend\n");
        row("1a",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n"
            "abcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body abcdefghijklmnopqrstuvwxyz\nend\n");
        row("1A",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1A\r\n"
            "abcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body abcdefghijklmnopqrstuvwxyz\nend\n");
        row("0002",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0002\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody ab\n"
            "end\n");
        row("00000000000000000000000000002",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "00000000000000000000000000002\r\nab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody ab\n"
            "end\n");
        row(" 2",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n 2\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 48\n");
        row("\\t2",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\t2\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 48\n");
        row("+2",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n+2\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 48\n");
        row("-2",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 48\n");
        row("0x2",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 49\n");
        row("2h",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2h\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 49\n");
        row("g",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\ng\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 48\n");
        row("empty",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 48\n");
        row("2.",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2.\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 49\n");
        row("2,",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2,\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 49\n");
        row("\"2\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "\"2\"\r\nab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 48\n");
        row("2\\x00",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2\000\r\nab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 49\n");
        row("2\\t",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\t\r\n"
            "ab\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 49\n");
        row("-0",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-0\r\n"
            "\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 48\n");
        row("FFFFFFFFFFFFFFFF",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body abc\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\n");
        row("10000000000000000",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "10000000000000000\r\nabc\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_CHUNK_SIZE at 65\n");
        row("00000000000000000000000FFFFFFFFFFFFFFFF",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "00000000000000000000000FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body abc\\x0d\\x0a0\\x0d\\x0a\\x0d\\x0a\n");
    }

    /// Source: RFC 9112 section 7.1; conformance server-chunk-size-forms.
    void size()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void severalChunks_data()
    {
        columns();
        row("three",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body abcdef\nend\n");
        row("none", "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nend\n");
        row("many zeros in the last",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0000\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody a\nend\n");
        row("line ends as data",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n"
            "\r\n\r\n\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body \\x0d\\x0a\\x0d\\x0a\nend\n");
        row("a request as data",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n"
            "GET / HTTP/1.1\r\n\r\n\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body GET / HTTP/1.1\\x0d\\x0a\\x0d\\x0a\nend\n");
        row("a request behind it",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody a\n"
            "end\nGET / HTTP/1.1 keep\nend\n");
        row("garbage behind it",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\nx",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody a\n"
            "end\nfault HPE_INVALID_METHOD at 59\n");
    }

    void severalChunks()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void extensions_data()
    {
        columns();
        row(";a",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;a\r\n"
            "hi\r\n0;a\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=b\r\nhi\r\n0;a=b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=b;c=d",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=b;c=d\r\nhi\r\n0;a=b;c=d\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a;b;c",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a;b;c\r\nhi\r\n0;a;b;c\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\r\n"
            "hi\r\n0;a=\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=;b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=;b\r\nhi\r\n0;a=;b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";=b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;=b\r\n"
            "hi\r\n0;=b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=\"\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"\"\r\nhi\r\n0;a=\"\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=\"b c\\t;=,\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"b c\t;=,\"\r\nhi\r\n0;a=\"b c\t;=,\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=\"b\";c=\"d\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"b\";c=\"d\"\r\nhi\r\n0;a=\"b\";c=\"d\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=\"b\\\\\"c\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"b\\\"c\"\r\nhi\r\n0;a=\"b\\\"c\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=\"\\\\\\\\\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"\\\\\"\r\nhi\r\n0;a=\"\\\\\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=\"\\\\ \\\\\\t\\\\\351\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"\\ \\\t\\\351\"\r\nhi\r\n0;a=\"\\ \\\t\\\351\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=\"\351\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"\351\"\r\nhi\r\n0;a=\"\351\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";a=b\"c\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=b\"c\"\r\nhi\r\n0;a=b\"c\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
        row(";!#$%&'*+-.^_`|~1Z=x",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;!#$%&'*+-.^_`|~1Z=x\r\nhi\r\n0;!#$%&'*+-.^_`|~1Z=x\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "end\n");
    }

    /// Source: RFC 9112 section 7.1.1; Node 20.
    void extensions()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void extensions_malformed_areRefused_data()
    {
        columns();
        row(";",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;\r\n"
            "hi\r\n0;\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row("; a=b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2; a=b\r\nhi\r\n0; a=b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(" ;a=b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2 ;a=b\r\nhi\r\n0 ;a=b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(" ",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2 \r\n"
            "hi\r\n0 \r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a =b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a =b\r\nhi\r\n0;a =b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a= b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a= b\r\nhi\r\n0;a= b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a b\r\nhi\r\n0;a b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a ",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;a \r\n"
            "hi\r\n0;a \r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a==b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a==b\r\nhi\r\n0;a==b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\"b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"b\r\nhi\r\n0;a=\"b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\"b\"c",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"b\"c\r\nhi\r\n0;a=\"b\"c\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\"b\" ",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"b\" \r\nhi\r\n0;a=\"b\" \r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\"b\";",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"b\";\r\nhi\r\n0;a=\"b\";\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\"b\\\\",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"b\\\r\nhi\r\n0;a=\"b\\\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a\\x00b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a\000b\r\nhi\r\n0;a\000b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\\x01",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\001\r\nhi\r\n0;a=\001\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\"\\x01\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"\001\"\r\nhi\r\n0;a=\"\001\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\"\\x7f\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"\177\"\r\nhi\r\n0;a=\"\177\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\"\\\\\\x01\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\"\\\001\"\r\nhi\r\n0;a=\"\\\001\"\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a=\351",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a=\351\r\nhi\r\n0;a=\351\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a,b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a,b\r\nhi\r\n0;a,b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a/b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a/b\r\nhi\r\n0;a/b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";a\\rb",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a\rb\r\nhi\r\n0;a\rb\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row(";;",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;;\r\n"
            "hi\r\n0;;\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row("lf for a name",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;\nhi\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row("lf behind a name",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2;a\nhi\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
    }

    void extensions_malformed_areRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }

    void lineEnds_otherThanCrLf_areRefused_data()
    {
        columns();
        row("nothing behind the data",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("lf behind the data",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("cr behind the data",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("two line ends behind the data",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("space behind the data",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi \r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("data too long",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hiho\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("data too short",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n"
            "hi\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "body hi\\x0d\\x0a\nfault\n");
        row("lf behind the size",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2\nhi\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row("cr behind the size",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2\rhi\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
        row("lf behind the last size",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("cr behind the last size",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("lf as the blank line",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\n\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("cr and a letter as the blank line",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\n\rx",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("lf everywhere",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            "2\nhi\n0\n\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nfault\n");
    }

    void lineEnds_otherThanCrLf_areRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }
};

QTEST_GUILESS_MAIN(ChunkedBodiesTest)
#include "tst_chunkedbodies.moc"

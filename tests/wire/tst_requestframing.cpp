#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// Where the body of a request ends. Source: RFC 9112 section 6; conformance `server-content-length-*`,
/// `server-transfer-encoding-*`.
class RequestFramingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void contentLength_data()
    {
        columns();
        row("2", "POST /a HTTP/1.1\r\nContent-Length:2\r\n\r\nhi",
            "POST /a HTTP/1.1 keep\nContent-Length: 2\nbody hi\nend\n");
        row(" 2", "POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi",
            "POST /a HTTP/1.1 keep\nContent-Length: 2\nbody hi\nend\n");
        row("\\t2", "POST /a HTTP/1.1\r\nContent-Length:\t2\r\n\r\nhi",
            "POST /a HTTP/1.1 keep\nContent-Length: 2\nbody hi\nend\n");
        row(" 02", "POST /a HTTP/1.1\r\nContent-Length: 02\r\n\r\nhi",
            "POST /a HTTP/1.1 keep\nContent-Length: 02\nbody hi\nend\n");
        row(" 2 ", "POST /a HTTP/1.1\r\nContent-Length: 2 \r\n\r\nhi",
            "POST /a HTTP/1.1 keep\nContent-Length: 2\nbody hi\nend\n");
        row("  2  ", "POST /a HTTP/1.1\r\nContent-Length:  2  \r\n\r\nhi",
            "POST /a HTTP/1.1 keep\nContent-Length: 2\nbody hi\nend\n");
        row(" 00000000000000000000000000002",
            "POST /a HTTP/1.1\r\n"
            "Content-Length: 00000000000000000000000000002\r\n\r\nhi",
            "POST /a HTTP/1.1 keep\n"
            "Content-Length: 00000000000000000000000000002\nbody hi\nend\n");
        row(" +2", "POST /a HTTP/1.1\r\nContent-Length: +2\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 34\n");
        row(" -2", "POST /a HTTP/1.1\r\nContent-Length: -2\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 34\n");
        row(" 2,2", "POST /a HTTP/1.1\r\nContent-Length: 2,2\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row(" 2, 2", "POST /a HTTP/1.1\r\nContent-Length: 2, 2\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row(" 2 2", "POST /a HTTP/1.1\r\nContent-Length: 2 2\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 36\n");
        row(" 2;", "POST /a HTTP/1.1\r\nContent-Length: 2;\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row(" 0x2", "POST /a HTTP/1.1\r\nContent-Length: 0x2\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row(" 2a", "POST /a HTTP/1.1\r\nContent-Length: 2a\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row(" a2", "POST /a HTTP/1.1\r\nContent-Length: a2\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 34\n");
        row(" 2.0", "POST /a HTTP/1.1\r\nContent-Length: 2.0\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row("empty", "POST /a HTTP/1.1\r\nContent-Length:\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row(" ", "POST /a HTTP/1.1\r\nContent-Length: \r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 36\n");
        row("   ", "POST /a HTTP/1.1\r\nContent-Length:   \r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 38\n");
        row(" \"2\"", "POST /a HTTP/1.1\r\nContent-Length: \"2\"\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 34\n");
        row(" 2\\t", "POST /a HTTP/1.1\r\nContent-Length: 2\t\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row("  2\\t ", "POST /a HTTP/1.1\r\nContent-Length:  2\t \r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 36\n");
        row(" 18446744073709551615",
            "POST /a HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n"
            "\r\nhi",
            "POST /a HTTP/1.1 keep\nContent-Length: 18446744073709551615\n"
            "body hi\n");
        row(" 18446744073709551616",
            "POST /a HTTP/1.1\r\nContent-Length: 18446744073709551616\r\n"
            "\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 54\n");
        row(" 18446744073709551618",
            "POST /a HTTP/1.1\r\nContent-Length: 18446744073709551618\r\n"
            "\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 54\n");
        row(" 99999999999999999999999",
            "POST /a HTTP/1.1\r\n"
            "Content-Length: 99999999999999999999999\r\n\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 54\n");
    }

    /// Source: RFC 9112 section 6.2; conformance server-content-length-forms.
    void contentLength()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void contentLength_twice_isRefused_data()
    {
        columns();
        row("equal",
            "POST /a HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 2\r\n"
            "\r\nhi",
            "fault HPE_UNEXPECTED_CONTENT_LENGTH at 53\n");
        row("different",
            "POST /a HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 1\r\n"
            "\r\nhi",
            "fault HPE_UNEXPECTED_CONTENT_LENGTH at 53\n");
        row("case",
            "POST /a HTTP/1.1\r\nContent-Length: 2\r\ncontent-LENGTH: 2\r\n"
            "\r\nhi",
            "fault HPE_UNEXPECTED_CONTENT_LENGTH at 53\n");
        row("apart",
            "POST /a HTTP/1.1\r\nContent-Length: 2\r\nA: b\r\n"
            "Content-Length: 2\r\n\r\nhi",
            "fault HPE_UNEXPECTED_CONTENT_LENGTH at 59\n");
        row("zero",
            "POST /a HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n"
            "\r\n",
            "fault HPE_UNEXPECTED_CONTENT_LENGTH at 53\n");
        row("empty first",
            "POST /a HTTP/1.1\r\nContent-Length:\r\nContent-Length: 2\r\n"
            "\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 35\n");
        row("empty second",
            "POST /a HTTP/1.1\r\nContent-Length: 2\r\nContent-Length:\r\n"
            "\r\nhi",
            "fault HPE_INVALID_CONTENT_LENGTH at 54\n");
        row("on a GET",
            "GET /a HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n"
            "\r\n",
            "fault HPE_UNEXPECTED_CONTENT_LENGTH at 52\n");
    }

    void contentLength_twice_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void transferEncoding_data()
    {
        columns();
        row("chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody a\nend\n");
        row("CHUNKED",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: CHUNKED\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: CHUNKED\nbody a\nend\n");
        row("chunked ",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked \r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody a\nend\n");
        row("gzip, chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: gzip, chunked\n"
            "body a\nend\n");
        row("gzip,chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip,chunked\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: gzip,chunked\n"
            "body a\nend\n");
        row("gzip ,\\tchunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip ,\tchunked\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: gzip ,\\x09chunked\n"
            "body a\nend\n");
        row(", chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: , chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: , chunked\nbody a\n"
            "end\n");
        row("gzip;q=1, chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip;q=1, chunked\r\n"
            "\r\n1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: gzip;q=1, chunked\n"
            "body a\nend\n");
        row("gzip | chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: gzip\n"
            "Transfer-Encoding: chunked\nbody a\nend\n");
        row(" | chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: \r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: \n"
            "Transfer-Encoding: chunked\nbody a\nend\n");
        row("chunked | ",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: \r\n\r\n1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "Transfer-Encoding: \nbody a\nend\n");
        row("chunkedx, chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunkedx, chunked\r\n"
            "\r\n1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunkedx, chunked\n"
            "body a\nend\n");
        row("identity",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: identity\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 49\n");
        row("gzip",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n1\r\na\r\n"
            "0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: gzip\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 45\n");
        row("xchunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: xchunked\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 49\n");
        row("chunkedx",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunkedx\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunkedx\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 49\n");
        row("gzip chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip chunked\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: gzip chunked\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 53\n");
        row("chunked;a=b",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked;a=b\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked;a=b\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 52\n");
        row("\"chunked\"",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: \"chunked\"\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: \"chunked\"\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 50\n");
        row("chunked\\t",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\t\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 49\n");
        row("",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: \r\n\r\n1\r\na\r\n0\r\n"
            "\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: \nend\n"
            "fault HPE_INVALID_METHOD at 41\n");
    }

    /// A head is reported before its end turns out to be unknown.
    /// Source: RFC 9112 section 6.3; conformance NOTES "Messages" 7.
    void transferEncoding()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void transferEncoding_chunkedNotLast_isRefused_data()
    {
        columns();
        row("chunked, gzip",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("chunked, chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n"
            "\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("chunked,",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked,\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "fault\n");
        row("chunked ,",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked ,\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "fault\n");
        row("chunked,,gzip",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked,,gzip\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("chunked | chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("chunked | gzip",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: gzip\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("chunked | identity",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: identity\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("gzip, chunked | gzip",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n"
            "Transfer-Encoding: gzip\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("chunked |  | gzip",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: \r\nTransfer-Encoding: gzip\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "fault\n");
        row("chunked chunked",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked chunked\r\n\r\n"
            "1\r\na\r\n0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked chunked\n"
            "fault\n");
    }

    void transferEncoding_chunkedNotLast_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }

    void lengthAndTransferEncoding_areRefused_data()
    {
        columns();
        row("length, chunked",
            "POST /a HTTP/1.1\r\nContent-Length: 1\r\n"
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("chunked, length",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
            "Content-Length: 1\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "fault\n");
        row("length, gzip",
            "POST /a HTTP/1.1\r\nContent-Length: 1\r\n"
            "Transfer-Encoding: gzip\r\n\r\na",
            "fault\n");
        row("gzip, length",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: gzip\r\n"
            "Content-Length: 1\r\n\r\na",
            "fault\n");
        row("length, empty",
            "POST /a HTTP/1.1\r\nContent-Length: 1\r\n"
            "Transfer-Encoding:\r\n\r\na",
            "fault\n");
        row("empty, length",
            "POST /a HTTP/1.1\r\nTransfer-Encoding:\r\n"
            "Content-Length: 1\r\n\r\na",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: \n"
            "Content-Length: 1\nbody a\nend\n");
    }

    /// An empty coding in front of the length is no coding.
    void lengthAndTransferEncoding_areRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }

    void http10_data()
    {
        columns();
        row("chunked",
            "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            "a\r\n0\r\n\r\n",
            "POST /a HTTP/1.0 close\nTransfer-Encoding: chunked\nbody a\n"
            "end\n");
        row("length", "POST /a HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi",
            "POST /a HTTP/1.0 close\nContent-Length: 2\nbody hi\nend\n");
        row("no length", "POST /a HTTP/1.0\r\nHost: x\r\n\r\n",
            "POST /a HTTP/1.0 close\nHost: x\nend\n");
        row("gzip", "POST /a HTTP/1.0\r\nTransfer-Encoding: gzip\r\n\r\nhi",
            "POST /a HTTP/1.0 close\nTransfer-Encoding: gzip\n"
            "fault HPE_INVALID_TRANSFER_ENCODING at 45\n");
    }

    void http10()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }
};

QTEST_GUILESS_MAIN(RequestFramingTest)
#include "tst_requestframing.moc"

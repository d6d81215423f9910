#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// Trailer sections. Source: RFC 9112 section 7.1.2; conformance `server-chunked-trailers*`,
/// `client-chunked-trailers`.
class TrailersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void trailers_data()
    {
        columns();
        row("one",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: 1\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "trailer A: 1\nend\n");
        row("two",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: 1\r\nB:2\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "trailer A: 1\ntrailer B: 2\nend\n");
        row("duplicates",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: 1\r\na: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n"
            "\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "trailer A: 1\ntrailer a: 2\ntrailer Set-Cookie: a\n"
            "trailer Set-Cookie: b\nend\n");
        row("empty value",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA:\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "trailer A: \nend\n");
        row("blanks",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: \t b \t \r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "trailer A: b\nend\n");
        row("latin1",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: \351\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "trailer A: \\xe9\nend\n");
        row("names of head fields",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nHost: y\r\nConnection: keep-alive\r\nUpgrade: x\r\n"
            "\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "trailer Host: y\ntrailer Connection: keep-alive\n"
            "trailer Upgrade: x\nend\n");
        row("no colon",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault HPE_INVALID_HEADER_TOKEN at 59\n");
        row("control character",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: \001\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault HPE_INVALID_HEADER_TOKEN at 61\n");
        row("cr in the value",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: b\rc\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault HPE_LF_EXPECTED at 63\n");
        row("separator in the name",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA(: b\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault HPE_INVALID_HEADER_TOKEN at 59\n");
    }

    /// Source: RFC 9112 section 7.1.2.
    void trailers()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void trailers_smuggling_areRefused_data()
    {
        columns();
        row("content-length",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nContent-Length: 5\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("content-length behind another",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: b\r\ncontent-length: 0\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("transfer-encoding",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("transfer-encoding, gzip",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nTRANSFER-ENCODING: gzip\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("space before the colon",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA : 1\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("fold",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: 1\r\n 2\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("blank first",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\n A: 1\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("lf behind a field",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\nA: 1\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
        row("empty name",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
            "hi\r\n0\r\n: 1\r\n\r\n",
            "POST /a HTTP/1.1 keep\nTransfer-Encoding: chunked\nbody hi\n"
            "fault\n");
    }

    /// Source: RFC 9110 section 6.5.1; conformance server-chunked-trailers-hardened.
    void trailers_smuggling_areRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }
};

QTEST_GUILESS_MAIN(TrailersTest)
#include "tst_trailers.moc"

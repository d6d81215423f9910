#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

/// Versions of request lines. Source: RFC 9112 section 2.3; conformance `server-version-forms`,
/// `server-simple-request-http09`.
class RequestVersionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void version_data()
    {
        columns();
        row("HTTP/1.1", "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /a HTTP/1.1 keep\nHost: x\nend\n");
        row("HTTP/1.0", "GET /a HTTP/1.0\r\nHost: x\r\n\r\n",
            "GET /a HTTP/1.0 close\nHost: x\nend\n");
        row("HTTP/0.9", "GET /a HTTP/0.9\r\nHost: x\r\n\r\n",
            "GET /a HTTP/0.9 close\nHost: x\nend\n");
        row("HTTP/2.0", "GET /a HTTP/2.0\r\nHost: x\r\n\r\n",
            "GET /a HTTP/2.0 close\nHost: x\nend\n");
        row("HTTP/2", "GET /a HTTP/2\r\nHost: x\r\n\r\n", "fault HPE_INVALID_VERSION at 13\n");
        row("HTTP/1.", "GET /a HTTP/1.\r\nHost: x\r\n\r\n", "fault HPE_INVALID_VERSION at 14\n");
        row("HTTP/.1", "GET /a HTTP/.1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_VERSION at 12\n");
        row("HTTP/1.10", "GET /a HTTP/1.10\r\nHost: x\r\n\r\n",
            "fault HPE_INVALID_VERSION at 15\n");
        row("HTTP/01.1", "GET /a HTTP/01.1\r\nHost: x\r\n\r\n",
            "fault HPE_INVALID_VERSION at 13\n");
        row("HTTP/1.01", "GET /a HTTP/1.01\r\nHost: x\r\n\r\n",
            "fault HPE_INVALID_VERSION at 15\n");
        row("HTTP/11.1", "GET /a HTTP/11.1\r\nHost: x\r\n\r\n",
            "fault HPE_INVALID_VERSION at 13\n");
        row("HTTP/1,1", "GET /a HTTP/1,1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_VERSION at 13\n");
        row("HTTP/1.x", "GET /a HTTP/1.x\r\nHost: x\r\n\r\n", "fault HPE_INVALID_VERSION at 14\n");
        row("HTTP/x.1", "GET /a HTTP/x.1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_VERSION at 12\n");
        row("HTTP 1.1", "GET /a HTTP 1.1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 11\n");
        row("HTTP", "GET /a HTTP\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 11\n");
        row("HTTP/", "GET /a HTTP/\r\nHost: x\r\n\r\n", "fault HPE_INVALID_VERSION at 12\n");
        row("http/1.1", "GET /a http/1.1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 7\n");
        row("Http/1.1", "GET /a Http/1.1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 8\n");
        row("HTTPS/1.1", "GET /a HTTPS/1.1\r\nHost: x\r\n\r\n",
            "fault HPE_INVALID_CONSTANT at 11\n");
        row("HTP/1.1", "GET /a HTP/1.1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 9\n");
        row("FTP/1.1", "GET /a FTP/1.1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 7\n");
        row("1.1", "GET /a 1.1\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 7\n");
        row("ICE/1.0", "GET /a ICE/1.0\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 11\n");
        row("RTSP/1.0", "GET /a RTSP/1.0\r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 7\n");
        row("none", "GET /a \r\nHost: x\r\n\r\n", "fault HPE_INVALID_CONSTANT at 7\n");
    }

    void version()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }

    void version_unknown_isRefused_data()
    {
        columns();
        row("HTTP/0.0", "GET /a HTTP/0.0\r\nHost: x\r\n\r\n", "fault\n");
        row("HTTP/1.2", "GET /a HTTP/1.2\r\nHost: x\r\n\r\n", "fault\n");
        row("HTTP/1.9", "GET /a HTTP/1.9\r\nHost: x\r\n\r\n", "fault\n");
        row("HTTP/2.1", "GET /a HTTP/2.1\r\nHost: x\r\n\r\n", "fault\n");
        row("HTTP/3.0", "GET /a HTTP/3.0\r\nHost: x\r\n\r\n", "fault\n");
        row("HTTP/9.9", "GET /a HTTP/9.9\r\nHost: x\r\n\r\n", "fault\n");
    }

    void version_unknown_isRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(verdict(transcript(octets)), expected);
    }

    void withoutVersion_data()
    {
        columns();
        row("blank line", "GET /a\r\n\r\n", "GET /a HTTP/0.9 close\nend\n");
        row("fields", "GET /a\r\nHost: x\r\nA: b\r\n\r\n",
            "GET /a HTTP/0.9 close\nHost: x\nA: b\nend\n");
        row("bare lf", "GET /a\nHost: x\r\n\r\n", "GET /a HTTP/0.9 close\nHost: x\nend\n");
        row("space behind the target", "GET /a \r\n\r\n", "fault HPE_INVALID_CONSTANT at 7\n");
        row("cr and more", "GET /a\rb\r\n\r\n", "fault HPE_INVALID_URL at 7\n");
        row("icecast source", "SOURCE /a ICE/1.0\r\n\r\n", "SOURCE /a HTTP/1.0 close\nend\n");
    }

    /// HTTP/0.9 requests. Source: conformance server-simple-request-http09.
    void withoutVersion()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(transcript(octets), expected);
    }
};

QTEST_GUILESS_MAIN(RequestVersionTest)
#include "tst_requestversion.moc"

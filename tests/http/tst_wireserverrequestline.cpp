// Request lines on a live server. Source: RFC 9112 section 3; conformance wire/server-*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerRequestLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void spaces_inRequestLine_data()
    {
        columns();
        openRow("one empty line first",
            "\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("three empty lines first",
            "\r\n\r\n\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("space first", " GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("tab first", "\tGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("two spaces after the method",
            "GET  /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("tab after the method", "GET\t/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 3\n"
            "wire '<400>'");
        openRow("two spaces after the target",
            "GET /a  HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("space after the version",
            "GET /a HTTP/1.1 \r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 15\n"
            "wire '<400>'");
        openRow("text after the version",
            "GET /a HTTP/1.1 x\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 15\n"
            "wire '<400>'");
        openRow("method only", "GET\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 3\n"
            "wire '<400>'");
        openRow("method and space", "GET \r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_URL bytesParsed 5\n"
            "wire '<400>'");
        openRow("nothing but spaces", "   \r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("line break in the method",
            "GE\r\nT /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 2\n"
            "wire '<400>'");
    }

    // conformance: wire/server-request-line-spaces
    void spaces_inRequestLine() { checkServed({ .countsHeaders = true }); }

    void target_anyForm_arrivesByteForByte_data()
    {
        columns();
        openRow("origin", "GET /a/b?c=d&e HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a/b?c=d&e', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("dot segments and double slashes",
            "GET /a/../b//./c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a/../b//./c', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("percent escapes",
            "GET /%41%2f%zz% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/%41%2f%zz%', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("query only path", "GET /? HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/?', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("fragment", "GET /a#frag HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a#frag', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("query and fragment",
            "GET /a?b#c?d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a?b#c?d', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("two slashes first",
            "GET //host/path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '//host/path', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("absolute",
            "GET http://h.example:81/a?b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET 'http://h.example:81/a?b', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("absolute, no path",
            "GET http://h.example HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET 'http://h.example', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("absolute, no path, query",
            "GET http://h.example?q HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET 'http://h.example?q', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("absolute, user info",
            "GET http://u:p@h.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET 'http://u:p@h.example/', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("absolute, two at signs",
            "GET http://a@b@c/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET 'http://a@b@c/', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("absolute, other scheme",
            "GET ftp://h.example/f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET 'ftp://h.example/f', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("absolute, ipv6",
            "GET http://[::1]:80/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET 'http://[::1]:80/', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("asterisk with OPTIONS",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request OPTIONS '*', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("asterisk with GET", "GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '*', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
        openRow("unusual but legal characters",
            "GET /!\"'()*,-.:;<=>@[\\]^_`{|}~ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/!\"\\'()*,-.:;<=>@[\\\\]^_`{|}~', 2 headers\n"
            "body '' trailers [] {}\n"
            "wire '<ok, close>'");
    }

    // conformance: wire/server-target-forms
    void target_anyForm_arrivesByteForByte() { checkServed({ .countsHeaders = true }); }

    void version_onlyKnownForms_areTaken_data()
    {
        columns();
        row("HTTP/1.1", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("HTTP/1.0", "GET /a HTTP/1.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.0\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("HTTP/0.9", "GET /a HTTP/0.9\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/0.9\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("HTTP/2.0", "GET /a HTTP/2.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/2.0\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("HTTP/1", "GET /a HTTP/1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 13\n"
            "wire '<400>'");
        row("HTTP/1.", "GET /a HTTP/1.\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 14\n"
            "wire '<400>'");
        row("HTTP/.1", "GET /a HTTP/.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 12\n"
            "wire '<400>'");
        row("HTTP/1.10", "GET /a HTTP/1.10\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 15\n"
            "wire '<400>'");
        row("HTTP/01.1", "GET /a HTTP/01.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 13\n"
            "wire '<400>'");
        row("HTTP/1.01", "GET /a HTTP/1.01\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 15\n"
            "wire '<400>'");
        row("HTTP/11.1", "GET /a HTTP/11.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 13\n"
            "wire '<400>'");
        row("HTTP/1,1", "GET /a HTTP/1,1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 13\n"
            "wire '<400>'");
        row("HTTP/1.a", "GET /a HTTP/1.a\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 14\n"
            "wire '<400>'");
        row("HTTP 1.1", "GET /a HTTP 1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 11\n"
            "wire '<400>'");
        row("HTTP", "GET /a HTTP\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 11\n"
            "wire '<400>'");
        row("HTTP/", "GET /a HTTP/\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_VERSION bytesParsed 12\n"
            "wire '<400>'");
        row("http/1.1", "GET /a http/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 7\n"
            "wire '<400>'");
        row("Http/1.1", "GET /a Http/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 8\n"
            "wire '<400>'");
        row("HTTPS/1.1", "GET /a HTTPS/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 11\n"
            "wire '<400>'");
        row("HTP/1.1", "GET /a HTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 9\n"
            "wire '<400>'");
        row("FOO/1.1", "GET /a FOO/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 7\n"
            "wire '<400>'");
        row("1.1", "GET /a 1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 7\n"
            "wire '<400>'");
    }

    // conformance: wire/server-version-forms
    void version_onlyKnownForms_areTaken() { checkServed(); }

    void requestWithoutVersion_isHttp09_data()
    {
        columns();
        row("line only", "GET /a\r\n",
            "clientError HPE_INVALID_EOF_STATE bytesParsed 0\n"
            "wire '<400>'");
        row("line and empty line", "GET /a\r\n\r\n",
            "request GET '/a' HTTP/0.9\n"
            "rawHeaders []\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("line and headers", "GET /a\r\nHost: x\r\n\r\n",
            "request GET '/a' HTTP/0.9\n"
            "rawHeaders ['Host','x']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("trailing space", "GET /a \r\n\r\n",
            "clientError HPE_INVALID_CONSTANT bytesParsed 7\n"
            "wire '<400>'");
        row("lf", "GET /a\n",
            "clientError HPE_INVALID_EOF_STATE bytesParsed 0\n"
            "wire '<400>'");
        row("http/0.9 spelled out", "GET /a HTTP/0.9\r\n\r\n",
            "request GET '/a' HTTP/0.9\n"
            "rawHeaders []\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
    }

    // conformance: wire/server-simple-request-http09
    void requestWithoutVersion_isHttp09() { checkServed(); }

    void otherProtocols_areRefusedAtOnce_data()
    {
        columns();
        openRow("tls client hello", "\026\003\001\002\000\001\000\001\374\003\003",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("zeros", "\000\000\000\000\000\000\000\000",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("0xff", "\377\377\377\377",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("socks5", "\005\001\000",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("ssh banner", "SSH-2.0-OpenSSH_8.0\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 1\n"
            "wire '<400>'");
        openRow("smtp", "EHLO example.test\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("http response", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 1\n"
            "wire '<400>'");
        openRow("json", "{\"a\":1}\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("utf-8 byte order mark", "\357\273\277GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
    }

    // conformance: wire/server-binary-garbage
    void otherProtocols_areRefusedAtOnce() { checkServed(); }
};

QTEST_GUILESS_MAIN(WireServerRequestLineTest)
#include "tst_wireserverrequestline.moc"

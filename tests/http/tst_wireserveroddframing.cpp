// Framing of requests near that of the conformance tables. Source: RFC 9112 section 6; recorded on Node 15.14 and
// Node 20.20.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerOddFramingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void contentLength_data()
    {
        columns();
        row("cl Content-Length: 2\\r\\nContent-Length: 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nContent-Length: 2\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 2\\r\\nContent-Length: 3",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nContent-Length: 3\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: +2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: +2\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: -2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: -2\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 2 ",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2 \r\n\r\nhi",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("cl Content-Length: 2\\t",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\t\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 2 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2 2\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 0x2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0x2\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length:",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length:\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 2, 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2, 2\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 99999999999999999999",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "99999999999999999999\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 2\\x01",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\001\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length : 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length : 2\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 2\\r\\n 3",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n 3\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: \\r\\n 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \r\n 2\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void contentLength() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void transferEncoding_data()
    {
        columns();
        row("te chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("te Chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "Chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','Chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("te chunked ",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked "
            "\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("te chunked\\t",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\t\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te chunked\\x01",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\001\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te gzip, chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: gzip, "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','gzip, chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("te gzip",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "gzip\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','gzip']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te identity",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "identity\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','identity']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te ",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','']\n"
            "clientError HPE_*\n"
            "body '' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("te chunked,chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked,chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te chunked chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te xchunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "xchunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','xchunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te chunkedx",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunkedx\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunkedx']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te chunked;a=b",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked;a=b\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked;a=b']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te  chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding:  "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("te \"chunked\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "\"chunked\"\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','\"chunked\"']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te \\r\\n chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: \r\n "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void transferEncoding() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void transferEncodingWithLength_data()
    {
        columns();
        row("te+cl chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl+te chunked ",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nTransfer-Encoding: chunked \r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te+cl gzip, chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: gzip, "
            "chunked\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl+te identity",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nTransfer-Encoding: identity\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl+te chunked,chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nTransfer-Encoding: chunked,chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te+cl chunkedx",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunkedx\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl+te  chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nTransfer-Encoding:  chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te+cl gzip,\\r\\n chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: gzip,\r\n "
            "chunked\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void transferEncodingWithLength() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void surplus_data()
    {
        columns();
        row("surplus behind close x", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nx",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "clientError HPE_*\n"
            "body '' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind body x",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhix",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "clientError HPE_*\n"
            "body 'hi' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind close \\r\\n",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind body \\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind close GET /b HTTP/1.1\\r\\nHos",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\nHost: "
            "x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "clientError HPE_*\n"
            "body '' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind body GET /b HTTP/1.1\\r\\nHos",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhiGET /b "
            "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "clientError HPE_*\n"
            "body 'hi' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind close \\n", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind body \\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind close \\r", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\r",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind body \\r",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi\r",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind close \\r\\n\\r\\nGET /b HTTP/1.1\\r",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\r\n\r\nGET /b "
            "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "clientError HPE_*\n"
            "body '' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind body \\r\\n\\r\\nGET /b HTTP/1.1\\r",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\n\r\nhi\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "clientError HPE_*\n"
            "body 'hi' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind close  GET /b HTTP/1.1\\r\\nHo",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n GET /b HTTP/1.1\r\nHost: "
            "x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "clientError HPE_*\n"
            "body '' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind body  GET /b HTTP/1.1\\r\\nHo",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi GET "
            "/b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "clientError HPE_*\n"
            "body 'hi' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind close \\x00",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\000",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "clientError HPE_*\n"
            "body '' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
        row("surplus behind body \\x00",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi\000",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "clientError HPE_*\n"
            "body 'hi' trailers []\n"
            "wire '<400>'",
            "GET", Sending::Uncut);
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void surplus() { checkServed({ .bytesParsed = false, .anyCode = true }); }
};

QTEST_GUILESS_MAIN(WireServerOddFramingTest)
#include "tst_wireserveroddframing.moc"

// insecureHTTPParser on a live server: what it relaxes, and what it leaves. Source: reference http.createServer(), insecureHTTPParser;
// recorded on Node 15.14 and Node 20.20 with the option.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerInsecureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void oddInput_withoutOption_isRefused_data()
    {
        columns();
        row("value 0x01", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\001c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("value 0x0b", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\013c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("value 0x1f", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\037c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("value 0x7f", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\177c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    // conformance: wire/server-insecure-http-parser
    void oddInput_withoutOption_isRefused()
    {
        checkServed({ .bytesParsed = false, .anyCode = true });
    }

    void oddInput_withOption_isTaken_data()
    {
        columns();
        row("value 0x01", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\001c\r\n\r\n",
            "request GET '/' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b\\u0001c']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("value 0x0b", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\013c\r\n\r\n",
            "request GET '/' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b\\u000bc']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("value 0x1f", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\037c\r\n\r\n",
            "request GET '/' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b\\u001fc']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("value 0x7f", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\177c\r\n\r\n",
            "request GET '/' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b\\u007fc']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A: b\\x01",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\001\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b\\u0001']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A: b\\x00c",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\000c\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b\\u0000c']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A: b\\x7f",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\177\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b\\u007f']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A: b\\r\\n c",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\n c\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b c']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A: b\\r\\n\\tc",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\n\tc\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b\\tc']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A: b\\r\\n  c\\r\\n  d",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\n  c\r\n  d\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b  c  d']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A:\\r\\n b",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA:\r\n b\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("field A: b\\r\\n \\r\\nB: c",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\n \r\nB: c\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','A','b','B','c']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("line ends GET /a HTTP/1.1\\nHost: x\\nConnection: close\\n\\n",
            "GET /a HTTP/1.1\nHost: x\nConnection: close\n\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("line ends GET /a HTTP/1.1\\r\\nHost: x\\nConnection: close\\r\\n\\r\\n",
            "GET /a HTTP/1.1\r\nHost: x\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("line ends GET /a HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\n",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("line ends GET /a HTTP/1.1\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n",
            "GET /a HTTP/1.1\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("line ends GET /a HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\n\\r\\n",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("cl Content-Length: \\r\\n 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \r\n 2\r\n\r\nhi",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("te chunked\\t",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\t\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te chunked\\x01",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\001\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked\\u0001']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te gzip",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "gzip\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','gzip']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te identity",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "identity\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','identity']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te chunked, gzip",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked, "
            "gzip\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked, gzip']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te chunked,chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked,chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked,chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("te xchunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "xchunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','xchunked']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te chunkedx",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunkedx\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunkedx']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te chunked;a=b",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked;a=b\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked;a=b']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te \"chunked\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "\"chunked\"\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','\"chunked\"']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te chunked,",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked,\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked,']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te gzip,\\r\\n chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: gzip,\r\n "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','gzip, chunked']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te \\r\\n chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: \r\n "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("version HTTP/0.0", "GET /a HTTP/0.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/0.0\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("version HTTP/1.2", "GET /a HTTP/1.2\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.2\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("version HTTP/1.9", "GET /a HTTP/1.9\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.9\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("version HTTP/2.5", "GET /a HTTP/2.5\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/2.5\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("version HTTP/3.0", "GET /a HTTP/3.0\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/3.0\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'");
        row("version HTTP/9.9", "GET /a HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/9.9\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        row("surplus behind close GET /b HTTP/1.1\\r\\nHos",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\nHost: "
            "x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "request GET '/b' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "body '' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind 1.0 GET /b HTTP/1.1\\r\\nHos",
            "GET /a HTTP/1.0\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.0\n"
            "rawHeaders []\n"
            "request GET '/b' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'",
            "GET", Sending::Uncut);
        row("surplus behind body GET /b HTTP/1.1\\r\\nHos",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhiGET /b "
            "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "request GET '/b' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body 'hi' trailers []\n"
            "body '' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind close \\r\\n\\r\\nGET /b HTTP/1.1\\r",
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\r\n\r\nGET /b "
            "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "request GET '/b' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "body '' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("surplus behind 1.0 \\r\\n\\r\\nGET /b HTTP/1.1\\r",
            "GET /a HTTP/1.0\r\n\r\n\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: "
            "close\r\n\r\n",
            "request GET '/a' HTTP/1.0\n"
            "rawHeaders []\n"
            "request GET '/b' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\n\\r\\nok'",
            "GET", Sending::Uncut);
        row("surplus behind body \\r\\n\\r\\nGET /b HTTP/1.1\\r",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\n\r\nhi\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Content-Length','2']\n"
            "request GET '/b' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body 'hi' trailers []\n"
            "body '' trailers []\n"
            "wire '<ok, close>'",
            "GET", Sending::Uncut);
        row("chunks 2\\r\\nhi\\r\\n0\\r\\n\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("chunks 2 \\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2 \r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("chunks 2 ;a\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2 ;a\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("chunks 2  ;a\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2  ;a\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("trailer A: b\\r\\n c",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\r\n c\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['A','b c']\n"
            "wire '<ok, close>'");
        row("trailer A: b\\x01",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\001\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['A','b\\u0001']\n"
            "wire '<ok, close>'");
        row("trailer Content-Length: 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nContent-Length: 2\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Content-Length','2']\n"
            "wire '<ok, close>'");
        row("trailer content-length: 0",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\ncontent-length: 0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['content-length','0']\n"
            "wire '<ok, close>'");
        row("trailer Transfer-Encoding: chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Transfer-Encoding','chunked']\n"
            "wire '<ok, close>'");
        row("trailer Transfer-Encoding: gzip",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nTransfer-Encoding: gzip\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Transfer-Encoding','gzip']\n"
            "wire '<ok, close>'");
        row("trailer A: b\\nB: c",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\nB: c\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['A','b','B','c']\n"
            "wire '<ok, close>'");
        row("te+cl chunked\\t",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\t\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders "
            "['Host','x','Connection','close','Transfer-Encoding','chunked','Content-Length','2']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te+cl chunked, gzip",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked, "
            "gzip\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked, "
            "gzip','Content-Length','2']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
        row("te+cl \"chunked\"",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "\"chunked\"\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders "
            "['Host','x','Connection','close','Transfer-Encoding','\"chunked\"','Content-Length','"
            "2']\n"
            "body '2\\r\\nhi\\r\\n0\\r\\n\\r\\n' trailers []\n"
            "wire ''");
    }

    /// Refused without the option. conformance: wire/server-insecure-http-parser
    void oddInput_withOption_isTaken()
    {
        checkServed({ .bytesParsed = false, .anyCode = true, .insecure = true });
    }

    void oddInput_withOption_isStillRefused_data()
    {
        columns();
        row("field A : b", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA : b\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field :", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n:\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("field A=b: c", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA=b: c\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length: 2\\r\\nContent-Length: 3",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nContent-Length: 3\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl Content-Length:",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length:\r\n\r\nhi",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl+te chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("cl+te gzip, chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            "2\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("te+cl  chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding:  "
            "chunked\r\nContent-Length: 2\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("version http/1.1", "GET /a http/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target /\351", "GET /\351 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target ", "GET  HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("target http:/a", "GET http:/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("method ANNOUNCE", "ANNOUNCE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2;a\\rhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a\rhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks -2\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n-2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2;a=\"b\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"b\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer  A: b",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n A: b\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// Refused with and without it.
    void oddInput_withOption_isStillRefused()
    {
        checkServed({ .bytesParsed = false, .anyCode = true, .insecure = true });
    }
};

QTEST_GUILESS_MAIN(WireServerInsecureTest)
#include "tst_wireserverinsecure.moc"

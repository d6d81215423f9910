// Chunks and trailers of requests near those of the conformance tables. Source: RFC 9112 section 7.1; recorded on
// Node 15.14 and Node 20.20.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerOddChunksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void chunks_data()
    {
        columns();
        row("chunks 2\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\r\\nhi\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\r\\nhi\\r\\n0\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\r\\nhi\\r\\n0\\r\\n\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2 \\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2 \r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\t\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\t\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks  2\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n 2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2 ;a\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2 ;a\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2  ;a\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2  ;a\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2;a\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a\nhi\r\n0\r\n\r\n",
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
        row("chunks 2\\rhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\rhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\r\\nhi0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\r\\nhix\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhix\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 0x2\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n0x2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks +2\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n+2\r\nhi\r\n0\r\n\r\n",
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
        row("chunks \\r\\n2\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\r\\nhi\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2\\r\\nhi\\r\\n0\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2;\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2;a=\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("chunks 2;=b\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;=b\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("chunks 2;a=b=c\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=b=c\r\nhi\r\n0\r\n\r\n",
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
        row("chunks 2;a=\"\\\"\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"\\\"\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("chunks 2;a=\"\\\"\"\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"\\\"\"\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("chunks 2;a=b;c;d=\"e\"\\r\\nhi\\r\\n0;f\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=b;c;d=\"e\"\r\nhi\r\n0;f\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("chunks 2;a=\"b\";c\\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"b\";c\r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers []\n"
            "wire '<ok, close>'");
        row("chunks 2;a=\"b\" \\r\\nhi\\r\\n0\\r\\n\\r\\n",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2;a=\"b\" \r\nhi\r\n0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void chunks() { checkServed({ .bytesParsed = false, .anyCode = true }); }

    void trailers_data()
    {
        columns();
        row("trailer A: b",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['A','b']\n"
            "wire '<ok, close>'");
        row("trailer A : b",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA : b\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer A: b\\r\\n c",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\r\n c\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer : b",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\n: b\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer A: b\\x01",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\001\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer A: b\\x80",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\200\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['A','b\\u0080']\n"
            "wire '<ok, close>'");
        row("trailer Content-Length: 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nContent-Length: 2\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer content-length: 0",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\ncontent-length: 0\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer Transfer-Encoding: chunked",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer Transfer-Encoding: gzip",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nTransfer-Encoding: gzip\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer Connection: close",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nConnection: close\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Connection','close']\n"
            "wire '<ok, close>'");
        row("trailer Host: x",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nHost: x\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Host','x']\n"
            "wire '<ok, close>'");
        row("trailer Upgrade: x",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nUpgrade: x\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Upgrade','x']\n"
            "wire '<ok, close>'");
        row("trailer A",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer A: b\\nB: c",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\nB: c\r\n\r\n",
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
        row("trailer A: b\\rB: c",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nA: b\rB: c\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer Trailer: A",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nTrailer: A\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Trailer','A']\n"
            "wire '<ok, close>'");
        row("trailer Content-Length : 2",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nContent-Length : 2\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "clientError HPE_*\n"
            "wire '<400>'");
        row("trailer X-Content-Length: 3",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Content-Length: 3\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['X-Content-Length','3']\n"
            "wire '<ok, close>'");
        row("trailer Content-LengthX: 3",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nContent-LengthX: 3\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Content-LengthX','3']\n"
            "wire '<ok, close>'");
        row("trailer Transfer-Encodin: a",
            "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhi\r\n0\r\nTransfer-Encodin: a\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close','Transfer-Encoding','chunked']\n"
            "body 'hi' trailers ['Transfer-Encodin','a']\n"
            "wire '<ok, close>'");
    }

    /// The stricter of Node 15.14 and Node 20.20.
    void trailers() { checkServed({ .bytesParsed = false, .anyCode = true }); }
};

QTEST_GUILESS_MAIN(WireServerOddChunksTest)
#include "tst_wireserveroddchunks.moc"

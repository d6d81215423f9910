// Methods on a live server. Source: reference http.METHODS; conformance wire/server-methods-*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerMethodsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void method_known_isTaken_data()
    {
        columns();
        openRow("ACL", "ACL /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request ACL '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("BIND", "BIND /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request BIND '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("CHECKOUT", "CHECKOUT /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request CHECKOUT '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("COPY", "COPY /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request COPY '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("DELETE", "DELETE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request DELETE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("GET", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("HEAD", "HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request HEAD '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire 'HTTP/1.1 200 OK\\r\\nDate: <date>\\r\\nConnection: close\\r\\nContent-Length: "
            "2\\r\\n\\r\\n'");
        openRow("LINK", "LINK /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request LINK '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("LOCK", "LOCK /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request LOCK '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("M-SEARCH", "M-SEARCH /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request M-SEARCH '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("MERGE", "MERGE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request MERGE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("MKACTIVITY", "MKACTIVITY /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request MKACTIVITY '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("MKCALENDAR", "MKCALENDAR /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request MKCALENDAR '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("MKCOL", "MKCOL /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request MKCOL '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("MOVE", "MOVE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request MOVE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("NOTIFY", "NOTIFY /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request NOTIFY '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("OPTIONS", "OPTIONS /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request OPTIONS '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("PATCH", "PATCH /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request PATCH '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("POST", "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request POST '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("PROPFIND", "PROPFIND /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request PROPFIND '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("PROPPATCH", "PROPPATCH /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request PROPPATCH '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("PURGE", "PURGE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request PURGE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("PUT", "PUT /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request PUT '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("REBIND", "REBIND /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request REBIND '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("REPORT", "REPORT /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request REPORT '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("SEARCH", "SEARCH /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request SEARCH '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("SOURCE", "SOURCE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request SOURCE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("SUBSCRIBE", "SUBSCRIBE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request SUBSCRIBE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("TRACE", "TRACE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request TRACE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("UNBIND", "UNBIND /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request UNBIND '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("UNLINK", "UNLINK /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request UNLINK '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("UNLOCK", "UNLOCK /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request UNLOCK '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("UNSUBSCRIBE", "UNSUBSCRIBE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "request UNSUBSCRIBE '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
    }

    // conformance: wire/server-methods-all-accepted
    void method_known_isTaken() { checkServed(); }

    void method_unknown_isRefused_data()
    {
        columns();
        openRow("\"XYZ\"", "XYZ /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("\"get\"", "get /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("\"Get\"", "Get /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 1\n"
            "wire '<400>'");
        openRow("\"gET\"", "gET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("\"GETX\"", "GETX /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 3\n"
            "wire '<400>'");
        openRow("\"GE\"", "GE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 2\n"
            "wire '<400>'");
        openRow("\"G\"", "G /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 1\n"
            "wire '<400>'");
        openRow("\"POSTS\"", "POSTS /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 4\n"
            "wire '<400>'");
        openRow("\"PUTT\"", "PUTT /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 3\n"
            "wire '<400>'");
        openRow("\"XGET\"", "XGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("\"M-SEARCHX\"", "M-SEARCHX /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 8\n"
            "wire '<400>'");
        openRow("\"M_SEARCH\"", "M_SEARCH /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 1\n"
            "wire '<400>'");
        openRow("\"PROPFINDS\"", "PROPFINDS /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 8\n"
            "wire '<400>'");
        openRow("\"BREW\"", "BREW /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 1\n"
            "wire '<400>'");
        openRow("\"*\"", "* /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("\"1\"", "1 /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("\"GET,\"", "GET, /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 3\n"
            "wire '<400>'");
        openRow("\"GET\\u0000\"", "GET\000 /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 3\n"
            "wire '<400>'");
        openRow("\"\\u00e9\"", "\351 /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 0\n"
            "wire '<400>'");
        openRow("\"CONNECTS\"", "CONNECTS /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 7\n"
            "wire '<400>'");
        openRow("\"OPTION\"", "OPTION /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 6\n"
            "wire '<400>'");
        openRow("\"HEADER\"", "HEADER /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_METHOD bytesParsed 4\n"
            "wire '<400>'");
    }

    // conformance: wire/server-methods-refused
    void method_unknown_isRefused() { checkServed(); }
};

QTEST_GUILESS_MAIN(WireServerMethodsTest)
#include "tst_wireservermethods.moc"

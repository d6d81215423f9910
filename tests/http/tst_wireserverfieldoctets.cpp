// Octets of field names and values on a live server. Source: RFC 9110 section 5; conformance
// wire/server-header-name-token-chars, server-control-chars-in-header-value.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http::test;

class WireServerFieldOctetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void nameOctet_token_isTaken_data()
    {
        columns();
        openRow("\"!\"", "GET /a HTTP/1.1\r\nHost: x\r\nq!q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q!q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"\\\"\"", "GET /a HTTP/1.1\r\nHost: x\r\nq\"q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"#\"", "GET /a HTTP/1.1\r\nHost: x\r\nq#q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q#q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"$\"", "GET /a HTTP/1.1\r\nHost: x\r\nq$q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q$q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"%\"", "GET /a HTTP/1.1\r\nHost: x\r\nq%q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q%q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"&\"", "GET /a HTTP/1.1\r\nHost: x\r\nq&q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q&q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"'\"", "GET /a HTTP/1.1\r\nHost: x\r\nq'q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q\\'q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"(\"", "GET /a HTTP/1.1\r\nHost: x\r\nq(q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\")\"", "GET /a HTTP/1.1\r\nHost: x\r\nq)q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"*\"", "GET /a HTTP/1.1\r\nHost: x\r\nq*q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q*q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"+\"", "GET /a HTTP/1.1\r\nHost: x\r\nq+q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q+q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\",\"", "GET /a HTTP/1.1\r\nHost: x\r\nq,q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"-\"", "GET /a HTTP/1.1\r\nHost: x\r\nq-q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q-q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\".\"", "GET /a HTTP/1.1\r\nHost: x\r\nq.q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q.q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"/\"", "GET /a HTTP/1.1\r\nHost: x\r\nq/q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"0\"", "GET /a HTTP/1.1\r\nHost: x\r\nq0q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q0q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"9\"", "GET /a HTTP/1.1\r\nHost: x\r\nq9q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q9q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\";\"", "GET /a HTTP/1.1\r\nHost: x\r\nq;q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"<\"", "GET /a HTTP/1.1\r\nHost: x\r\nq<q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"=\"", "GET /a HTTP/1.1\r\nHost: x\r\nq=q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\">\"", "GET /a HTTP/1.1\r\nHost: x\r\nq>q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"?\"", "GET /a HTTP/1.1\r\nHost: x\r\nq?q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"@\"", "GET /a HTTP/1.1\r\nHost: x\r\nq@q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"A\"", "GET /a HTTP/1.1\r\nHost: x\r\nqAq: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','qAq','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"Z\"", "GET /a HTTP/1.1\r\nHost: x\r\nqZq: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','qZq','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"[\"", "GET /a HTTP/1.1\r\nHost: x\r\nq[q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"\\\\\"", "GET /a HTTP/1.1\r\nHost: x\r\nq\\q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"]\"", "GET /a HTTP/1.1\r\nHost: x\r\nq]q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"^\"", "GET /a HTTP/1.1\r\nHost: x\r\nq^q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q^q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"_\"", "GET /a HTTP/1.1\r\nHost: x\r\nq_q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q_q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"`\"", "GET /a HTTP/1.1\r\nHost: x\r\nq`q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q`q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"a\"", "GET /a HTTP/1.1\r\nHost: x\r\nqaq: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','qaq','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"z\"", "GET /a HTTP/1.1\r\nHost: x\r\nqzq: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','qzq','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"{\"", "GET /a HTTP/1.1\r\nHost: x\r\nq{q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"|\"", "GET /a HTTP/1.1\r\nHost: x\r\nq|q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q|q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("\"}\"", "GET /a HTTP/1.1\r\nHost: x\r\nq}q: v\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 27\n"
            "wire '<400>'");
        openRow("\"~\"", "GET /a HTTP/1.1\r\nHost: x\r\nq~q: v\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','q~q','v','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
    }

    // conformance: wire/server-header-name-token-chars
    void nameOctet_token_isTaken() { checkServed(); }

    void valueOctet_control_isRefused_data()
    {
        columns();
        openRow("0x00", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\000c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x01", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\001c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x02", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\002c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x03", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\003c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x04", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\004c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x05", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\005c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x06", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\006c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x07", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\007c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x08", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\010c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x09", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\tc\r\nConnection: close\r\n\r\n",
            "request GET '/a' HTTP/1.1\n"
            "rawHeaders ['Host','x','A','b\\tc','Connection','close']\n"
            "body '' trailers []\n"
            "wire '<ok, close>'");
        openRow("0x0b", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\013c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x0c", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\014c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x0e", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\016c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x0f", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\017c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x10", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\020c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x11", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\021c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x12", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\022c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x13", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\023c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x14", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\024c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x15", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\025c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x16", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\026c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x17", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\027c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x18", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\030c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x19", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\031c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x1a", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\032c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x1b", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\033c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x1c", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\034c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x1d", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\035c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x1e", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\036c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x1f", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\037c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
        openRow("0x7f", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\177c\r\nConnection: close\r\n\r\n",
            "clientError HPE_INVALID_HEADER_TOKEN bytesParsed 30\n"
            "wire '<400>'");
    }

    // conformance: wire/server-control-chars-in-header-value
    void valueOctet_control_isRefused() { checkServed(); }
};

QTEST_GUILESS_MAIN(WireServerFieldOctetsTest)
#include "tst_wireserverfieldoctets.moc"

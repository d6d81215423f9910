#include <proxy/messagehead.h>
#include <wire/messageparser.h>

#include <QTest>

namespace headrace::proxy {

namespace {

MessageHead read(const QByteArray &octets, wire::Lenience lenience = wire::Lenience::Strict)
{
    wire::MessageParser parser(wire::MessageKind::Request, {}, lenience);
    parser.feed(octets);
    for (;;) {
        switch (parser.next()) {
        case wire::MessageParser::Event::Head:
            return MessageHead(parser.head());
        case wire::MessageParser::Event::NeedMore:
        case wire::MessageParser::Event::Fault:
            return {};
        default:
            break;
        }
    }
}

const QByteArray odd = "GET /a?b HTTP/1.1\r\nhOST:x\r\nA:  1 \r\nB: 2\r\na: 3\r\nEmpty:\r\n\r\n";

} // namespace

class MessageHeadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void untouched_isWhatWasReceived()
    {
        const MessageHead head = read(odd);
        QCOMPARE(head.octets(), odd);
        QVERIFY(head.isRequest());
        QCOMPARE(head.method().toByteArray(), "GET");
        QCOMPARE(head.target().toByteArray(), "/a?b");
        QCOMPARE(head.version().toByteArray(), "1.1");
        QCOMPARE(head.count(), 5);
        QCOMPARE(head.name(0).toByteArray(), "hOST");
        QCOMPARE(head.value(1).toByteArray(), "1");
        QCOMPARE(head.value(4).toByteArray(), "");
        QCOMPARE(head.indexOf("A"), 1);
        QCOMPARE(head.indexOf("A", 2), 3);
        QVERIFY(!head.first("C"));
    }

    void changedLine_leavesTheOthersAsTheyWere()
    {
        MessageHead head = read(odd);
        head.setAt(2, "22");
        QCOMPARE(head.octets(),
            "GET /a?b HTTP/1.1\r\nhOST:x\r\nA:  1 \r\nB: 22\r\na: 3\r\nEmpty:\r\n\r\n");
        head.set("a", "4"); // the first keeps its place and case, the other goes
        QCOMPARE(head.octets(), "GET /a?b HTTP/1.1\r\nhOST:x\r\nA: 4\r\nB: 22\r\nEmpty:\r\n\r\n");
        QCOMPARE(head.removeAll("EMPTY"), 1);
        head.append("New", "v");
        head.setTarget("*");
        QCOMPARE(head.octets(), "GET * HTTP/1.1\r\nhOST:x\r\nA: 4\r\nB: 22\r\nNew: v\r\n\r\n");
    }

    void sameValueAgain_changesNothing()
    {
        MessageHead head = read(odd);
        head.setAt(1, "1");
        QCOMPARE(head.octets(), odd);
    }

    // Views of a head stay good while it is told to take them over.
    void ownParts_canBeSet()
    {
        MessageHead head = read(odd);
        for (int i = 0; i < 200; ++i) {
            head.setTarget(head.target());
            head.append(head.name(0), head.value(1));
            head.set(head.name(2), head.value(0));
        }
        QCOMPARE(head.startLine().toByteArray(), "GET /a?b HTTP/1.1");
        QCOMPARE(head.count(), 205);
        QCOMPARE(head.value(204).toByteArray(), "1");
        QCOMPARE(head.first("B"), QByteArray("x"));
    }

    void copy_isNotChangedWithIt()
    {
        const MessageHead head = read(odd);
        MessageHead other = head;
        QVERIFY(head == other);
        other.setMethod("POST");
        QVERIFY(head != other);
        QCOMPARE(head.octets(), odd);
        other.setMethod("GET");
        QVERIFY(head == other);
    }

    void newFields_keepLinesThatSayTheSame()
    {
        MessageHead head = read(odd);
        head.setFields({ { "A", "1" }, { "Z", "26" }, { "hOST", "x" }, { "A", "1" } });
        QCOMPARE(head.octets(), "GET /a?b HTTP/1.1\r\nA:  1 \r\nZ: 26\r\nhOST:x\r\nA: 1\r\n\r\n");
    }

    void foldedValue_isOneLineAndKeepsItsFold()
    {
        const QByteArray folded = "GET / HTTP/1.1\r\nA: 1\r\n 2\r\nB: 3\r\n\r\n";
        MessageHead head = read(folded, wire::Lenience::Insecure);
        QCOMPARE(head.octets(), folded);
        QVERIFY(!head.value(0).contains('\n'));
        head.removeAt(1);
        QCOMPARE(head.octets(), "GET / HTTP/1.1\r\nA: 1\r\n 2\r\n\r\n");
    }

    void made_hasStandardLineEnds()
    {
        QCOMPARE(MessageHead::makeRequest("PUT", "/x", { { "A", "b" } }).octets(),
            "PUT /x HTTP/1.1\r\nA: b\r\n\r\n");
        const MessageHead response = MessageHead::makeResponse(404, {}, { { "A", "b" } });
        QCOMPARE(response.octets(), "HTTP/1.1 404 Not Found\r\nA: b\r\n\r\n");
        QCOMPARE(response.statusCode(), 404);
        QCOMPARE(MessageHead::makeResponse(200, "Fine").reason().toByteArray(), "Fine");
    }

    void nothing_isEmpty()
    {
        QVERIFY(MessageHead().isEmpty());
        QCOMPARE(MessageHead().octets(), "");
        QCOMPARE(MessageHead().method().toByteArray(), "");
        QVERIFY(MessageHead() == MessageHead());
        QVERIFY(!MessageHead::makeRequest("GET", "/").isEmpty());
    }
};

} // namespace headrace::proxy

QTEST_APPLESS_MAIN(headrace::proxy::MessageHeadTest)
#include "tst_messagehead.moc"

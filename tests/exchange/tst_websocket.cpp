// Source: RFC 6455 section 5, its examples in section 5.7.
#include <exchange/websocket.h>

#include <QTest>

using namespace headrace::exchange;
using M = WebSocketMessage;

namespace {

const QByteArray Hello = "Hello";

QByteArray hex(const char *digits) { return QByteArray::fromHex(digits); }

QByteArray frameOf(int opcode, const QByteArray &payload, bool isFinal = true, bool isMasked = true)
{
    WebSocketFrame frame;
    frame.opcode = opcode;
    frame.payload = payload;
    frame.isFinal = isFinal;
    if (isMasked)
        frame.mask = std::array { '\x37', '\xfa', '\x21', '\x3d' };
    return frame.toOctets();
}

/// All of a message but its times, in a line: "text 'Hello' 5 of 11 at 0 in 1".
QString lineOf(const WebSocketMessage &message)
{
    QString line
        = QStringLiteral("%1 '%2' %3 of %4 at %5 in %6")
              .arg(webSocketOpcodeName(message.opcode),
                  QString::fromLatin1(
                      message.payload.size() > 40 ? message.payload.left(40) : message.payload))
              .arg(message.payloadOctets)
              .arg(message.wireOctets)
              .arg(message.offset)
              .arg(message.frames);
    if (message.isMasked)
        line += QStringLiteral(" masked");
    if (message.isCompressed)
        line += QStringLiteral(" compressed");
    if (!message.isComplete)
        line += QStringLiteral(" incomplete");
    if (message.violations)
        line += QStringLiteral(" !%1").arg(int(message.violations));
    return line;
}

QStringList read(Direction direction, const QByteArrayList &pieces)
{
    WebSocketReader reader;
    QStringList lines;
    qint64 time = 0;
    for (const QByteArray &piece : pieces) {
        const QList<WebSocketMessage> messages = reader.feed(direction, piece, ++time);
        for (const WebSocketMessage &message : messages)
            lines += lineOf(message);
    }
    if (const auto rest = reader.incomplete(direction))
        lines += lineOf(*rest);
    return lines;
}

} // namespace

class WebSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void frames_areMessages_data()
    {
        QTest::addColumn<Direction>("direction");
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, Direction direction, const QByteArray &octets,
                             const QStringList &expected) {
            QTest::newRow(name) << direction << octets << expected;
        };
        const auto s = [](const char *text) { return QString::fromLatin1(text); };
        constexpr Direction fromClient = Direction::Request;
        constexpr Direction fromServer = Direction::Response;
        row("text", fromServer, hex("810548656c6c6f"), { s("text 'Hello' 5 of 7 at 0 in 1") });
        row("masked", fromClient, hex("818537fa213d7f9f4d5158"),
            { s("text 'Hello' 5 of 11 at 0 in 1 masked") });
        row("fragments", fromServer, hex("010348656c80026c6f"),
            { s("text 'Hello' 5 of 9 at 0 in 2") });
        row("ping and pong", fromServer, hex("890548656c6c6f8a00"),
            { s("ping 'Hello' 5 of 7 at 0 in 1"), s("pong '' 0 of 2 at 7 in 1") });
        row("ping between fragments", fromServer, hex("010348656c890080026c6f"),
            { s("ping '' 0 of 2 at 5 in 1"), s("text 'Hello' 5 of 9 at 0 in 2") });
        row("256 octets", fromServer, hex("827e0100") + QByteArray(256, 'x'),
            { s("binary 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' 256 of 260 at 0 in 1") });
        row("64 KiB", fromServer, hex("827f0000000000010000") + QByteArray(65536, 'x'),
            { s("binary 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' 65536 of 65546 at 0 in 1") });
        row("close", fromClient, frameOf(M::Close, hex("03e8") + "bye"),
            { s("close '\x03\xe8"
                "bye' 5 of 11 at 0 in 1 masked") });
        row("not complete", fromServer, hex("810548656c"),
            { s("text 'Hel' 3 of 5 at 0 in 1 incomplete") });
        row("head not complete", fromServer, hex("8100827e01"), { s("text '' 0 of 2 at 0 in 1") });

        row("client does not mask", fromClient, hex("810548656c6c6f"),
            { s("text 'Hello' 5 of 7 at 0 in 1 !1") });
        row("server masks", fromServer, hex("818537fa213d7f9f4d5158"),
            { s("text 'Hello' 5 of 11 at 0 in 1 masked !2") });
        row("reserved bits", fromServer, hex("f10161"), { s("text 'a' 1 of 3 at 0 in 1 !4") });
        row("unknown opcode", fromServer, hex("830161"), { s("opcode 3 'a' 1 of 3 at 0 in 1 !8") });
        row("continues nothing", fromServer, hex("8001618100"),
            { s("continuation 'a' 1 of 3 at 0 in 1 !16"), s("text '' 0 of 2 at 3 in 1") });
        row("cut off by another", fromServer, hex("010161810162"),
            { s("text 'a' 1 of 3 at 0 in 1 incomplete !16"), s("text 'b' 1 of 3 at 3 in 1") });
        row("no UTF-8", fromServer, hex("8102c328"), { s("text '\xc3(' 2 of 4 at 0 in 1 !32") });
        row("UTF-8 cut", fromServer, hex("8102e282"),
            { s("text '\xe2\x82' 2 of 4 at 0 in 1 !32") });
        row("surrogate", fromServer, hex("8103eda080"),
            { s("text '\xed\xa0\x80' 3 of 5 at 0 in 1 !32") });
        row("UTF-8 over fragments", fromServer, hex("0101c380") + hex("01a9"),
            { s("text '\xc3\xa9' 2 of 6 at 0 in 2") });
        row("close of one octet", fromServer, hex("880103"),
            { s("close '\x03' 1 of 3 at 0 in 1 !64") });
        row("close that may not be sent", fromServer, hex("880203ed"),
            { s("close '\x03\xed' 2 of 4 at 0 in 1 !64") });
        row("long control frame", fromServer, hex("8100897e0100"),
            { s("text '' 0 of 2 at 0 in 1"),
                s("continuation '' 0 of 0 at 2 in 0 incomplete !512") });
        row("length of 64 bits", fromServer, hex("827fffffffffffffffff00"),
            { s("continuation '' 0 of 0 at 0 in 0 incomplete !512") });
        row("length not shortest", fromServer, hex("827e000161"),
            { s("continuation '' 0 of 0 at 0 in 0 incomplete !512") });
    }

    void frames_areMessages()
    {
        QFETCH(Direction, direction);
        QFETCH(QByteArray, octets);
        QFETCH(QStringList, expected);
        QCOMPARE(read(direction, { octets }), expected);
        QByteArrayList single;
        for (const char octet : octets)
            single.append(QByteArray(1, octet));
        QCOMPARE(read(direction, single), expected);
        for (qsizetype cut = 1; cut < std::min<qsizetype>(octets.size(), 300); ++cut)
            QCOMPARE(read(direction, { octets.first(cut), octets.sliced(cut) }), expected);
    }

    void times_areOfTheFirstAndTheLastOctet()
    {
        WebSocketReader reader;
        const QByteArray octets = hex("810161") + hex("0101618001628101");
        QList<WebSocketMessage> messages;
        qint64 time = 0;
        // text a | 01 01 | 61 80 01 | 62 81 | 01
        for (const QByteArray &piece :
            { octets.first(5), octets.mid(5, 3), octets.mid(8, 2), octets.mid(10) })
            messages += reader.feed(Direction::Response, piece, ++time);
        QCOMPARE(messages.size(), 2);
        QCOMPARE(messages.at(0).firstTime, 1);
        QCOMPARE(messages.at(0).lastTime, 1);
        QCOMPARE(messages.at(1).firstTime, 1);
        QCOMPARE(messages.at(1).lastTime, 3);
        messages = reader.feed(Direction::Response, "z", ++time);
        QCOMPARE(messages.at(0).firstTime, 3);
        QCOMPARE(messages.at(0).lastTime, 5);
        QCOMPARE(messages.at(0).payload, "z");
    }

    void directions_areApart()
    {
        WebSocketReader reader;
        QVERIFY(reader.feed(Direction::Response, hex("8105486565"), 1).isEmpty());
        const QList<WebSocketMessage> sent
            = reader.feed(Direction::Request, frameOf(M::Text, Hello), 2);
        QCOMPARE(sent.size(), 1);
        QCOMPARE(sent.first().direction, Direction::Request);
        QCOMPARE(reader.octets(Direction::Response), 5);
        QCOMPARE(reader.octets(Direction::Request), 11);
        QVERIFY(reader.incomplete(Direction::Response));
        QVERIFY(!reader.incomplete(Direction::Request));
    }

    void broken_isReadNoFurther()
    {
        WebSocketReader reader;
        QCOMPARE(reader.feed(Direction::Response, hex("89fe8100"), 1).size(), 1);
        QVERIFY(reader.isBroken(Direction::Response));
        QVERIFY(!reader.isBroken(Direction::Request));
        QVERIFY(reader.feed(Direction::Response, hex("8100"), 1).isEmpty());
        QCOMPARE(reader.octets(Direction::Response), 6);
        QVERIFY(!violationText(M::BadFraming).isEmpty());
    }

    void payload_isKeptUpToTheLimit()
    {
        WebSocketReader reader({}, 100);
        const QByteArray octets = frameOf(M::Text, QByteArray(1000, 'a'), true, false);
        QList<WebSocketMessage> messages = reader.feed(Direction::Response, octets.first(500), 1);
        QCOMPARE(reader.incomplete(Direction::Response)->payload.size(), 100);
        messages += reader.feed(Direction::Response, octets.sliced(500), 1);
        QCOMPARE(messages.first().payload, QByteArray(100, 'a'));
        QCOMPARE(messages.first().payloadOctets, 1000);
        QVERIFY(messages.first().isCut());
    }

    void close_hasCodeAndReason()
    {
        WebSocketMessage close;
        close.opcode = M::Close;
        QCOMPARE(close.closeCode(), 1005);
        close.payload = hex("03e9") + "going";
        QCOMPARE(close.closeCode(), 1001);
        QCOMPARE(close.closeReason(), "going");
    }

    void written_isAsTheExamples()
    {
        QCOMPARE(frameOf(M::Text, Hello, true, false), hex("810548656c6c6f"));
        QCOMPARE(frameOf(M::Text, Hello), hex("818537fa213d7f9f4d5158"));
        QCOMPARE(frameOf(M::Text, "Hel", false, false), hex("010348656c"));
        QCOMPARE(frameOf(M::Ping, {}, true, false), hex("8900"));
        QCOMPARE(frameOf(M::Binary, QByteArray(256, 'x'), true, false).first(4), hex("827e0100"));
        QCOMPARE(frameOf(M::Binary, QByteArray(65536, 'x'), true, false).first(10),
            hex("827f0000000000010000"));
        QVERIFY(frameOf(M::Ping, QByteArray(126, 'x')).isEmpty());
    }

    void writer_ofAClient_masks()
    {
        WebSocketWriter client(Direction::Request);
        WebSocketWriter server(Direction::Response);
        WebSocketReader reader;
        const QList<WebSocketMessage> sent
            = reader.feed(Direction::Request, client.write(M::Text, Hello), 1);
        QCOMPARE(sent.first().payload, Hello);
        QVERIFY(!sent.first().violations);
        QCOMPARE(server.write(M::Text, Hello), hex("810548656c6c6f"));
    }

    void exchange_isOneByItsUpgrade()
    {
        Exchange exchange;
        QVERIFY(!isWebSocket(exchange));
        exchange.summary.statusCode = 101;
        QVERIFY(!isWebSocket(exchange));
        exchange.response.fields = { { "Upgrade", "WebSocket" } };
        QVERIFY(isWebSocket(exchange));
        exchange = {};
        exchange.summary.scheme = QStringLiteral("wss");
        QVERIFY(isWebSocket(exchange));
    }
};

QTEST_GUILESS_MAIN(WebSocketTest)
#include "tst_websocket.moc"

// Source: RFC 7692 section 7, its examples in section 7.2.3.
#include <exchange/websocket.h>

#include <QTest>

using namespace headrace::exchange;
using M = WebSocketMessage;

namespace {

QByteArray hex(const char *digits) { return QByteArray::fromHex(digits); }

QByteArray compressedFrame(const QByteArray &data)
{
    WebSocketFrame frame;
    frame.payload = data;
    frame.isCompressed = true;
    return frame.toOctets();
}

WebSocketDeflate withoutContext()
{
    WebSocketDeflate deflate;
    deflate.hasClientContext = deflate.hasServerContext = false;
    return deflate;
}

} // namespace

class WebSocketDeflateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void agreement_isReadFromThe101_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<WebSocketDeflate>("expected");
        const auto row
            = [](const char *value, bool isThere, const WebSocketDeflate &expected = {}) {
                  QTest::newRow(value) << QByteArray(value) << isThere << expected;
              };
        row("", false);
        row("x-other", false);
        row("permessage-deflate", true);
        row("x-other, Permessage-Deflate", true);
        row("permessage-deflate; client_no_context_takeover; server_no_context_takeover", true,
            withoutContext());
        row("permessage-deflate;client_max_window_bits=9 ; server_max_window_bits=\"12\"", true,
            { true, true, 9, 12 });
        row("permessage-deflate; client_max_window_bits", false); // no value: in an offer only
        row("permessage-deflate; server_max_window_bits=16", false);
        row("permessage-deflate; server_max_window_bits=08", false);
        row("permessage-deflate; what=1", false);
    }

    void agreement_isReadFromThe101()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, isThere);
        QFETCH(WebSocketDeflate, expected);
        Message response;
        response.fields = { { "sec-websocket-extensions", value } };
        const auto deflate = webSocketDeflateOf(response);
        QCOMPARE(deflate.has_value(), isThere);
        if (isThere)
            QVERIFY(*deflate == expected);
    }

    void example_isDecoded_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("payload");
        const auto row = [](const char *name, const QByteArray &octets, const QByteArray &payload) {
            QTest::newRow(name) << octets << payload;
        };
        row("one block", hex("c107f248cdc9c90700"), "Hello");
        row("fragments", hex("4103f248cd8004c9c90700"), "Hello");
        row("sharing the window", hex("c107f248cdc9c90700c105f200110000"), "HelloHello");
        row("without compression", hex("c10b000500faff48656c6c6f00"), "Hello");
        row("last block", hex("c108f348cdc9c9070000"), "Hello");
        row("window behind a last block", hex("c108f348cdc9c9070000c105f200110000"), "HelloHello");
        row("two blocks", hex("c10df248050000") + hex("00ffffcac9c90700"), "Hello");
        row("empty", hex("c10100"), "");
        row("not compressed", hex("810548656c6c6f"), "Hello");
        row("control between", hex("4103f248cd89008004c9c90700"), "Hello");
    }

    void example_isDecoded()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, payload);
        for (qsizetype cut = 0; cut < octets.size(); ++cut) {
            WebSocketReader reader { WebSocketDeflate() };
            QList<WebSocketMessage> messages
                = reader.feed(Direction::Response, octets.first(cut), 1);
            messages += reader.feed(Direction::Response, octets.sliced(cut), 2);
            QByteArray all;
            qint64 count = 0;
            for (const WebSocketMessage &message : std::as_const(messages)) {
                all += message.payload;
                count += message.payloadOctets;
                QCOMPARE(int(message.violations), 0);
                QVERIFY(message.isComplete);
            }
            QCOMPARE(all, payload);
            QCOMPARE(count, payload.size());
        }
    }

    void written_isRead_data()
    {
        QTest::addColumn<WebSocketDeflate>("deflate");
        QTest::newRow("context") << WebSocketDeflate();
        QTest::newRow("no context") << withoutContext();
        QTest::newRow("small window") << WebSocketDeflate { true, true, 9, 9 };
        QTest::newRow("smallest window") << WebSocketDeflate { true, false, 8, 8 };
    }

    void written_isRead()
    {
        QFETCH(WebSocketDeflate, deflate);
        for (const Direction direction : { Direction::Request, Direction::Response }) {
            WebSocketWriter writer(direction, deflate);
            WebSocketReader reader(deflate, 1 << 20);
            for (int i = 0; i < 60; ++i) {
                const QByteArray payload = QByteArray::number(i).repeated(i * i * 20);
                const int opcode = i % 7 == 6 ? M::Ping : i % 2 == 0 ? M::Text : M::Binary;
                const QByteArray sent = opcode == M::Ping ? payload.left(125) : payload;
                const QList<WebSocketMessage> messages
                    = reader.feed(direction, writer.write(opcode, sent), i);
                QCOMPARE(messages.size(), 1);
                QCOMPARE(messages.first().opcode, opcode);
                QCOMPARE(messages.first().payload, sent);
                QCOMPARE(int(messages.first().violations), 0);
                if (deflate.clientWindowBits > 8 && payload.size() > 10'000)
                    QVERIFY(messages.first().wireOctets < payload.size() / 10);
            }
        }
    }

    void bit_withoutAgreement_isAViolation()
    {
        WebSocketReader reader;
        const auto messages = reader.feed(Direction::Response, hex("c107f248cdc9c90700"), 1);
        QVERIFY(messages.first().violations.testFlag(M::ReservedBits));
        QVERIFY(!messages.first().isCompressed);
    }

    void damaged_isTold_andTheNextIsRead()
    {
        for (const bool hasContext : { false, true }) {
            WebSocketReader reader(hasContext ? WebSocketDeflate() : withoutContext());
            const auto messages = reader.feed(Direction::Response,
                compressedFrame("\xff\xff\xff\xff") + hex("c107f248cdc9c90700") + hex("810161"), 1);
            QCOMPARE(messages.size(), 3);
            QVERIFY(messages.at(0).violations.testFlag(M::BadCompression));
            QCOMPARE(messages.at(1).violations.testFlag(M::BadCompression), hasContext);
            QCOMPARE(messages.at(1).payload, hasContext ? QByteArray() : QByteArray("Hello"));
            QCOMPARE(messages.at(2).payload, "a");
        }
    }

    // A few hundred kilobytes that would be hundreds of megabytes.
    void bomb_isBounded()
    {
        WebSocketDeflate deflate;
        WebSocketWriter writer(Direction::Response, deflate);
        WebSocketReader reader(deflate, 1000);
        const QByteArray octets
            = writer.write(M::Binary, QByteArray(WebSocketReader::DecodedLimit + (1 << 20), '\0'));
        QVERIFY(octets.size() < 1 << 20);
        const auto messages = reader.feed(Direction::Response, octets, 1);
        QCOMPARE(messages.size(), 1);
        QVERIFY(messages.first().violations.testFlag(M::TooLong));
        QCOMPARE(messages.first().payload.size(), 1000);
        QVERIFY(messages.first().payloadOctets < WebSocketReader::DecodedLimit + (1 << 20));
    }
};

QTEST_GUILESS_MAIN(WebSocketDeflateTest)
#include "tst_websocketdeflate.moc"

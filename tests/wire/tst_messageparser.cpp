#include <wire/messageparser.h>

#include <QTest>

using namespace headrace::wire;

namespace {

using Event = MessageParser::Event;

const char *text(Event event)
{
    switch (event) {
    case Event::NeedMore:
        return "more";
    case Event::MessageBegin:
        return "begin";
    case Event::Octets:
        return "octets";
    case Event::Head:
        return "head";
    case Event::ChunkHeader:
        return "chunkheader";
    case Event::ChunkEnd:
        return "chunkend";
    case Event::Trailers:
        return "trailers";
    case Event::MessageEnd:
        return "end";
    case Event::Tunnel:
        return "tunnel";
    case Event::Fault:
        return "fault";
    }
    return "?";
}

const char *text(MessagePart part)
{
    switch (part) {
    case MessagePart::Head:
        return "head";
    case MessagePart::ChunkHeader:
        return "chunkheader";
    case MessagePart::Body:
        return "body";
    case MessagePart::ChunkEnd:
        return "chunkend";
    case MessagePart::Trailers:
        return "trailers";
    case MessagePart::Tunnel:
        return "tunnel";
    case MessagePart::Unparsed:
        return "unparsed";
    }
    return "?";
}

/// Events up to NeedMore, Fault or Head; octets as part and number.
QByteArray events(MessageParser &parser, bool stopAtHead = false)
{
    QByteArrayList list;
    while (true) {
        const Event event = parser.next();
        if (event == Event::Octets) {
            list.append(
                QByteArray(text(parser.part())) + ':' + QByteArray::number(parser.octets().size()));
            continue;
        }
        list.append(text(event));
        if (event == Event::NeedMore || event == Event::Fault
            || (stopAtHead && event == Event::Head))
            return list.join(' ');
    }
}

} // namespace

/// The pull protocol. What is read is tested beside, subject by subject.
class MessageParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void events_inOrder()
    {
        MessageParser parser(MessageKind::Request);
        QCOMPARE(parser.next(), Event::NeedMore);
        parser.feed("\r\nPOST / HTTP/1.1\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: 1\r\n\r\n");
        QCOMPARE(events(parser),
            "head:2 begin head:47 head chunkheader:7 chunkheader body:3 chunkend:2 chunkend "
            "chunkheader:3 chunkheader trailers:8 trailers end more");
        parser.feed("GET / HTTP/1.1\r\n\r\nPUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab");
        QCOMPARE(events(parser), "begin head:18 head end begin head:37 head body:2 more");
        parser.feed("c");
        QCOMPARE(events(parser), "body:1 end more");
    }

    void chunkHeader_hasSizeAndExtensions()
    {
        MessageParser parser(MessageKind::Request);
        QList<std::pair<qint64, QByteArray>> headers;
        const QByteArray octets = "POST / HTTP/1.1\r\nTransfer-Encoding: "
                                  "chunked\r\n\r\n3;a=\"\\\"b\";c\r\nabc\r\n0;d\r\n\r\n";
        for (const char octet : octets) {
            parser.feed(QByteArray(1, octet));
            for (Event event = parser.next(); event != Event::NeedMore; event = parser.next()) {
                if (event == Event::ChunkHeader)
                    headers.append({ parser.chunkHeader().size, parser.chunkHeader().extensions });
            }
        }
        const QList<std::pair<qint64, QByteArray>> expected { { 3, ";a=\"\\\"b\";c" },
            { 0, ";d" } };
        QCOMPARE(headers, expected);
    }

    void head_spansNameEveryPart_data()
    {
        QTest::addColumn<int>("cut");
        QTest::newRow("whole") << 0;
        QTest::newRow("cut in the target") << 8;
        QTest::newRow("cut in a name") << 22;
        QTest::newRow("cut in a value") << 30;
    }

    void head_spansNameEveryPart()
    {
        QFETCH(int, cut);
        MessageParser parser(MessageKind::Request);
        const QByteArray octets = "PUT /a?b HTTP/1.1\r\nHost:  x  \r\nEmpty:\r\n\r\n";
        if (cut > 0) {
            parser.feed(octets.first(cut));
            events(parser);
        }
        parser.feed(octets.sliced(cut));
        QVERIFY(events(parser, true).endsWith("head"));
        const Head head = parser.takeHead();
        QVERIFY(parser.head().fields.isEmpty());
        QCOMPARE(head.octets(), octets);
        QCOMPARE(head.part(head.method), "PUT");
        QCOMPARE(head.part(head.target), "/a?b");
        QCOMPARE(head.part(head.version), "1.1");
        QCOMPARE(head.fields.count(), 2);
        QCOMPARE(head.fields.spans(0).name, (Span { 19, 4 }));
        QCOMPARE(head.fields.spans(0).value, (Span { 26, 1 }));
        QCOMPARE(head.fields.value(1), "");
    }

    void head_framing_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<int>("framing");
        QTest::addColumn<qint64>("length");
        const auto row
            = [](const char *name, const char *lines, BodyFraming framing, qint64 length) {
                  QTest::newRow(name) << QByteArray(lines) << int(framing) << length;
              };
        row("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", BodyFraming::ContentLength, 5);
        row("zero", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", BodyFraming::ContentLength, 0);
        row("beyond 63 bits", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n",
            BodyFraming::ContentLength, std::numeric_limits<qint64>::max());
        row("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", BodyFraming::Chunked,
            -1);
        row("until close", "HTTP/1.1 200 OK\r\n", BodyFraming::UntilClose, -1);
        row("304 with a length", "HTTP/1.1 304 No\r\nContent-Length: 5\r\n", BodyFraming::None, 5);
        row("100", "HTTP/1.1 100 C\r\n", BodyFraming::None, -1);
    }

    void head_framing()
    {
        QFETCH(QByteArray, lines);
        QFETCH(int, framing);
        QFETCH(qint64, length);
        MessageParser parser(MessageKind::Response);
        parser.feed(lines + "\r\n");
        events(parser, true);
        QCOMPARE(int(parser.head().framing), framing);
        QCOMPARE(parser.head().contentLength, length);
    }

    void head_wholeArray_isShared()
    {
        MessageParser parser(MessageKind::Request);
        const QByteArray octets = "GET / HTTP/1.1\r\n\r\n";
        parser.feed(octets);
        QVERIFY(events(parser, true).endsWith("head"));
        QCOMPARE(static_cast<const void *>(parser.head().octets().constData()), octets.constData());
    }

    void tunnel_takesAllThatFollows()
    {
        MessageParser parser(MessageKind::Request);
        parser.feed("CONNECT a:1 HTTP/1.1\r\n\r\nGET /");
        events(parser, true);
        QVERIFY(parser.head().upgradeRequested);
        parser.enterTunnel();
        QCOMPARE(parser.next(), Event::Tunnel);
        QCOMPARE(parser.octets(), "GET /");
        QCOMPARE(parser.part(), MessagePart::Tunnel);
        QCOMPARE(parser.next(), Event::NeedMore);
        parser.feed("more");
        QCOMPARE(parser.next(), Event::Tunnel);
        QCOMPARE(parser.sharedOctets(), "more");
        parser.feedEof();
        QCOMPARE(parser.next(), Event::NeedMore);
    }

    void fault_isAnsweredAgain()
    {
        MessageParser parser(MessageKind::Request);
        parser.feed("GET / HTTP/1.1\r\n\r\nBAD\r\n");
        QCOMPARE(events(parser), "begin head:18 head end begin head:1 fault");
        QCOMPARE(parser.octets(), "AD\r\n");
        QCOMPARE(parser.part(), MessagePart::Unparsed);
        QCOMPARE(parser.error().bytesParsed, 19);
        QCOMPARE(parser.error().rawPacket, "GET / HTTP/1.1\r\n\r\nBAD\r\n");
        QCOMPARE(
            parser.error().message, QLatin1StringView("Parse Error: Invalid method encountered"));
        QCOMPARE(parser.next(), Event::Fault);
        QVERIFY(parser.octets().isEmpty());

        parser.feed("GET /");
        QCOMPARE(parser.next(), Event::Fault);
        QCOMPARE(parser.octets(), "GET /");
        QCOMPARE(parser.error().code, ErrorCode::ParserInvalidMethod);
        QCOMPARE(parser.error().bytesParsed, 0);
        QCOMPARE(parser.error().rawPacket, "GET /");
    }

    void fault_countsInTheArrayFedLast()
    {
        MessageParser parser(MessageKind::Request);
        parser.feed("GET / HTTP/1.1\r\nA");
        events(parser);
        parser.feed("B@: c\r\n");
        QCOMPARE(events(parser), "head:1 fault");
        QCOMPARE(parser.error().bytesParsed, 1);
        QCOMPARE(parser.error().rawPacket, "B@: c\r\n");
        QCOMPARE(parser.position(), 18);
    }

    void state_isTold()
    {
        MessageParser parser(MessageKind::Request);
        QVERIFY(!parser.isInMessage());
        parser.feed("PUT / HTTP/1.1\r\n");
        events(parser);
        QVERIFY(parser.isInMessage());
        QVERIFY(!parser.isHeadComplete());
        parser.feed("Content-Length: 1\r\n\r\n");
        events(parser);
        QVERIFY(parser.isInMessage());
        QVERIFY(parser.isHeadComplete());
        parser.feed("a");
        events(parser);
        QVERIFY(!parser.isInMessage());
        QVERIFY(!parser.isHeadComplete());
    }

    /// How a message is read is settled at its beginning.
    void lenience_isOfEachMessage()
    {
        const QByteArray folded = "GET / HTTP/1.1\r\nA: 1\r\n 2\r\n\r\n";
        const QByteArray chunked = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                   "3 \r\nabc\r\n0\r\n\r\n";
        MessageParser parser(MessageKind::Request);
        parser.feed(folded + chunked + folded);
        for (const auto &[lenience, left] :
            { std::pair(Lenience::Insecure, folded + chunked + folded),
                std::pair(Lenience::Insecure, chunked + folded),
                std::pair(Lenience::Strict, folded) }) {
            QCOMPARE(parser.next(), Event::MessageBegin);
            QCOMPARE(parser.unread(), left);
            parser.setLenience(lenience);
            Event event = parser.next();
            while (event != Event::MessageEnd && event != Event::Fault)
                event = parser.next();
            QCOMPARE(event, lenience == Lenience::Strict ? Event::Fault : Event::MessageEnd);
        }
    }

    void reset_isAsNew()
    {
        MessageParser parser(MessageKind::Response);
        parser.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        events(parser);
        parser.reset();
        QVERIFY(!parser.isInMessage());
        QCOMPARE(parser.position(), 0);
        parser.feed("bad");
        QCOMPARE(events(parser), "begin fault");
        parser.reset();
        parser.feed("HTTP/1.0 200 OK\r\n\r\nab");
        QCOMPARE(events(parser), "begin head:19 head body:2 more");
        parser.feedEof();
        QCOMPARE(events(parser), "end more");
        parser.reset();
        parser.feed("HTTP/1.1 204 No\r\n\r\n");
        QCOMPARE(events(parser), "begin head:19 head end more");
    }

    void move_keepsTheState()
    {
        MessageParser first(MessageKind::Request);
        first.feed("GET / HT");
        events(first);
        MessageParser second = std::move(first);
        second.feed("TP/1.1\r\n\r\n");
        QCOMPARE(events(second), "head:10 head end more");
    }
};

QTEST_GUILESS_MAIN(MessageParserTest)
#include "tst_messageparser.moc"

// Which octets caused which event. Source: what each event means in the reference; RFC 9112 section 6.3 for ends.
#include <exchange/eventspans.h>
#include <exchange/side.h>
#include <exchange/transfer.h>

#include <QTest>

using namespace headrace::exchange;
using namespace Qt::StringLiterals;

namespace {

const QByteArray earlyHead = "HTTP/1.1 103 Early Hints\r\n\r\n";
const QByteArray continueHead = "HTTP/1.1 100 Continue\r\n\r\n";

void addEvents(Exchange *exchange, const QString &text)
{
    for (const QString &entry : text.split(u" | "_s)) {
        const QStringList words = entry.split(u'.');
        exchange->events.append(
            { words.at(0).toLongLong(), words.at(1), words.at(2), words.value(3) });
    }
}

QByteArray joined(const Exchange &exchange, Direction direction)
{
    return octetsOf(exchange, { direction, 0, 1 << 20 }, 1 << 20);
}

/// An upload in chunks, answered with two interim responses and a body in chunks with a trailer.
Exchange chunkedExchange()
{
    Exchange exchange;
    exchange.summary.state = State::Complete;
    exchange.request.startLine = "POST / HTTP/1.1";
    exchange.request.endTime = 20;
    exchange.request.octets
        = { { 10, Part::Head, "POST / HTTP/1.1\r\n\r\n" }, { 10, Part::ChunkHeader, "2\r\n" },
              { 10, Part::Body, "hi" }, { 10, Part::ChunkEnd, "\r\n" },
              { 20, Part::ChunkHeader, "0\r\n" }, { 20, Part::Trailers, "\r\n" } };
    Message early;
    early.octets = { { 30, Part::Head, earlyHead } };
    Message further;
    further.octets = { { 30, Part::Head, continueHead } };
    exchange.interim = { early, further };
    Message &response = exchange.response;
    response.startLine = "HTTP/1.1 200 OK";
    response.endTime = 50;
    response.octets = { { 40, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" },
        { 40, Part::ChunkHeader, "5;a=1\r\n" }, { 40, Part::Body, "hel" }, { 50, Part::Body, "lo" },
        { 50, Part::ChunkEnd, "\r\n" }, { 50, Part::ChunkHeader, "1\r\n" }, { 50, Part::Body, "!" },
        { 50, Part::ChunkEnd, "\r\n" }, { 50, Part::ChunkHeader, "0\r\n" },
        { 50, Part::Trailers, "X-Sum: 1\r\n\r\n" } };
    addEvents(&exchange,
        u"5.ClientRequest.socket | 10.Wire.chunk sent.2 B | 20.Wire.chunk sent.0 B | "
        "20.ClientRequest.prefinish | 25.ClientRequest.finish | 30.Socket.first byte | "
        "31.ClientRequest.information.103 Early Hints | 32.ClientRequest.continue | "
        "33.ClientRequest.information.100 Continue | 41.ClientRequest.response.200 OK | "
        "42.Wire.chunk received.5 B | 43.IncomingMessage.data.3 B | 51.IncomingMessage.data.2 B | "
        "52.Wire.chunk received.1 B | 53.IncomingMessage.data.1 B | 54.Wire.chunk received.0 B | "
        "55.Wire.trailers received.X-Sum | 56.IncomingMessage.end | 60.ClientRequest.close"_s);
    return exchange;
}

} // namespace

class EventSpansTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void transfers_areReadsAndWrites();
    void octets_ofASpan_areBounded();
    void client_eachEvent_hasItsOctets_data();
    void client_eachEvent_hasItsOctets();
    void server_eventsAreOfTheRequest();
    void end_isWhatSaidSo_data();
    void end_isWhatSaidSo();
    void data_overSeveralRuns_takesTheFramingBetween();
    void fault_isWhatIsNoHttp();
    void fault_ofTheNetwork_hasNoOctets();
    void span_findsItsEvent_data();
    void span_findsItsEvent();
    void octetsNotKept_haveNoSpan();
    void side_isThatOfTheObjects();
};

void EventSpansTest::transfers_areReadsAndWrites()
{
    const Exchange exchange = chunkedExchange();
    const qint64 interim = earlyHead.size() + continueHead.size();
    const qint64 all = octetCount(exchange, Direction::Response);
    const QList<Transfer> expected { { 10, { Direction::Request, 0, 26 }, 0b1111 },
        { 20, { Direction::Request, 26, 31 }, 0b10010 }, { 30, { Direction::Response, 0, interim }, 0b1 },
        { 40, { Direction::Response, interim, interim + 29 }, 0b111 },
        { 50, { Direction::Response, interim + 29, all }, 0b11110 } };
    QCOMPARE(transfersOf(exchange), expected);
    QVERIFY(transfersOf(Exchange()).isEmpty());
}

void EventSpansTest::octets_ofASpan_areBounded()
{
    const Exchange exchange = chunkedExchange();
    QCOMPARE(octetsOf(exchange, { Direction::Request, 19, 26 }, 100), "2\r\nhi\r\n");
    QCOMPARE(octetsOf(exchange, { Direction::Request, 19, 26 }, 2), "2\r");
    QCOMPARE(octetsOf(exchange, { Direction::Request, 30, 99 }, 100), "\n");
    QCOMPARE(octetsOf(exchange, { Direction::Request, 26, 19 }, 100), QByteArray());
    QCOMPARE(octetsOf(exchange, { Direction::Response, 26, 31 }, 100), "\r\nHTT");
    QCOMPARE(octetCount(exchange, Direction::Request), 31);
}

void EventSpansTest::client_eachEvent_hasItsOctets_data()
{
    QTest::addColumn<int>("event");
    QTest::addColumn<QByteArray>("octets"); ///< Empty: it has none.
    const auto row = [](const char *name, int event, const QByteArray &octets = {}) {
        QTest::newRow(name) << event << octets;
    };
    row("socket", 0);
    row("chunk sent", 1, "2\r\nhi\r\n");
    row("last chunk sent", 2, "0\r\n");
    row("prefinish", 3);
    row("finish", 4, "0\r\n\r\n");
    row("first byte", 5, earlyHead + continueHead);
    row("information", 6, earlyHead);
    row("continue", 7, continueHead);
    row("information of the continue", 8, continueHead);
    row("response", 9, "HTTP/1.1 200 OK\r\n\r\n");
    row("chunk received", 10, "5;a=1\r\nhello\r\n");
    row("data", 11, "hel");
    row("data, second read", 12, "lo");
    row("next chunk", 13, "1\r\n!\r\n");
    row("data of it", 14, "!");
    row("last chunk", 15, "0\r\n");
    row("trailers", 16, "X-Sum: 1\r\n\r\n");
    row("end", 17, "0\r\nX-Sum: 1\r\n\r\n");
    row("close", 18);
    row("behind all", 19);
    row("before all", -1);
}

void EventSpansTest::client_eachEvent_hasItsOctets()
{
    QFETCH(int, event);
    QFETCH(QByteArray, octets);
    const Exchange exchange = chunkedExchange();
    const auto span = EventSpans(exchange).spanOf(event);
    QCOMPARE(span.has_value(), !octets.isEmpty());
    if (span)
        QCOMPARE(octetsOf(exchange, *span, 1000), octets);
}

void EventSpansTest::server_eventsAreOfTheRequest()
{
    Exchange exchange = chunkedExchange();
    exchange.events.clear();
    addEvents(&exchange,
        u"10.Socket.first byte | 11.Server.request.POST / | 12.Wire.chunk received.2 B | "
        "13.IncomingMessage.data.2 B | 21.Wire.chunk received.0 B | 22.IncomingMessage.end | "
        "40.Wire.chunk sent.5 B | 51.ServerResponse.finish"_s);
    const EventSpans spans(exchange);
    const QList<QByteArray> expected { "POST / HTTP/1.1\r\n\r\n2\r\nhi\r\n",
        "POST / HTTP/1.1\r\n\r\n", "2\r\nhi\r\n", "hi", "0\r\n", "0\r\n\r\n", "5;a=1\r\nhello\r\n",
        "lo\r\n1\r\n!\r\n0\r\nX-Sum: 1\r\n\r\n" };
    for (int i = 0; i < expected.size(); ++i) {
        QVERIFY(spans.spanOf(i));
        QCOMPARE(octetsOf(exchange, *spans.spanOf(i), 1000), expected.at(i));
    }
}

void EventSpansTest::end_isWhatSaidSo_data()
{
    QTest::addColumn<FieldList>("fields");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("counted") << FieldList { { "content-length", "3" } } << QByteArray("abc")
                             << QByteArray("abc");
    QTest::newRow("no body") << FieldList {} << QByteArray()
                             << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
    QTest::newRow("until the end") << FieldList {} << QByteArray("abc") << QByteArray();
}

void EventSpansTest::end_isWhatSaidSo()
{
    QFETCH(FieldList, fields);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, octets);
    Exchange exchange;
    exchange.response.fields = fields;
    exchange.response.endTime = 9;
    exchange.response.octets = { { 1, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" } };
    if (!body.isEmpty())
        exchange.response.octets.append({ 2, Part::Body, body });
    addEvents(&exchange, u"1.ClientRequest.response | 9.IncomingMessage.end"_s);
    const auto span = EventSpans(exchange).spanOf(1);
    QCOMPARE(span ? octetsOf(exchange, *span, 1000) : QByteArray(), octets);
}

void EventSpansTest::data_overSeveralRuns_takesTheFramingBetween()
{
    Exchange exchange = chunkedExchange();
    exchange.events.clear();
    addEvents(&exchange, u"90.IncomingMessage.data.4 B | 91.IncomingMessage.data.99 B"_s);
    const EventSpans spans(exchange);
    QCOMPARE(octetsOf(exchange, *spans.spanOf(0), 1000), "hell");
    QCOMPARE(octetsOf(exchange, *spans.spanOf(1), 1000), "o\r\n1\r\n!");
}

void EventSpansTest::fault_isWhatIsNoHttp()
{
    Exchange exchange;
    exchange.response.octets
        = { { 1, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" }, { 2, Part::Unparsed, "zz" } };
    addEvents(&exchange, u"2.ClientRequest.error.HPE_INVALID_CHUNK_SIZE: x"_s);
    QCOMPARE(octetsOf(exchange, *EventSpans(exchange).spanOf(0), 9), "zz");
    exchange.response.octets.removeLast(); // the fault was its end
    QCOMPARE(octetsOf(exchange, *EventSpans(exchange).spanOf(0), 99), "HTTP/1.1 200 OK\r\n\r\n");
}

void EventSpansTest::fault_ofTheNetwork_hasNoOctets()
{
    Exchange exchange = chunkedExchange();
    exchange.events.clear();
    addEvents(&exchange,
        u"60.ClientRequest.error.ECONNRESET: read ECONNRESET | 61.Server.clientError.ECONNRESET: x"_s);
    QVERIFY(!EventSpans(exchange).spanOf(0));
    QVERIFY(!EventSpans(exchange).spanOf(1));
}

void EventSpansTest::span_findsItsEvent_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("event");
    const auto response = [](const char *name, const QByteArray &octets, int event) {
        QTest::newRow(name) << Direction::Response << octets << event;
    };
    response("in the head", "200", 9);
    response("the head", "HTTP/1.1 200 OK\r\n\r\n", 9);
    response("in an interim head", "Early", 6);
    response("the interim head, documented first", continueHead, 7);
    response("size line", "5;a=1\r\n", 10);
    response("chunk data is the data", "hel", 11);
    response("data of two reads is the chunk's", "hello", 10);
    response("trailer, nearest", "X-Sum: 1", 16);
    response("over two chunks: the first that takes some", "!\r\n0\r\n", 13);
    QTest::newRow("chunk sent") << Direction::Request << QByteArray("hi") << 1;
    QTest::newRow("request head: no event tells of it")
        << Direction::Request << QByteArray("POST") << -1;
}

void EventSpansTest::span_findsItsEvent()
{
    QFETCH(Direction, direction);
    QFETCH(QByteArray, octets);
    QFETCH(int, event);
    const Exchange exchange = chunkedExchange();
    const EventSpans spans(exchange);
    const qint64 begin = joined(exchange, direction).indexOf(octets);
    QVERIFY(begin >= 0);
    const WireSpan span { direction, begin, begin + octets.size() };
    QCOMPARE(spans.eventOf(span), event);
    const QList<int> events = spans.eventsOf(span);
    QCOMPARE(events.contains(event), event >= 0);
    for (const int each : events)
        QVERIFY(spans.spanOf(each)->begin < span.end && spans.spanOf(each)->end > span.begin);
}

void EventSpansTest::octetsNotKept_haveNoSpan()
{
    Exchange exchange = chunkedExchange();
    exchange.response.octets.resize(3); // "hel" is the last
    exchange.response.isTruncated = true;
    const EventSpans spans(exchange);
    QVERIFY(spans.spanOf(11));
    QVERIFY(!spans.spanOf(12));
    QVERIFY(!spans.spanOf(13));
    QVERIFY(!spans.spanOf(16));
    QVERIFY(!spans.spanOf(17));
    exchange.response.octets.clear();
    exchange.interim.clear();
    QVERIFY(!EventSpans(exchange).spanOf(6));
    QVERIFY(!EventSpans(exchange).spanOf(9));
    QVERIFY(!EventSpans().spanOf(0));
}

void EventSpansTest::side_isThatOfTheObjects()
{
    Exchange exchange;
    QCOMPARE(sideOf(exchange), Side::Client);
    exchange.summary.source = Source::Mock;
    QCOMPARE(sideOf(exchange), Side::Server);
    addEvents(&exchange, u"1.ClientRequest.socket"_s);
    QCOMPARE(sideOf(exchange), Side::Client);
    addEvents(&exchange, u"2.ServerResponse.finish"_s);
    QCOMPARE(sideOf(exchange), Side::Server);
    exchange.summary.source = Source::Proxy;
    QCOMPARE(sideOf(exchange), Side::Proxy);
    QCOMPARE(incomingOf(Side::Client, false), Direction::Response);
    QCOMPARE(incomingOf(Side::Server, true), Direction::Request);
    QCOMPARE(incomingOf(Side::Proxy, false), Direction::Request);
    QCOMPARE(incomingOf(Side::Proxy, true), Direction::Response);
}

QTEST_GUILESS_MAIN(EventSpansTest)
#include "tst_eventspans.moc"

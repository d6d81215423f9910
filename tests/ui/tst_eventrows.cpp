// The lines of the events view, and what they say.
#include "eventsamples.h"

#include <http/observer.h>
#include <inspector/eventlanes.h>
#include <inspector/eventmeaning.h>
#include <inspector/eventrows.h>
#include <inspector/eventtext.h>

#include <QTest>

using namespace headrace;
using namespace Qt::StringLiterals;
using ui::EventLanes;
using ui::EventRows;
using ui::samples::chunkedExchange;
using ui::samples::eventOf;

class EventRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lanes_ofAClient_endAtTheServer();
    void lanes_ofAServer_beginAtTheClient();
    void lanes_ofAProxy_areBetweenBoth();
    void octetsOfAProxy_comeFromBothPeers();
    void lanes_areBounded();
    void rows_areInOrder_withReadsAndWrites();
    void rows_withoutTransfers_areTheEvents();
    void rows_goIntoTheirLanes();
    void texts_ofALine();
    void delta_ofAFallingTime_isNegative();
    void departure_isMarkedOnItsLine();
    void departure_atTheEnd_isALineOfItsOwn();
    void phases_endAtTheirLines();
    void span_isThatOfTheEventOrTransfer();
    void span_findsItsLine();
    void text_isInColumns();
    void shortened_leavesOutTheMiddle();
    void meaning_isKnownForEachDocumentedEvent_data();
    void meaning_isKnownForEachDocumentedEvent();
    void meaning_namesTheMessage();
    void hover_tellsAll();
    void dump_hasOffsetsDigitsAndCharacters();

private:
    static QStringList titles(const EventLanes &lanes);
};

QStringList EventRowsTest::titles(const EventLanes &lanes)
{
    QStringList result;
    for (const ui::EventLane &lane : lanes.lanes())
        result += lane.title;
    return result;
}

void EventRowsTest::lanes_ofAClient_endAtTheServer()
{
    const EventLanes lanes(*chunkedExchange());
    QCOMPARE(titles(lanes),
        (QStringList { u"ClientRequest"_s, u"IncomingMessage"_s, u"Socket"_s, u"Wire"_s,
            u"127.0.0.1:8080"_s }));
    QCOMPARE(lanes.peerLane(exchange::Direction::Response, false), 4);
    QCOMPARE(lanes.lanes().at(4).side, exchange::Side::Server);
    QCOMPARE(lanes.octetLane(exchange::Direction::Request, false), 2);
    QVERIFY(lanes.isSent(exchange::Direction::Request, false));
}

void EventRowsTest::lanes_ofAServer_beginAtTheClient()
{
    exchange::Exchange exchange;
    for (const char *line : { "1 Server request", "2 IncomingMessage end", "3 Wire chunk_sent",
             "4 ServerResponse finish" })
        exchange.events.append(eventOf(QString::fromLatin1(line)));
    const EventLanes lanes(exchange);
    QCOMPARE(titles(lanes),
        (QStringList { u"peer"_s, u"Wire"_s, u"Socket"_s, u"Server"_s, u"IncomingMessage"_s,
            u"ServerResponse"_s }));
    QCOMPARE(lanes.peerLane(exchange::Direction::Response, false), 0);
    QVERIFY(lanes.isSent(exchange::Direction::Response, true));
}

void EventRowsTest::lanes_ofAProxy_areBetweenBoth()
{
    exchange::Exchange exchange;
    exchange.summary.source = exchange::Source::Proxy;
    exchange.summary.host = u"api.example.test"_s;
    for (const char *line : { "1 Server request", "2 ClientRequest response" })
        exchange.events.append(eventOf(QString::fromLatin1(line)));
    const EventLanes unknown(exchange);
    QCOMPARE(titles(unknown),
        (QStringList {
            u"peer"_s, u"Server"_s, u"ClientRequest"_s, u"Socket"_s, u"api.example.test"_s }));
    QCOMPARE(unknown.lanes().at(2).side, exchange::Side::Proxy);

    exchange.client = exchange::Connection {};
    exchange.client->peerAddress = u"::1"_s;
    exchange.client->peerPort = 50'000;
    exchange.connection.peerAddress = u"192.0.2.7"_s;
    exchange.connection.peerPort = 443;
    const EventLanes lanes(exchange);
    QCOMPARE(lanes.lanes().constFirst().title, u"[::1]:50000"_s);
    QCOMPARE(lanes.lanes().constLast().title, u"192.0.2.7:443"_s);
}

void EventRowsTest::octetsOfAProxy_comeFromBothPeers()
{
    using exchange::Direction;
    exchange::Exchange exchange;
    exchange.summary.source = exchange::Source::Proxy;
    exchange.events = { eventOf(u"1 Server request"_s), eventOf(u"2 ClientRequest response"_s) };
    const EventLanes passed(exchange); // peer, Server, ClientRequest, Socket, peer
    QVERIFY(!passed.isSent(Direction::Request, false));
    QCOMPARE(passed.peerLane(Direction::Request, false), 0);
    QCOMPARE(passed.octetLane(Direction::Request, false), 1);
    QVERIFY(!passed.isSent(Direction::Response, false));
    QCOMPARE(passed.peerLane(Direction::Response, false), 4);
    QCOMPARE(passed.octetLane(Direction::Response, false), 3);

    exchange.events = { eventOf(u"1 Server connect"_s), eventOf(u"2 ServerResponse finish"_s) };
    const EventLanes answered(exchange); // peer, Server, ServerResponse, Socket, peer
    QVERIFY(answered.isSent(Direction::Response, false));
    QCOMPARE(answered.peerLane(Direction::Response, false), 0);
    QCOMPARE(answered.octetLane(Direction::Response, false), 1);
    QVERIFY(!answered.isSent(Direction::Response, true)); // of its tunnel
    QCOMPARE(answered.peerLane(Direction::Response, true), 4);
}

void EventRowsTest::lanes_areBounded()
{
    exchange::Exchange exchange;
    for (int i = 0; i < 1000; ++i)
        exchange.events.append({ i, u"Object %1"_s.arg(i), u"x"_s, {} });
    const EventLanes lanes(exchange);
    QCOMPARE(lanes.lanes().size(), EventLanes::MaxObjects + 1);
    QVERIFY(!lanes.lanes().at(lanes.laneOf(u"Object 999"_s)).isPeer);
}

void EventRowsTest::rows_areInOrder_withReadsAndWrites()
{
    const EventRows rows(chunkedExchange(), true);
    QStringList names;
    for (qsizetype i = 0; i < rows.count(); ++i)
        names += rows.name(i);
    QCOMPARE(names.join(u", "),
        u"connect started, socket, connect ended, write, prefinish, finish, read, first byte, "
        "response, chunk received, data, read, chunk received, end, close, close"_s);
    QCOMPARE(rows.transferCount(), 3);
    QVERIFY(rows.at(3).kind == EventRows::Kind::Write);
    QVERIFY(rows.at(6).kind == EventRows::Kind::Read);
    QVERIFY(rows.at(7).kind == EventRows::Kind::Phase);
    QVERIFY(rows.at(8).kind == EventRows::Kind::Documented);
    QVERIFY(rows.at(9).kind == EventRows::Kind::Frame);
    QCOMPARE(rows.duration(), 41'000);
}

void EventRowsTest::rows_withoutTransfers_areTheEvents()
{
    const auto exchange = chunkedExchange();
    const EventRows rows(exchange, false);
    QCOMPARE(rows.count(), exchange->events.size());
    QCOMPARE(rows.transferCount(), 3);
    QCOMPARE(EventRows().count(), 0);
    QCOMPARE(EventRows().duration(), 0);
}

void EventRowsTest::rows_goIntoTheirLanes()
{
    const EventRows rows(chunkedExchange(), true);
    QCOMPARE(int(rows.at(1).lane), 0); // socket
    QCOMPARE(int(rows.at(3).lane), 2); // write
    QCOMPARE(int(rows.at(9).lane), 3); // chunk received
    QCOMPARE(int(rows.at(10).lane), 1); // data
}

void EventRowsTest::texts_ofALine()
{
    const EventRows rows(chunkedExchange(), true);
    QCOMPARE(rows.timeText(8), u"0.040410"_s);
    QCOMPARE(rows.deltaText(0), QString());
    QCOMPARE(rows.deltaText(8), u"+10\u2009µs"_s);
    QCOMPARE(rows.detail(8), u"200 OK"_s);
    QCOMPARE(rows.object(6), u"Socket"_s);
    QCOMPARE(rows.detail(6), u"29 B · head, chunks, body"_s);
    QCOMPARE(rows.detail(11), u"5 B · chunks, trailers"_s);
    QVERIFY(!rows.isFailure(8));
    auto failed = chunkedExchange();
    failed->events.append(eventOf(u"41001 ClientRequest error ECONNRESET"_s));
    const EventRows others(failed, false);
    QVERIFY(others.isFailure(others.count() - 1));
}

void EventRowsTest::delta_ofAFallingTime_isNegative()
{
    auto exchange = std::make_shared<exchange::Exchange>();
    exchange->events
        = { eventOf(u"100 ClientRequest socket"_s), eventOf(u"90 ClientRequest finish"_s) };
    QCOMPARE(EventRows(exchange, true).deltaText(1), u"−10\u2009µs"_s);
}

void EventRowsTest::departure_isMarkedOnItsLine()
{
    auto exchange = chunkedExchange();
    exchange->events.swapItemsAt(8, 10); // 'end' before 'data'
    const EventRows rows(exchange, true);
    QVERIFY(rows.departure());
    QStringList marked;
    for (qsizetype i = 0; i < rows.count(); ++i) {
        if (rows.isDeparture(i))
            marked += rows.name(i) + u": "_s + rows.departureText(i);
        else
            QVERIFY(rows.departureText(i).isEmpty());
    }
    QCOMPARE(marked, QStringList { u"data: Expected 'close' here."_s });
}

void EventRowsTest::departure_atTheEnd_isALineOfItsOwn()
{
    auto exchange = chunkedExchange();
    exchange->events.resize(10);
    const EventRows rows(exchange, false);
    const qsizetype last = rows.count() - 1;
    QCOMPARE(rows.count(), 11);
    QVERIFY(rows.at(last).kind == EventRows::Kind::Missing);
    QVERIFY(rows.isDeparture(last));
    QCOMPARE(rows.departureText(last),
        u"The record ends here, but expected was 'end' on the response."_s);
    QCOMPARE(rows.timeText(last) + rows.deltaText(last) + rows.detail(last), QString());
    QVERIFY(!rows.span(last));
    QVERIFY(rows.toText(last, last).contains(u"ends too early"_s));
}

void EventRowsTest::phases_endAtTheirLines()
{
    const EventRows rows(chunkedExchange(), true);
    const auto phase = [&rows](qsizetype row) {
        const ui::Phase *found = rows.phaseEndingAt(row);
        return found ? found->name : QString();
    };
    QCOMPARE(phase(0), QString());
    QCOMPARE(phase(1), u"Queued"_s);
    QCOMPARE(phase(2), u"Connect"_s);
    QCOMPARE(phase(5), u"Sending"_s);
    QCOMPARE(phase(6), u"Waiting"_s);
    QCOMPARE(phase(rows.count() - 1), u"Receiving"_s);
}

void EventRowsTest::span_isThatOfTheEventOrTransfer()
{
    const EventRows rows(chunkedExchange(), true);
    const exchange::WireSpan head { exchange::Direction::Response, 0, 19 };
    const exchange::WireSpan read { exchange::Direction::Response, 0, 29 };
    QVERIFY(rows.span(8) == head);
    QVERIFY(rows.span(6) == read);
    QVERIFY(!rows.span(1));
}

void EventRowsTest::span_findsItsLine()
{
    const EventRows rows(chunkedExchange(), true);
    QCOMPARE(rows.rowOf({ exchange::Direction::Response, 2, 5 }), 8);
    QCOMPARE(rows.rowOf({ exchange::Direction::Response, 22, 27 }), 10);
    QCOMPARE(rows.rowOf({ exchange::Direction::Request, 0, 3 }), 5); // 'finish' of that write
    QCOMPARE(rows.rowOf({ exchange::Direction::Request, 900, 910 }), -1);
    auto exchange = chunkedExchange();
    exchange->events.clear();
    const EventRows bare(exchange, true);
    QCOMPARE(bare.rowOf({ exchange::Direction::Response, 30, 31 }), 2);
    QCOMPARE(bare.find(bare.at(2)), 2);
    QCOMPARE(EventRows(exchange, false).find(bare.at(2)), -1);
    QCOMPARE(EventRows().rowOf({}), -1);
}

void EventRowsTest::text_isInColumns()
{
    auto exchange = std::make_shared<exchange::Exchange>();
    exchange->events = { eventOf(u"120 Socket connect_started"_s),
        eventOf(u"1000120 ClientRequest response 200 OK"_s) };
    const EventRows rows(exchange, true);
    QCOMPARE(rows.toText(0, 1),
        u"0.000120           Socket         connect started\n"
        "1.000120  +1.00\u2009s  ClientRequest  response         200 OK\n"_s);
    QCOMPARE(rows.toText(1, 99).count(u'\n'), 1);
    QCOMPARE(rows.toText(0, -1), QString());
    exchange->events[0].detail = u"two\nlines"_s; // from a file
    QCOMPARE(EventRows(exchange, true).toText(0, 0).count(u'\n'), 1);
}

void EventRowsTest::shortened_leavesOutTheMiddle()
{
    const EventRows rows(ui::samples::longExchange(1'000), true);
    const EventRows few = rows.shortened(101);
    QCOMPARE(few.count(), 101);
    QCOMPARE(few.name(0), rows.name(0));
    QCOMPARE(few.timeText(100), rows.timeText(rows.count() - 1));
    QVERIFY(few.at(75).kind == EventRows::Kind::Omitted);
    QCOMPARE(few.detail(75),
        u"%1 lines are left out here"_s.arg(
            QLocale(QLocale::English).toString(rows.count() - 100)));
    QCOMPARE(few.deltaText(76), QString());
    QVERIFY(few.phaseEndingAt(100));
    QCOMPARE(rows.shortened(rows.count()).count(), rows.count());
}

void EventRowsTest::meaning_isKnownForEachDocumentedEvent_data()
{
    QTest::addColumn<QString>("object");
    QTest::addColumn<QString>("names");
    QTest::newRow("request") << u"ClientRequest"_s
                             << u"abort close connect continue drain error finish information "
                                "prefinish response socket timeout upgrade"_s;
    QTest::newRow("message") << u"IncomingMessage"_s << u"aborted close data end error timeout"_s;
    QTest::newRow("response") << u"ServerResponse"_s
                              << u"close drain error finish prefinish socket timeout"_s;
    QTest::newRow("proxy")
        << u"Proxy"_s
        << u"held resumed dropped answered not_held sent_again kept_back fault entered "
           "passed_through passes_through_next_time origin_failed"_s;
    QTest::newRow("server") << u"Server"_s
                            << u"checkContinue checkExpectation clientError close connect "
                               "connection error listening request timeout upgrade"_s;
    QTest::newRow("agent") << u"Agent"_s << u"free"_s;
    QString phases;
    for (int i = 0; i <= int(http::SocketPhase::Closed); ++i)
        phases += QString(http::name(http::SocketPhase(i))).replace(u' ', u'_') + u' ';
    QTest::newRow("socket") << u"Socket"_s << phases + u"read write"_s;
    QTest::newRow("wire") << u"Wire"_s
                          << u"chunk_received chunk_sent trailers_received trailers_sent"_s;
}

void EventRowsTest::meaning_isKnownForEachDocumentedEvent()
{
    QFETCH(QString, object);
    QFETCH(QString, names);
    for (QString name : names.split(u' ')) {
        const QString meaning
            = ui::meaningOf(object, name.replace(u'_', u' '), exchange::Side::Client);
        QVERIFY2(meaning.endsWith(u'.') && meaning.size() > 20, qPrintable(object + u' ' + name));
        QVERIFY(!meaning.contains(u'%'));
    }
}

void EventRowsTest::meaning_namesTheMessage()
{
    const auto meaning
        = [](exchange::Side side) { return ui::meaningOf(u"IncomingMessage"_s, u"end"_s, side); };
    QVERIFY(meaning(exchange::Side::Client).contains(u"The response is complete"_s));
    QVERIFY(meaning(exchange::Side::Server).contains(u"The request is complete"_s));
    QCOMPARE(ui::meaningOf(u"Other"_s, u"end"_s, exchange::Side::Client), QString());
    QCOMPARE(ui::meaningOf(u"Server"_s, u"no such"_s, exchange::Side::Client), QString());
}

void EventRowsTest::hover_tellsAll()
{
    const EventRows rows(chunkedExchange(), true);
    const QString text = ui::hoverText(rows, 8);
    for (const QString &part :
        { u"<b>response</b>"_s, u"on ClientRequest"_s, u"head of the final"_s, u"200 OK"_s,
            u"at 40,410 µs"_s, u"10 µs after the one before"_s, u"10 µs before the next"_s,
            u"Octets 0 to 18"_s, u"(19 B)"_s })
        QVERIFY2(text.contains(part), qPrintable(text + u" lacks "_s + part));
    auto exchange = chunkedExchange();
    exchange->events[6].detail = u"<img src=x>"_s;
    QVERIFY(!ui::hoverText(EventRows(exchange, true), 8).contains(u"<img"_s));
    QCOMPARE(ui::spanText({}), QString());
}

void EventRowsTest::dump_hasOffsetsDigitsAndCharacters()
{
    QCOMPARE(ui::dumpText("Hello,\r\nwor\xff", 16, 8),
        u"0010  48 65 6c 6c 6f 2c 0d 0a  Hello,..\n"
        "0018  77 6f 72 ff              wor."_s);
    QCOMPARE(ui::dumpText({}, 0, 8), QString());
}

QTEST_GUILESS_MAIN(EventRowsTest)
#include "tst_eventrows.moc"

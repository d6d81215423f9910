#include <exchange/eventstream.h>

#include <QTest>

using namespace headrace::exchange;

namespace {

/// "type|data|id|retry|comment", with a letter for the kind before it.
QByteArray shown(const StreamEvent &event)
{
    const char kind = event.kind == StreamEvent::Kind::Event ? 'E'
        : event.kind == StreamEvent::Kind::Comment           ? 'C'
                                                             : 'I';
    return kind + QByteArray(" ") + event.type + '|' + event.data + '|'
        + (event.hasId ? '#' + event.id : QByteArray()) + '|'
        + (event.retry ? QByteArray::number(*event.retry) : QByteArray()) + '|' + event.comment;
}

QList<StreamEvent> read(const QByteArray &stream, qsizetype piece)
{
    EventStreamReader reader;
    QList<StreamEvent> events;
    for (qsizetype at = 0; at < stream.size(); at += piece)
        events
            += reader.feed(QByteArrayView(stream).sliced(at, std::min(piece, stream.size() - at)));
    if (const auto rest = reader.incomplete())
        events += *rest;
    return events;
}

} // namespace

class EventStreamReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void events_areReadInPiecesOfAnySize_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArrayList>("events");
        QTest::newRow("nothing") << QByteArray() << QByteArrayList();
        QTest::newRow("one") << QByteArray("data: a\n\n") << QByteArrayList { "E |a|||" };
        QTest::newRow("lines") << QByteArray("data: a\ndata:b\ndata\n\n")
                               << QByteArrayList { "E |a\nb\n|||" };
        QTest::newRow("all fields") << QByteArray("event: x\nid: 7\nretry: 250\ndata:  a\n: c\n\n")
                                    << QByteArrayList { "E x| a|#7|250|c" };
        QTest::newRow("CR LF") << QByteArray("data: a\r\n\r\ndata: b\r\n\r\n")
                               << QByteArrayList { "E |a|||", "E |b|||" };
        QTest::newRow("CR") << QByteArray("data: a\r\rdata: b\r\r")
                            << QByteArrayList { "E |a|||", "E |b|||" };
        QTest::newRow("comment") << QByteArray(": ping\n\n:\n\n: pong\n\n")
                                 << QByteArrayList { "C ||||ping", "C ||||pong" };
        QTest::newRow("id alone") << QByteArray("id\n\n") << QByteArrayList { "E ||#||" };
        QTest::newRow("unknown field")
            << QByteArray("x: y\n\ndata: a\n\n") << QByteArrayList { "E |a|||" };
        QTest::newRow("bad retry")
            << QByteArray("retry: 1s\ndata: a\n\n") << QByteArrayList { "E |a|||" };
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf"
                                                       "data: a\n\n")
                                         << QByteArrayList { "E |a|||" };
        QTest::newRow("not complete") << QByteArray("data: a\n\nevent: x\ndata: b")
                                      << QByteArrayList { "E |a|||", "I x|b|||" };
        QTest::newRow("empty lines")
            << QByteArray("\n\n\ndata: a\n\n\n") << QByteArrayList { "E |a|||" };
    }

    void events_areReadInPiecesOfAnySize()
    {
        QFETCH(const QByteArray, stream);
        for (const qsizetype piece : { 1, 2, 3, 1000 }) {
            QByteArrayList events;
            const QList<StreamEvent> found = read(stream, piece);
            for (const StreamEvent &event : found)
                events += shown(event);
            QTEST(events, "events");
        }
    }

    void events_knowWhereTheyAre()
    {
        const QByteArray stream("data: a\n\n: c\n\ndata: b\r\n\r\ndata: c\n\n");
        const QList<StreamEvent> events = read(stream, 1000);
        QByteArrayList texts;
        for (const StreamEvent &event : events)
            texts += stream.mid(event.span.begin, event.span.end - event.span.begin);
        QCOMPARE(
            texts, (QByteArrayList { "data: a\n\n", ": c\n\n", "data: b\r\n\r\n", "data: c\n\n" }));
    }

    void data_long_isCut()
    {
        const QList<StreamEvent> events
            = read("data: " + QByteArray(3'000'000, 'x') + "\n\ndata: a\n\n", 65'536);
        QCOMPARE(events.size(), 2);
        QCOMPARE(events.at(0).data.size(), StreamEvent::LongestData);
        QCOMPARE(events.at(0).dataOctets, 3'000'000);
        QCOMPARE(events.at(1).data, QByteArray("a"));
    }
};

QTEST_GUILESS_MAIN(EventStreamReaderTest)
#include "tst_eventstreamreader.moc"

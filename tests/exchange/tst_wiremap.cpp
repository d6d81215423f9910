#include <exchange/memorystore.h>
#include <exchange/wiremap.h>

#include <QElapsedTimer>
#include <QTest>

namespace headrace::exchange {

/// What stands where on the wire, asked both ways.
class WireMapTest : public QObject
{
    Q_OBJECT

    static Message made(const QList<Octets> &octets, qint64 wireOctets = 0)
    {
        Message message;
        message.octets = octets;
        message.wireOctets = std::max<qint64>(wireOctets, message.raw().size());
        return message;
    }

    static Message chunked()
    {
        return made({ { 10, Part::Head, "HTTP/1.1 200 OK\r\nA: 1\r\nb:2\r\n\r\n" },
            { 10, Part::ChunkHeader, "5;a=1\r\n" }, { 20, Part::Body, "he" },
            { 30, Part::Body, "llo" }, { 30, Part::ChunkEnd, "\r\n" },
            { 40, Part::ChunkHeader, "0\r\n" }, { 40, Part::Trailers, "X: 1\r\nY: 2\r\n\r\n" } });
    }

    static Exchange answered(const Message &response, const QList<Message> &interim = {})
    {
        Exchange exchange;
        exchange.request = made({ { 1, Part::Head, "GET / HTTP/1.1\r\nHost: a\r\n\r\n" } });
        exchange.interim = interim;
        exchange.response = response;
        return exchange;
    }

    static QByteArray octetsOf(const Exchange &exchange, Direction direction)
    {
        if (direction == Direction::Request)
            return exchange.request.raw();
        QByteArray all;
        for (const Message &interim : exchange.interim)
            all += interim.raw();
        return all + exchange.response.raw();
    }

    static QByteArray textOf(const Exchange &exchange, const std::optional<WireSpan> &span)
    {
        return span ? octetsOf(exchange, span->direction).mid(span->begin, span->end - span->begin)
                    : QByteArray("nothing");
    }

    /// "message kind index 'octets'" for each item in the order of the octets.
    static QStringList itemsOf(const Exchange &exchange, Direction direction)
    {
        static const QStringList kinds { QStringLiteral("StartLine"), QStringLiteral("Field"),
            QStringLiteral("HeadEnd"), QStringLiteral("SizeLine"), QStringLiteral("ChunkData"),
            QStringLiteral("ChunkEnd"), QStringLiteral("LastChunk"), QStringLiteral("Data"),
            QStringLiteral("Trailer"), QStringLiteral("TrailersEnd"), QStringLiteral("Tunnel"),
            QStringLiteral("Unparsed") };
        const WireMap map(exchange);
        QStringList texts;
        qint64 offset = 0;
        while (const auto item = map.at(direction, offset)) {
            const QByteArray octets = textOf(exchange, item->span).replace("\r", "\\r");
            texts += QStringLiteral("%1 %2 %3 %4")
                         .arg(item->message)
                         .arg(kinds.at(int(item->kind)))
                         .arg(item->index)
                         .arg(QString::fromLatin1(octets).replace(u'\n', QStringLiteral("\\n")));
            if (item->span.begin != offset || item->span.end <= offset)
                return texts << QStringLiteral("gap at %1").arg(offset);
            for (qint64 inside = offset; inside < item->span.end; ++inside) {
                if (map.at(direction, inside) != item)
                    return texts << QStringLiteral("another at %1").arg(inside);
            }
            offset = item->span.end;
        }
        if (offset != octetsOf(exchange, direction).size())
            texts += QStringLiteral("ends at %1").arg(offset);
        return texts;
    }

private Q_SLOTS:

    void chunked_eachPartIsFound()
    {
        const Exchange exchange = answered(chunked());
        QCOMPARE(itemsOf(exchange, Direction::Response),
            (QStringList { QStringLiteral("0 StartLine -1 HTTP/1.1 200 OK\\r\\n"),
                QStringLiteral("0 Field 0 A: 1\\r\\n"), QStringLiteral("0 Field 1 b:2\\r\\n"),
                QStringLiteral("0 HeadEnd -1 \\r\\n"), QStringLiteral("0 SizeLine 0 5;a=1\\r\\n"),
                QStringLiteral("0 ChunkData 0 hello"), QStringLiteral("0 ChunkEnd 0 \\r\\n"),
                QStringLiteral("0 LastChunk 1 0\\r\\n"), QStringLiteral("0 Trailer 0 X: 1\\r\\n"),
                QStringLiteral("0 Trailer 1 Y: 2\\r\\n"),
                QStringLiteral("0 TrailersEnd -1 \\r\\n") }));
        QCOMPARE(itemsOf(exchange, Direction::Request),
            (QStringList { QStringLiteral("-1 StartLine -1 GET / HTTP/1.1\\r\\n"),
                QStringLiteral("-1 Field 0 Host: a\\r\\n"),
                QStringLiteral("-1 HeadEnd -1 \\r\\n") }));
    }

    void chunked_spansOfThings()
    {
        const Exchange exchange = answered(chunked());
        const WireMap map(exchange);
        QCOMPARE(textOf(exchange, map.startLine(0)), QByteArray("HTTP/1.1 200 OK\r\n"));
        QCOMPARE(textOf(exchange, map.field(0, 1)), QByteArray("b:2\r\n"));
        QCOMPARE(textOf(exchange, map.field(0, 2)), QByteArray("nothing"));
        QCOMPARE(textOf(exchange, map.field(-1, 0)), QByteArray("Host: a\r\n"));
        QCOMPARE(textOf(exchange, map.field(7, 0)), QByteArray("nothing"));
        QCOMPARE(textOf(exchange, map.trailer(0, 1)), QByteArray("Y: 2\r\n"));
        QCOMPARE(textOf(exchange, map.trailer(-1, 0)), QByteArray("nothing"));
        QCOMPARE(textOf(exchange, map.trailers(0)), QByteArray("X: 1\r\nY: 2\r\n\r\n"));
        QCOMPARE(textOf(exchange, map.message(0)), exchange.response.raw());
        QCOMPARE(map.frameOfChunk(0, 0), std::optional(1));
        QCOMPARE(textOf(exchange, map.frame(0, 1)), QByteArray("5;a=1\r\nhello\r\n"));
        QCOMPARE(textOf(exchange, map.sizeLine(0, 1)), QByteArray("5;a=1\r\n"));
        QCOMPARE(textOf(exchange, map.extension(0, 1)), QByteArray(";a=1"));
        QCOMPARE(textOf(exchange, map.extension(0, 2)), QByteArray());
        QCOMPARE(textOf(exchange, map.chunkData(0, 1)), QByteArray("hello"));
        QCOMPARE(textOf(exchange, map.chunkData(0, 0)), QByteArray("nothing"));
        QCOMPARE(textOf(exchange, map.frame(0, 9)), QByteArray("nothing"));
    }

    void runs_areReadsAndWrites()
    {
        const Exchange exchange = answered(chunked());
        const WireMap map(exchange);
        const qint64 head = map.head(0)->end;
        QCOMPARE(map.runs(Direction::Response),
            (QList<WireRun> { { 0, head + 7, 10 }, { head + 7, head + 9, 20 },
                { head + 9, head + 14, 30 }, { head + 14, exchange.response.raw().size(), 40 } }));
        QCOMPARE(map.runAt(Direction::Response, head + 8)->time, 20);
        QVERIFY(!map.runAt(Direction::Response, exchange.response.raw().size()));
        QVERIFY(!map.runAt(Direction::Response, -1));
    }

    void interimResponses_standBeforeTheFinalOne()
    {
        const Message early
            = made({ { 5, Part::Head, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" } });
        const Exchange exchange = answered(chunked(), { early, early });
        const WireMap map(exchange);
        const qint64 size = early.raw().size();
        QCOMPARE(map.places(Direction::Response).size(), 3);
        QCOMPARE(textOf(exchange, map.field(2, 0)), QByteArray("Link: x\r\n"));
        QCOMPARE(map.field(2, 0)->begin, size + 26);
        QCOMPARE(map.message(0)->begin, 2 * size);
        QCOMPARE(map.at(Direction::Response, size)->message, 2);
        QCOMPARE(itemsOf(exchange, Direction::Response).size(), 3 + 3 + 11);
        QCOMPARE(map.runs(Direction::Response).constFirst(), (WireRun { 0, 2 * size, 5 }));
    }

    void fieldLines_asReceived_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<QList<int>>("oddities");
        const auto row = [](const char *name, const QByteArray &lines, const QStringList &expected,
                             const QList<int> &oddities) {
            QTest::newRow(name) << "GET / HTTP/1.1\r\n" + lines << expected << oddities;
        };
        const QString b = QStringLiteral("B|2|B:2\\r\\n");
        row("plain", "A: 1\r\nB:2\r\n\r\n", { QStringLiteral("A|1|A: 1\\r\\n"), b }, { 0, 0 });
        row("duplicates", "B:2\r\nB:2\r\n\r\n", { b, b }, { 0, 0 });
        row("folded", "A: 1\r\n  2 \r\nB:2\r\n\r\n",
            { QStringLiteral("A|1\\r\\n  2|A: 1\\r\\n  2 \\r\\n"), b }, { FieldLine::Folded, 0 });
        row("folded from an empty value", "A:\r\n\t1\r\nB:2\r\n\r\n",
            { QStringLiteral("A|1|A:\\r\\n\t1\\r\\n"), b }, { FieldLine::Folded, 0 });
        row("bare LF", "A: 1\nB:2\r\n\n", { QStringLiteral("A|1|A: 1\\n"), b },
            { FieldLine::BareLf, 0 });
        row("bare CR", "A: 1\r2\r\n\r\n", { QStringLiteral("A|1\\r2|A: 1\\r2\\r\\n") },
            { FieldLine::BareCr });
        row("space before the colon", "A : 1\r\n\r\n", { QStringLiteral("A|1|A : 1\\r\\n") },
            { FieldLine::SpaceBeforeColon });
        row("no colon", "Hello\r\nB:2\r\n\r\n", { QStringLiteral("Hello||Hello\\r\\n"), b },
            { FieldLine::NoColon, 0 });
        row("spaces", "A:\t 1\t\r\n\r\n", { QStringLiteral("A|1|A:\t 1\t\\r\\n") },
            { FieldLine::ManySpaces | FieldLine::TrailingSpace });
        row("empty value", "A: \r\nB:2\r\n\r\n", { QStringLiteral("A||A: \\r\\n"), b }, { 0, 0 });
        row("odd octets", "A(: \xe9\x01\r\n\r\n",
            { QStringLiteral("A(|\u00e9\x01|A(: \u00e9\x01\\r\\n") },
            { FieldLine::NonAscii | FieldLine::Control | FieldLine::OddName });
        row("empty name", ": 1\r\n\r\n", { QStringLiteral("|1|: 1\\r\\n") },
            { FieldLine::OddName });
        row("cut off", "B:2\r\nA: 1", { b, QStringLiteral("A|1|A: 1") },
            { 0, FieldLine::Unfinished });
        row("cut off in the empty line", "B:2\r\n\r", { b }, { 0 });
    }

    void fieldLines_asReceived()
    {
        QFETCH(QByteArray, head);
        QFETCH(QStringList, lines);
        QFETCH(QList<int>, oddities);
        const FieldBlock block = readFieldBlock(head, true);
        QStringList found;
        QList<int> odd;
        for (const FieldLine &line : block.fields) {
            const auto text = [&](qsizetype begin, qsizetype end) {
                return QString::fromLatin1(head.sliced(begin, end - begin))
                    .replace(u'\r', QStringLiteral("\\r"))
                    .replace(u'\n', QStringLiteral("\\n"));
            };
            found += text(line.begin, line.nameEnd) + u'|' + text(line.valueBegin, line.valueEnd)
                + u'|' + text(line.begin, line.end);
            odd += int(line.oddities);
        }
        QCOMPARE(found, lines);
        QCOMPARE(odd, oddities);
        QCOMPARE(block.isComplete, head.endsWith("\n\r\n") || head.endsWith("\n\n"));
        // Cut anywhere, and in any pieces, nothing gets lost.
        for (qsizetype cut = 1; cut <= head.size(); ++cut) {
            Exchange exchange;
            exchange.request
                = made({ { 0, Part::Head, head.first(cut) }, { 1, Part::Head, head.sliced(cut) } });
            QCOMPARE(itemsOf(exchange, Direction::Request).filter(QStringLiteral(" at ")),
                QStringList());
            exchange.request = made({ { 0, Part::Head, head.first(cut) } });
            QCOMPARE(itemsOf(exchange, Direction::Request).filter(QStringLiteral(" at ")),
                QStringList());
        }
    }

    void emptyLinesBeforeTheRequest_belongToTheStartLine()
    {
        Exchange exchange;
        exchange.request = made({ { 0, Part::Head, "\r\n\r\nGET / HTTP/1.1\r\nA: 1\r\n\r\n" } });
        const WireMap map(exchange);
        QCOMPARE(textOf(exchange, map.startLine(-1)), QByteArray("GET / HTTP/1.1\r\n"));
        QCOMPARE(textOf(exchange, map.field(-1, 0)), QByteArray("A: 1\r\n"));
        QCOMPARE(map.at(Direction::Request, 0)->kind, WireItem::Kind::StartLine);
    }

    void partialMessages_keepThePlacesOfWhatFollows()
    {
        Message early = made({ { 5, Part::Head, "HTTP/1.1 103 Early" } }, 500);
        early.isTruncated = true;
        const Exchange exchange = answered(chunked(), { early });
        const WireMap map(exchange);
        QCOMPARE(map.message(0)->begin, 500);
        QCOMPARE(map.field(0, 0)->begin, 517);
        QVERIFY(!map.at(Direction::Response, 18));
        QVERIFY(!map.runAt(Direction::Response, 18));
        QCOMPARE(map.places(Direction::Response).constFirst().knownEnd, 18);
        QCOMPARE(map.at(Direction::Response, 500)->kind, WireItem::Kind::StartLine);
        QCOMPARE(map.size(Direction::Response), 500 + exchange.response.wireOctets);
    }

    void cutMessages_areReadAsFarAsTheyGo()
    {
        const QByteArray whole = chunked().raw();
        for (qsizetype size = 0; size <= whole.size(); ++size) {
            Message cut = chunked();
            qsizetype left = size;
            for (Octets &piece : cut.octets) {
                piece.octets.truncate(left);
                left -= piece.octets.size();
            }
            cut.octets.removeIf([](const Octets &piece) { return piece.octets.isEmpty(); });
            cut.isTruncated = true;
            QCOMPARE(itemsOf(answered(cut), Direction::Response).filter(QStringLiteral(" at ")),
                QStringList());
        }
    }

    void tunnelsDataAndGarbage_areFrames()
    {
        const Exchange exchange = answered(made({ { 1, Part::Head, "HTTP/1.1 101 Up\r\n\r\n" },
            { 2, Part::Tunnel, "ab" }, { 3, Part::Tunnel, "c" }, { 4, Part::Body, "d" },
            { 5, Part::Unparsed, "e" }, { 6, Part::Head, "again" } }));
        const QStringList items = itemsOf(exchange, Direction::Response);
        QCOMPARE(items.sliced(2),
            (QStringList { QStringLiteral("0 Tunnel -1 ab"), QStringLiteral("0 Tunnel -1 c"),
                QStringLiteral("0 Data -1 d"), QStringLiteral("0 Unparsed -1 e"),
                QStringLiteral("0 Unparsed -1 again") }));
    }

    void sizeLines_inAnyPieces_haveTheirExtension_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("extension");
        QTest::newRow("none") << QByteArray("a\r\n") << QByteArray();
        QTest::newRow("one") << QByteArray("a;x\r\n") << QByteArray(";x");
        QTest::newRow("blank before it")
            << QByteArray("a ;x=\"1;2\"\r\n") << QByteArray(";x=\"1;2\"");
        QTest::newRow("bare LF") << QByteArray("a;x\n") << QByteArray(";x");
        QTest::newRow("long") << QByteArray("a;" + QByteArray(500, 'x') + "\r\n")
                              << QByteArray(";" + QByteArray(500, 'x'));
    }

    void sizeLines_inAnyPieces_haveTheirExtension()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, extension);
        for (qsizetype step = 1; step <= line.size(); ++step) {
            QList<Octets> pieces { { 0, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" } };
            for (qsizetype at = 0; at < line.size(); at += step)
                pieces.append({ at, Part::ChunkHeader, line.mid(at, step) });
            pieces.append({ 9, Part::Body, "0123456789" });
            const Exchange exchange = answered(made(pieces));
            const WireMap map(exchange);
            QCOMPARE(textOf(exchange, map.extension(0, 1)), extension);
            QCOMPARE(textOf(exchange, map.sizeLine(0, 1)), line);
            QCOMPARE(textOf(exchange, map.chunkData(0, 1)), QByteArray("0123456789"));
        }
    }

    void nothing_isNoTrouble()
    {
        const WireMap map { Exchange() };
        QVERIFY(!map.at(Direction::Request, 0));
        QVERIFY(!map.message(0));
        QVERIFY(map.frames(0).isEmpty());
        QVERIFY(map.headLines(0).fields.isEmpty());
        QCOMPARE(map.size(Direction::Response), 0);
        Exchange withoutOctets;
        withoutOctets.request.startLine = "GET / HTTP/1.1";
        withoutOctets.request.fields = { { "A", "1" } };
        QVERIFY(!WireMap(withoutOctets).field(-1, 0));
    }

    void largeMessages_areReadFromTheirStore()
    {
        MemoryStore store;
        const ExchangeId id = store.begin({});
        const Exchange whole = answered(chunked(),
            { made({ { 5, Part::Head, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" } }) });
        for (const auto &[index, message] : { std::pair(-1, whole.request),
                 std::pair(1, whole.interim.constFirst()), std::pair(0, whole.response) }) {
            for (const Octets &piece : message.octets)
                store.addOctets(id, index, piece);
        }
        const auto begun = store.exchange(id, 4);
        QVERIFY(begun->response.isPartial);
        QVERIFY(!WireMap(*begun).trailer(0, 1));
        const auto map = WireMap::read(*begun, store);
        QVERIFY(map);
        const WireMap expected(whole);
        QCOMPARE(map->trailer(0, 1), expected.trailer(0, 1));
        QCOMPARE(map->runs(Direction::Response), expected.runs(Direction::Response));
        for (qint64 offset = 0; offset < expected.size(Direction::Response); ++offset)
            QCOMPARE(
                map->at(Direction::Response, offset), expected.at(Direction::Response, offset));
        const std::atomic_bool isCanceled = true;
        QVERIFY(!WireMap::read(*begun, store, &isCanceled));
    }

    void hundredThousandChunks_areMappedAtOnce()
    {
        Message message = made({ { 0, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" } });
        const QByteArray data(1000, 'x');
        constexpr int count = 100'000;
        for (int i = 0; i < count; ++i) {
            message.octets.append({ i, Part::ChunkHeader, "3e8\r\n" });
            message.octets.append({ i, Part::Body, data });
            message.octets.append({ i, Part::ChunkEnd, "\r\n" });
        }
        message.wireOctets = 19 + qint64(count) * 1007;
        const Exchange exchange = answered(message);
        QElapsedTimer timer;
        timer.start();
        const WireMap map(exchange);
        for (int i = 0; i < count; ++i) {
            const auto item = map.at(Direction::Response, 19 + i * 1007 + 500);
            if (!item || item->index != i || item->kind != WireItem::Kind::ChunkData)
                QFAIL("another chunk");
        }
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(map.runs(Direction::Response).size(), count);
    }
};

} // namespace headrace::exchange

QTEST_APPLESS_MAIN(headrace::exchange::WireMapTest)
#include "tst_wiremap.moc"

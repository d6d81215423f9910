#include <exchange/memorystore.h>
#include <exchange/octetsource.h>
#include <exchange/octetspool.h>
#include <exchange/storedoctets.h>

#include <QRandomGenerator>
#include <QTest>

using namespace headrace::exchange;

namespace {

QByteArray madeOctets(qsizetype size, quint32 seed)
{
    QRandomGenerator random(seed);
    QByteArray octets(size, Qt::Uninitialized);
    for (char &octet : octets)
        octet = char(random.bounded(256));
    return octets;
}

/// Any windows of \a source, and those at its ends, are those of \a expected.
void compareWindows(const OctetSource &source, const QByteArray &expected)
{
    QCOMPARE(source.size(), expected.size());
    QCOMPARE(source.read(0, expected.size()), expected);
    QRandomGenerator random(7);
    for (int i = 0; i < 200; ++i) {
        const qint64 offset = random.bounded(expected.size() + 1);
        const qint64 length = random.bounded(3000);
        QCOMPARE(source.read(offset, length), expected.mid(offset, length));
    }
    QCOMPARE(source.read(expected.size(), 10), QByteArray());
    QCOMPARE(source.read(expected.size() + 5, 10), QByteArray());
    QCOMPARE(source.read(-5, 3), expected.first(3));
    QCOMPARE(source.read(0, -1), QByteArray());
}

} // namespace

class OctetSourceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void memory_givesWindows()
    {
        const QByteArray octets = madeOctets(10'000, 1);
        compareWindows(MemoryOctets(octets), octets);
        QVERIFY(MemoryOctets(octets).isInMemory());
    }

    void slice_givesWindowsOfAPart()
    {
        const QByteArray octets = madeOctets(10'000, 1);
        const auto whole = std::make_shared<MemoryOctets>(octets);
        compareWindows(OctetSlice(whole, 100, 5000), octets.mid(100, 5000));
        compareWindows(OctetSlice(whole, 9000, 5000), octets.mid(9000));
        QCOMPARE(OctetSlice(whole, 20'000, 5).size(), 0);
    }

    void spool_givesWindows_data()
    {
        QTest::addColumn<qint64>("memoryLimit");
        QTest::addColumn<bool>("isInMemory");
        QTest::newRow("in memory") << qint64(1 << 20) << true;
        QTest::newRow("in a file") << qint64(10'000) << false;
        QTest::newRow("in a file at once") << qint64(0) << false;
    }

    void spool_givesWindows()
    {
        QFETCH(const qint64, memoryLimit);
        QFETCH(const bool, isInMemory);
        const QByteArray octets = madeOctets(100'000, 2);
        OctetSpool spool(memoryLimit);
        for (qsizetype at = 0; at < octets.size(); at += 777)
            QVERIFY(spool.append(octets.mid(at, 777)));
        QCOMPARE(spool.size(), octets.size());
        const OctetSourcePointer source = spool.take();
        QCOMPARE(source->isInMemory(), isInMemory);
        compareWindows(*source, octets);
        QCOMPARE(spool.error(), QString());
    }

    void spool_withoutOctets_isEmpty()
    {
        OctetSpool spool;
        QCOMPARE(spool.take()->size(), 0);
    }

    void spool_thatCannotBeWritten_saysSo()
    {
        qputenv("TMPDIR", "/proc");
        OctetSpool spool(4);
        QVERIFY(spool.append("abcd"));
        QVERIFY(!spool.append("e"));
        qunsetenv("TMPDIR");
        QVERIFY(!spool.error().isEmpty());
        QCOMPARE(spool.take()->read(0, 10), QByteArray("abcd"));
    }

    void stored_body_isWithoutFraming()
    {
        MemoryStore store;
        QByteArray body;
        QByteArray wire;
        const ExchangeId id = add(store, 300, &body, &wire);
        const auto source = StoredOctets::open(store, { id });
        compareWindows(*source, body);
    }

    void stored_wire_hasInterimResponsesFirst()
    {
        MemoryStore store;
        QByteArray body;
        QByteArray wire;
        const ExchangeId id = add(store, 300, &body, &wire);
        const auto source
            = StoredOctets::open(store, { id, Direction::Response, 2, StoredOctets::Scope::Wire });
        compareWindows(*source, wire);
        const auto request
            = StoredOctets::open(store, { id, Direction::Request, 2, StoredOctets::Scope::Wire });
        compareWindows(*request, "GET / HTTP/1.1\r\n\r\n");
    }

    void stored_manyPieces_keepTheIndexSparse()
    {
        MemoryStore store;
        const ExchangeId id = store.begin({});
        const QByteArray body = madeOctets(2'000'000, 3);
        for (qsizetype at = 0; at < body.size(); at += 1000)
            store.addOctets(id, 0, { at, Part::Body, body.mid(at, 1000) });
        const auto source = StoredOctets::open(store, { id });
        compareWindows(*source, body);
    }

    void stored_growing_isReadOn()
    {
        MemoryStore store;
        const ExchangeId id = store.begin({});
        std::shared_ptr<const StoredOctets> source;
        QByteArray body;
        for (int i = 0; i < 40; ++i) {
            const QByteArray piece = madeOctets(20'000 + i, quint32(i));
            store.addOctets(id, 0, { i, Part::ChunkHeader, "ff\r\n" });
            store.addOctets(id, 0, { i, Part::Body, piece });
            body += piece;
            const qint64 sizeBefore = source ? source->size() : 0;
            const auto before = source;
            source = StoredOctets::open(store, { id }, before);
            compareWindows(*source, body);
            if (before)
                QCOMPARE(before->size(), sizeBefore);
            QCOMPARE(source->arrivals().size(), i + 1);
            QCOMPARE(source->arrivals().constLast(), (Arrival { body.size() - piece.size(), i }));
        }
    }

    void stored_canceled_isNothing()
    {
        MemoryStore store;
        QByteArray body;
        QByteArray wire;
        const ExchangeId id = add(store, 3, &body, &wire);
        const std::atomic_bool isCanceled = true;
        QVERIFY(!StoredOctets::open(store, { id }, {}, &isCanceled));
    }

    void stored_removed_isEmpty()
    {
        MemoryStore store;
        QByteArray body;
        QByteArray wire;
        const ExchangeId id = add(store, 3, &body, &wire);
        const auto source = StoredOctets::open(store, { id });
        store.remove({ id });
        QCOMPARE(source->read(0, 100), QByteArray());
        QCOMPARE(StoredOctets::open(store, { id })->size(), 0);
    }

    void arrival_isThatOfItsRun()
    {
        const QList<Arrival> arrivals { { 0, 5 }, { 10, 7 }, { 30, 9 } };
        QCOMPARE(arrivalOf(arrivals, 0), 5);
        QCOMPARE(arrivalOf(arrivals, 9), 5);
        QCOMPARE(arrivalOf(arrivals, 10), 7);
        QCOMPARE(arrivalOf(arrivals, 99), 9);
        QCOMPARE(arrivalOf({}, 0), -1);
    }

private:
    static ExchangeId add(MemoryStore &store, int pieces, QByteArray *body, QByteArray *wire)
    {
        const ExchangeId id = store.begin({});
        const auto tell = [&](int message, Part part, const QByteArray &octets) {
            store.addOctets(id, message, { 1, part, octets });
            if (message >= 0)
                *wire += octets;
            if (message == 0 && part == Part::Body)
                *body += octets;
        };
        tell(-1, Part::Head, "GET / HTTP/1.1\r\n\r\n");
        tell(1, Part::Head, "HTTP/1.1 103 Early Hints\r\n\r\n");
        tell(2, Part::Head, "HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n");
        tell(0, Part::Head, "HTTP/1.1 200 OK\r\n\r\n");
        for (int i = 0; i < pieces; ++i) {
            tell(0, Part::ChunkHeader, "800\r\n");
            tell(0, Part::Body, madeOctets(0x800, quint32(i)));
            tell(0, Part::ChunkEnd, "\r\n");
        }
        store.end(id);
        return id;
    }
};

QTEST_GUILESS_MAIN(OctetSourceTest)
#include "tst_octetsource.moc"

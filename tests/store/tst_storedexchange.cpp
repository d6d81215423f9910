#include "madetraffic.h"

#include <exchange/memorystore.h>
#include <exchange/storedoctets.h>
#include <store/exchangestore.h>

#include <QTemporaryDir>
#include <QTest>

namespace headrace::store {

using namespace headrace::exchange;

/// What is recorded is read as it was told: while it goes on, from the file, and from the file opened again.
class StoredExchangeTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    QString newPath() { return m_folder.filePath(QStringLiteral("%1.headrace").arg(++m_files)); }

private Q_SLOTS:

    void exchange_atEachStage_isAsTold()
    {
        const QString path = newPath();
        MemoryStore memory;
        memory.setMemoryLimit(qint64(1) << 40);
        QList<ExchangeId> ids;
        {
            ExchangeStore store;
            QVERIFY(!store.open(path));
            MadeTraffic forStore(1);
            MadeTraffic forMemory(1);
            for (int i = 0; i < 300; ++i) {
                const ExchangeId id = forStore.add(store);
                QCOMPARE(forMemory.add(memory), id);
                ids.append(id);
                QCOMPARE(textOf(*store.exchange(id)), textOf(*memory.exchange(id)));
                QCOMPARE(textOf(*store.summary(id)), textOf(*memory.summary(id)));
            }
            store.flush();
            QCOMPARE(store.count(), 300);
            QCOMPARE(store.ids(), ids);
            for (const ExchangeId id : std::as_const(ids))
                QCOMPARE(textOf(*store.exchange(id)), textOf(*memory.exchange(id)));
        }
        ExchangeStore again;
        QVERIFY(!again.open(path));
        QCOMPARE(again.ids(), ids);
        for (const ExchangeId id : std::as_const(ids)) {
            QCOMPARE(textOf(*again.exchange(id)), textOf(*memory.exchange(id)));
            QCOMPARE(textOf(*again.summary(id)), textOf(*memory.summary(id)));
        }
        QCOMPARE(again.ids(290, 5), ids.mid(289, 5));
        QCOMPARE(again.hosts().size(), memory.hosts().size());
        for (qsizetype i = 0; i < again.hosts().size(); ++i) {
            QCOMPARE(again.hosts().at(i).host, memory.hosts().at(i).host);
            QCOMPARE(again.hosts().at(i).exchanges, memory.hosts().at(i).exchanges);
        }
    }

    void exchange_thatGoesOn_isReadInTheMiddle()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        const ExchangeId id = store.begin({});
        QByteArray told;
        for (int i = 0; i < 50; ++i) {
            const QByteArray piece = QByteArray::number(i) + ' ';
            told += piece;
            store.addOctets(id, 0, { i, Part::Body, piece });
            if (i % 7 == 0)
                store.flush();
            QCOMPARE(store.exchange(id)->response.joined(Part::Body), told);
            QCOMPARE(store.summary(id)->responseBodyOctets, told.size());
        }
        QCOMPARE(store.summary(id)->state, State::Active);
    }

    void body_beyondTheLimit_isPartialAndStreams()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        const ExchangeId id = store.begin({});
        QByteArray body;
        for (int i = 0; body.size() < 3'000'000; ++i)
            body += QByteArray::number(i);
        store.addOctets(id, 0, { 1, Part::Body, body.first(1'500'000) });
        store.flush();
        store.addOctets(id, 0, { 2, Part::Body, body.mid(1'500'000) });
        store.addOctets(id, -1, { 3, Part::Body, "the other side" });

        const Exchange partial = *store.exchange(id, 1'000'000);
        QVERIFY(partial.response.isPartial);
        QCOMPARE(partial.response.joined(Part::Body), body.first(1'000'000));
        QCOMPARE(partial.response.bodyOctets, body.size());
        QVERIFY(!partial.request.isPartial);

        QByteArray streamed;
        qsizetype largest = 0;
        store.readOctets(id, 0, [&](const Octets &octets) {
            streamed += octets.octets;
            largest = std::max(largest, octets.octets.size());
            return true;
        });
        QCOMPARE(streamed, body);
        QVERIFY(largest <= 512 * 1024);

        int pieces = 0;
        store.readOctets(id, 0, [&](const Octets &) { return ++pieces < 2; });
        QCOMPARE(pieces, 2);
    }

    void octets_fromAMark_areThoseBehindIt()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        const ExchangeId id = store.begin({});
        QByteArray body;
        std::shared_ptr<const StoredOctets> source;
        for (int i = 0; i < 30; ++i) {
            store.addOctets(id, -1, { i, Part::Body, QByteArray(100'000, 'q') });
            const QByteArray piece(50'000 + 1000 * i, char('a' + i % 26));
            store.addOctets(id, 0, { i, Part::Body, piece });
            body += piece;
            if (i % 4 == 0)
                store.flush();
            source = StoredOctets::open(store, { id }, source); // what waits for the file, too
            QCOMPARE(source->size(), body.size());
            for (qint64 at = 0; at < body.size(); at += 33'333)
                QCOMPARE(source->read(at, 5000), body.mid(at, 5000));
        }
        store.end(id);
        store.flush();
        QCOMPARE(source->read(0, body.size()), body);

        QList<qint64> marks;
        store.readOctetsFrom(id, 0, 0, [&marks](const Octets &, qint64 mark) {
            marks.append(mark);
            return true;
        });
        QVERIFY(std::is_sorted(marks.begin(), marks.end()));
        QVERIFY(marks.constLast() > 10);
        qint64 first = -1;
        store.readOctetsFrom(id, 0, marks.at(20), [&first](const Octets &, qint64 mark) {
            first = mark;
            return false;
        });
        QCOMPARE(first, marks.at(20));
    }

    void exchange_unknown_isNothing()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        QVERIFY(!store.exchange(7));
        QVERIFY(!store.summary(7));
        store.addOctets(7, 0, { 1, Part::Body, "x" });
        store.end(7);
        store.flush();
        QCOMPARE(store.count(), 0);
        store.readOctets(7, 0, [](const Octets &) { return false; });
    }
};

} // namespace headrace::store

QTEST_GUILESS_MAIN(headrace::store::StoredExchangeTest)
#include "tst_storedexchange.moc"

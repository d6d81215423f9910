#include "support/cputimer.h"

#include <exchange/exchangebuilder.h>
#include <exchange/memorystore.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <memory>

using namespace headrace::exchange;

namespace {

ExchangeId addEnded(MemoryStore &store, qsizetype bodySize = 0)
{
    const ExchangeId id = store.begin({});
    if (bodySize > 0)
        store.addOctets(id, 0, { 1, Part::Body, QByteArray(bodySize, 'x') });
    store.end(id);
    return id;
}

QList<ExchangeId> allIds(const QSignalSpy &spy)
{
    QList<ExchangeId> result;
    for (const QList<QVariant> &arguments : spy)
        result += arguments.first().value<QList<ExchangeId>>();
    return result;
}

} // namespace

class MemoryStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void exchange_growsByCalls()
    {
        MemoryStore store;
        Summary summary;
        summary.method = QStringLiteral("GET");
        const ExchangeId id = store.begin(summary);
        QCOMPARE(id, 1u);
        Message head;
        head.startLine = "HTTP/1.1 103 Early Hints";
        head.statusCode = 103;
        store.addOctets(id, 1, { 5, Part::Head, "HTTP/1.1 103 Early Hints\r\n\r\n" });
        store.setHead(id, 1, head);
        store.addOctets(id, 0, { 7, Part::ChunkHeader, "5\r\n" });
        store.addOctets(id, 0, { 7, Part::Body, "hello" });
        store.addChunk(id, 0, { 7, 0, 5, ";a=b" });
        store.setTrailers(id, 0, { { "X", "1" } });
        store.addEvent(id, { 9, QStringLiteral("ClientRequest"), QStringLiteral("close"), {} });
        store.addUnkept(id, -1, Part::Body, 3);

        const Exchange exchange = *store.exchange(id);
        QCOMPARE(exchange.summary.id, id);
        QCOMPARE(exchange.summary.method, QStringLiteral("GET"));
        QCOMPARE(exchange.interim.size(), 1);
        QCOMPARE(exchange.interim[0].statusCode, 103);
        QCOMPARE(exchange.interim[0].raw(), "HTTP/1.1 103 Early Hints\r\n\r\n");
        QCOMPARE(exchange.response.joined(Part::Body), "hello");
        QCOMPARE(exchange.response.raw(), "5\r\nhello");
        QCOMPARE(exchange.response.bodyOctets, 5);
        QCOMPARE(exchange.response.wireOctets, 8);
        QCOMPARE(exchange.summary.responseBodyOctets, 5);
        QCOMPARE(exchange.response.chunks[0].extensions, ";a=b");
        QCOMPARE(exchange.response.trailers.size(), 1);
        QCOMPARE(exchange.request.bodyOctets, 3);
        QVERIFY(exchange.request.isTruncated);
        QCOMPARE(exchange.events.size(), 1);
    }

    void exchangeOfAProxy_isKeptAndToldOn()
    {
        MemoryStore store;
        Exchange exchange;
        exchange.summary.source = Source::Proxy;
        exchange.timings.held = 1500;
        exchange.client = Connection {};
        exchange.client->id = 7;
        exchange.client->peerAddress = QStringLiteral("192.0.2.1");
        exchange.client->tls = Tls { QStringLiteral("TLSv1.3"), {}, {}, {}, { "shown" } };
        exchange.changes = {
            { 5, -1, Change::Cause::Rule, QStringLiteral("Trace"), Part::Head,
                QStringLiteral("set header X-Trace"), {}, "X-Trace: 1\r\n", false },
            { 6, 0, Change::Cause::HopByHop, {}, Part::Head, {}, "Connection: close\r\n", {}, true }
        };
        const ExchangeId id = tellExchange(store, exchange);

        const Exchange kept = *store.exchange(id);
        QCOMPARE(kept.timings.held, 1500);
        QCOMPARE(kept.client->peerAddress, exchange.client->peerAddress);
        QCOMPARE(kept.client->tls->peerCertificates, exchange.client->tls->peerCertificates);
        QCOMPARE(kept.changes.size(), 2);
        QCOMPARE(kept.changes.first().by, QStringLiteral("Trace"));
        QCOMPARE(kept.changes.first().after, "X-Trace: 1\r\n");
        QVERIFY(kept.changes.last().isCut);
        QCOMPARE(kept.connection.id, 0);
    }

    void search_givesWhatTheFilterMatches()
    {
        MemoryStore store;
        for (const char *method : { "GET", "POST", "GET" }) {
            Summary summary;
            summary.method = QLatin1String(method);
            const ExchangeId id = store.begin(summary);
            store.addOctets(id, 0, { 0, Part::Body, id == 3 ? "in stock" : "sold out" });
        }
        const auto found = [&store](const char *filter) {
            Query query;
            query.filter = parseFilter(QString::fromLatin1(filter)).filter;
            const auto search = store.search(query);
            QList<ExchangeId> ids;
            QSignalSpy finished(search.get(), &Search::finished);
            connect(search.get(), &Search::found, search.get(),
                [&ids](const QList<ExchangeId> &more) { ids += more; });
            finished.wait();
            return ids;
        };
        QCOMPARE(found(""), (QList<ExchangeId> { 1, 2, 3 }));
        QCOMPARE(found("method:GET"), (QList<ExchangeId> { 1, 3 }));
        QCOMPARE(found("method:GET body:stock"), (QList<ExchangeId> { 3 }));
        QCOMPARE(found("body:nothing"), QList<ExchangeId>());
    }

    void unknownIds_areIgnored()
    {
        MemoryStore store;
        QVERIFY(!store.summary(7));
        QVERIFY(!store.exchange(7));
        store.addOctets(7, 0, { 0, Part::Body, "x" });
        store.end(7);
        store.remove({ 7 });
        QCOMPARE(store.count(), 0);
    }

    void ids_areInOrderAndPaged()
    {
        MemoryStore store;
        for (int i = 0; i < 5; ++i)
            addEnded(store);
        QCOMPARE(store.ids(), (QList<ExchangeId> { 1, 2, 3, 4, 5 }));
        QCOMPARE(store.ids(3), (QList<ExchangeId> { 3, 4, 5 }));
        QCOMPARE(store.ids(2, 2), (QList<ExchangeId> { 2, 3 }));
        QCOMPARE(store.ids(9), QList<ExchangeId>());
    }

    void signals_areGathered()
    {
        MemoryStore store;
        QSignalSpy added(&store, &Store::added);
        QSignalSpy changed(&store, &Store::changed);
        const ExchangeId id = store.begin({});
        for (int i = 0; i < 1000; ++i)
            store.addOctets(id, 0, { i, Part::Body, "x" });
        QCOMPARE(added.count(), 0);
        QTRY_COMPARE(added.count(), 1);
        QCOMPARE(allIds(added), QList<ExchangeId> { id });
        QCOMPARE(changed.count(), 0); // what is new is read whole
        for (int i = 0; i < 1000; ++i)
            store.addOctets(id, 0, { i, Part::Body, "x" });
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(allIds(changed), QList<ExchangeId> { id });
    }

    void signals_comeAtMostThirtyTimesASecond()
    {
        MemoryStore store;
        QSignalSpy added(&store, &Store::added);
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 500) {
            addEnded(store);
            QCoreApplication::processEvents();
        }
        QVERIFY2(added.count() <= 16, qPrintable(QString::number(added.count())));
        QTRY_COMPARE(allIds(added).size(), store.count());
    }

    void remove_ended_isGone()
    {
        MemoryStore store;
        addEnded(store);
        addEnded(store);
        QSignalSpy added(&store, &Store::added);
        QSignalSpy removed(&store, &Store::removed);
        QTRY_COMPARE(added.count(), 1);
        const qint64 before = store.status().memoryOctets;
        store.remove({ 1 });
        QCOMPARE(store.count(), 1);
        QCOMPARE(store.ids(), QList<ExchangeId> { 2 });
        QVERIFY(store.status().memoryOctets < before);
        QTRY_COMPARE(allIds(removed), QList<ExchangeId> { 1 });
        QCOMPARE(store.status().lostExchanges, 0);
    }

    void remove_unheardOf_saysNothing()
    {
        MemoryStore store;
        QSignalSpy added(&store, &Store::added);
        QSignalSpy removed(&store, &Store::removed);
        store.remove({ addEnded(store) });
        addEnded(store);
        QTRY_COMPARE(allIds(added), QList<ExchangeId> { 2 });
        QCOMPARE(removed.count(), 0);
    }

    void clear_activeExchange_isForgottenWhenItEnds()
    {
        MemoryStore store;
        const ExchangeId id = store.begin({});
        store.clear();
        QCOMPARE(store.count(), 0);
        QVERIFY(!store.exchange(id));
        store.addOctets(id, 0, { 0, Part::Body, QByteArray(1000, 'x') });
        QVERIFY(store.status().memoryOctets > 1000);
        store.end(id);
        QCOMPARE(store.status().memoryOctets, 0);
    }

    void memoryLimit_reached_oldestEndedAreGivenUpAndCounted()
    {
        MemoryStore store;
        store.setMemoryLimit(100'000);
        const ExchangeId active = store.begin({});
        for (int i = 0; i < 20; ++i)
            addEnded(store, 10'000);
        QVERIFY(store.status().memoryOctets <= 100'000);
        QVERIFY(store.status().lostExchanges > 0);
        QCOMPARE(store.count() + store.status().lostExchanges, 21);
        QVERIFY(store.summary(active));
        QVERIFY(!store.summary(active + 1));
        QCOMPARE(store.ids().last(), 21u);
    }

    void values_stayAsRead()
    {
        MemoryStore store;
        const ExchangeId id = store.begin({});
        store.addOctets(id, 0, { 0, Part::Body, "one" });
        const Exchange before = *store.exchange(id);
        store.addOctets(id, 0, { 1, Part::Body, "two" });
        QCOMPARE(before.response.raw(), "one");
        QCOMPARE(store.exchange(id)->response.raw(), "onetwo");
    }

    void writerThread_readerSeesEverythingInOrder()
    {
        MemoryStore store;
        QSignalSpy added(&store, &Store::added);
        constexpr int count = 2000;
        const std::unique_ptr<QThread> writer(QThread::create([&store] {
            for (int i = 0; i < count; ++i)
                addEnded(store, 100);
        }));
        writer->start();
        while (allIds(added).size() < count) {
            for (const ExchangeId id : store.ids(0, 10))
                QVERIFY(store.exchange(id));
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        }
        writer->wait();
        const QList<ExchangeId> ids = allIds(added);
        QCOMPARE(ids, store.ids());
    }

    void append_costDoesNotGrowWithTheExchange()
    {
        MemoryStore store;
        const ExchangeId id = store.begin({});
        const headrace::test::CpuTimer timer;
        for (int i = 0; i < 200'000; ++i)
            store.addOctets(id, 0, { i, Part::Body, QByteArrayLiteral("0123456789abcdef") });
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(MemoryStoreTest)
#include "tst_memorystore.moc"

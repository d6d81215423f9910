#include "madetraffic.h"

#include <exchange/memorystore.h>
#include <store/exchangestore.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace headrace::store {

using namespace headrace::exchange;

/// The file finds what the matcher in memory finds, in the same order.
class StoreSearchTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    MemoryStore m_memory;
    ExchangeStore m_store;

    static constexpr int Exchanges = 600;

private Q_SLOTS:

    void initTestCase()
    {
        m_memory.setMemoryLimit(qint64(1) << 40);
        QVERIFY(!m_store.open(m_folder.filePath(QStringLiteral("a.headrace"))));
        MadeTraffic forStore(2);
        MadeTraffic forMemory(2);
        for (int i = 0; i < Exchanges; ++i) {
            const ExchangeId id = forStore.add(m_store);
            QCOMPARE(forMemory.add(m_memory), id);
            if (i % 50 == 0) {
                for (Store *store :
                    { static_cast<Store *>(&m_store), static_cast<Store *>(&m_memory) }) {
                    store->setNote({ id }, QStringLiteral("Look: Größe %1").arg(i));
                    store->setMark({ id }, Mark(1 + i / 50 % 6));
                }
            }
        }
        m_store.flush();
    }

    void filter_findsWhatTheMatcherFinds_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
            { "", "items", "~m POST", "~m GET & ~c 404", "~d example", "~u orders", "~c 200",
                "~c 4", "~s", "~q", "~e", "~a", "~t json", "~tq form", "~ts html", "~h x-id",
                "~hq \"x-id: 7\"", "~hs HIT", "~b needle", "~bq needle", "~bs \"out of stock\"",
                "!~c 200", "!(~m GET | ~m POST)", "~marked", "~comment Look", "~http", "~tcp",
                "~src 127", "~dst 192", "~websocket", "status>=400", "status:4xx", "status:200,404",
                "status=404", "status!=200", "-status:2xx", "host:api.*", "host:example.test",
                "host=api.example.test", "host:cdn", "method:GET,PUT", "method=POST",
                "scheme:https", "path:/v1/*", "path:orders", "path:/v1/items", "type:json",
                "type:image/*", "request.type:form", "header:x-id", "header:x-*", "header:x-id=7",
                "header:x-cache:hit", "request.header:x-id", "response.header:set-cookie",
                "-header:x-cache", "-header:x-id=7", "trailer:*", "trailer:x-sum",
                "trailer:x-sum=3", "-trailer:*", "event:aborted", "event:connect", "-event:aborted",
                "event:own*", "event:ClientRequest.close", "pattern:timeout", "pattern:aborted",
                "pattern:success,upgrade", "body:needle", "body:\"out of stock\"", "body:/NEEDLE/c",
                "body:Welt", "request.body:plain", "-body:needle", "duration>500ms", "duration<1s",
                "size>1kB", "size>100KiB", "size=0", "reqsize>0", "source:proxy", "source:mock",
                "state:failed", "is:failed", "is:marked", "mark:red", "note:look", "note:größe",
                "note:*", "error:ECONNRESET", "error:hang", "error:*", "id:100-200", "connection:3",
                "!(connection>5)", "id>590", "time>=2026-11-18T00:00", "any:needle",
                "status:4xx body:needle", "status:4xx | body:needle",
                "(host:api header:x-id) | (method:POST -body:plain)", "-(status:4xx body:needle)",
                "-(header:x-cache=HIT | event:aborted)", "is:tls", "is:complete", "query:q=1",
                "m\\\\u00fcnchen", "münchen", "rule:map", "rule:*", "-rule:*", "rule=\"map local\"",
                "rule:/^map\\./", "rule:größe", "is:changed", "-is:changed", "is:lenient",
                "is:changed,lenient", "client:198.51.100.4", "client:[::1]", "server:2001",
                "-client:198", "rule:map | status:404", "-(rule:map body:needle)" })
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void filter_findsWhatTheMatcherFinds()
    {
        QFETCH(QString, text);
        const ParsedFilter parsed = parseFilter(text);
        if (parsed.error)
            QFAIL(qPrintable(text + QStringLiteral(": ") + parsed.error->message));
        Query query;
        query.filter = parsed.filter;
        const QList<ExchangeId> expected = found(m_memory, query);
        QCOMPARE(found(m_store, query), expected);

        QList<ExchangeId> some;
        for (ExchangeId id = 3; id < Exchanges; id += 7)
            some.append(id);
        query.among = some;
        QList<ExchangeId> expectedOfSome;
        for (const ExchangeId id : expected) {
            if (some.contains(id))
                expectedOfSome.append(id);
        }
        QCOMPARE(found(m_store, query), expectedOfSome);
    }

    void sort_byEachKey_isAsInMemory()
    {
        for (int key = 0; key <= int(SortKey::Note); ++key) {
            for (const bool isDescending : { false, true }) {
                for (const char *text : { "", "status:4xx", "body:needle" }) {
                    Query query;
                    query.key = SortKey(key);
                    query.isDescending = isDescending;
                    query.filter = parseFilter(QString::fromLatin1(text)).filter;
                    QVERIFY2(found(m_store, query) == found(m_memory, query),
                        qPrintable(QStringLiteral("key %1 %2 %3")
                                       .arg(key)
                                       .arg(isDescending)
                                       .arg(QLatin1String(text))));
                }
            }
        }
    }

    void progress_ofASearchThatLooks_isTold()
    {
        Query query;
        query.filter = parseFilter(u"body:nowhere").filter;
        const auto search = m_store.search(query);
        QSignalSpy finished(search.get(), &Search::finished);
        QVERIFY(finished.wait());
        QCOMPARE(finished.first().first().toString(), QString());
    }

    void cancel_endsTheSearch()
    {
        Query query;
        query.filter = parseFilter(u"body:/(a|b)*c/").filter;
        const auto search = m_store.search(query);
        QSignalSpy finished(search.get(), &Search::finished);
        search->cancel();
        QVERIFY(finished.wait());
        QCOMPARE(finished.first().first().toString(), QString());
    }

    void search_deletedAtOnce_isNoTrouble()
    {
        for (int i = 0; i < 50; ++i) {
            Query query;
            query.filter = parseFilter(u"body:needle").filter;
            m_store.search(query).reset();
        }
        QCOMPARE(found(m_store, {}).size(), Exchanges);
    }
};

} // namespace headrace::store

QTEST_GUILESS_MAIN(headrace::store::StoreSearchTest)
#include "tst_storesearch.moc"

#include "madetraffic.h"

#include <store/exchangestore.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace headrace::store {

using namespace headrace::exchange;

/// What changes a session while it is recorded, and what it says of that.
class StoreWritingTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    QString newPath() { return m_folder.filePath(QStringLiteral("%1.headrace").arg(++m_files)); }

    static QList<ExchangeId> idsOf(const QSignalSpy &spy)
    {
        QList<ExchangeId> ids;
        for (const QList<QVariant> &call : spy)
            ids += call.first().value<QList<ExchangeId>>();
        return ids;
    }

private Q_SLOTS:

    void recording_isToldOnceWritten()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        QSignalSpy added(&store, &Store::added);
        QSignalSpy changed(&store, &Store::changed);
        const ExchangeId id = store.begin({});
        QTRY_COMPARE(idsOf(added), QList<ExchangeId> { id });
        QCOMPARE(found(store, {}), QList<ExchangeId> { id });
        store.addOctets(id, 0, { 1, Part::Body, "x" });
        QTRY_COMPARE(idsOf(changed), QList<ExchangeId> { id });
    }

    void recording_fromSeveralThreads_losesNothing()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        constexpr int each = 500;
        std::vector<std::unique_ptr<QThread>> threads;
        for (quint32 seed = 1; seed <= 4; ++seed) {
            threads.emplace_back(QThread::create([&store, seed] {
                MadeTraffic traffic(seed);
                for (int i = 0; i < each; ++i)
                    traffic.add(store);
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(60'000));
        store.flush();
        QCOMPARE(store.count(), 4 * each);
        QCOMPARE(store.ids().size(), 4 * each);
        QCOMPARE(store.status().lostExchanges, 0);
    }

    void recorder_fasterThanTheDisk_waits()
    {
        ExchangeStore store;
        store.setMemoryLimits(1'000'000, 1'000'000);
        QVERIFY(!store.open(newPath()));
        const ExchangeId id = store.begin({});
        const QByteArray piece(200'000, 'x');
        for (int i = 0; i < 100; ++i) {
            store.addOctets(id, 0, { i, Part::Body, piece });
            QVERIFY(store.status().memoryOctets <= 1'400'000);
        }
        store.flush();
        qint64 octets = 0;
        store.readOctets(id, 0, [&octets](const Octets &more) {
            octets += more.octets.size();
            return true;
        });
        QCOMPARE(octets, 100 * piece.size());
    }

    // As an import tells them, without a transaction for each.
    void noteAndMark_comeWithTheFirstRow()
    {
        const QString path = newPath();
        ExchangeId id = 0;
        {
            ExchangeStore store;
            QVERIFY(!store.open(path));
            Summary summary;
            summary.note = QStringLiteral("from a file");
            summary.mark = Mark::Orange;
            id = store.begin(summary);
            summary.note = QStringLiteral("of a recorder");
            summary.mark = Mark::None;
            store.setSummary(id, summary);
            store.flush();
            store.setSummary(id, summary);
            store.end(id);
        }
        ExchangeStore again;
        QVERIFY(!again.open(path));
        QCOMPARE(again.summary(id)->note, QStringLiteral("from a file"));
        QCOMPARE(again.summary(id)->mark, Mark::Orange);
        again.setNote({ id }, {});
        again.flush();
        QTRY_COMPARE(again.summary(id)->note, QString());
    }

    void note_isKept()
    {
        const QString path = newPath();
        ExchangeId id = 0;
        {
            ExchangeStore store;
            QVERIFY(!store.open(path));
            id = MadeTraffic(1).add(store);
            const ExchangeId active = MadeTraffic(2).beginOne(store);
            QSignalSpy changed(&store, &Store::changed);
            store.setNote({ id, active }, QStringLiteral("look at this"));
            store.setMark({ id }, Mark::Blue);
            QCOMPARE(store.summary(active)->note, QStringLiteral("look at this"));
            store.setSummary(active, Summary()); // the recorder knows nothing of notes
            store.end(active);
            QTRY_VERIFY(changed.size() >= 2);
            store.flush();
            QCOMPARE(store.summary(active)->note, QStringLiteral("look at this"));
        }
        ExchangeStore again;
        QVERIFY(!again.open(path));
        QCOMPARE(again.summary(id)->note, QStringLiteral("look at this"));
        QCOMPARE(again.summary(id)->mark, Mark::Blue);
        again.setNote({ id }, {});
        again.flush();
        QCOMPARE(again.summary(id)->note, QString());
    }

    void remove_alsoWhileItGoesOn_isForgotten()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        QSignalSpy removed(&store, &Store::removed);
        const ExchangeId over = MadeTraffic(1).add(store);
        const ExchangeId active = store.begin({});
        const ExchangeId stays = MadeTraffic(2).add(store);
        store.flush();
        store.remove({ over, active });
        store.addOctets(active, 0, { 1, Part::Body, "still coming" });
        store.end(active);
        QTRY_COMPARE(idsOf(removed), (QList<ExchangeId> { over, active }));
        store.flush();
        QCOMPARE(store.ids(), QList<ExchangeId> { stays });
        QCOMPARE(store.count(), 1);
        QVERIFY(!store.exchange(active));
    }

    void remove_ofMany_goesInParts()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        MadeTraffic traffic(1);
        QList<ExchangeId> ids;
        for (int i = 0; i < 5000; ++i)
            ids.append(store.begin({}));
        store.flush();
        QSignalSpy removed(&store, &Store::removed);
        store.remove(ids.mid(10));
        QTRY_COMPARE(idsOf(removed), ids.mid(10));
        QVERIFY(removed.size() > 1);
        QCOMPARE(store.count(), 10);
    }

    void clear_givesTheSpaceBack()
    {
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        MadeTraffic traffic(1);
        for (int i = 0; i < 300; ++i)
            traffic.add(store);
        const ExchangeId active = traffic.beginOne(store);
        store.flush();
        QSignalSpy reset(&store, &Store::reset);
        store.clear();
        QVERIFY(reset.wait());
        store.end(active);
        store.flush();
        QCOMPARE(store.count(), 0);
        QCOMPARE(store.ids(), QList<ExchangeId>());
        const ExchangeId next = traffic.add(store);
        QVERIFY(next > active);
        store.close();
        QVERIFY(
            QFile(m_folder.filePath(QStringLiteral("%1.headrace").arg(m_files))).size() < 300'000);
    }

    void saveAs_whileRecording_hasEverythingAndGoesOn()
    {
        const QString first = newPath();
        const QString second = newPath();
        QStringList texts;
        QList<ExchangeId> ids;
        {
            ExchangeStore store;
            QVERIFY(!store.open(first));
            MadeTraffic traffic(3);
            for (int i = 0; i < 400; ++i)
                ids.append(traffic.add(store));
            const ExchangeId active = traffic.beginOne(store);
            QSignalSpy saved(&store, &ExchangeStore::saved);
            store.saveAs(second);
            QVERIFY(store.isSaving());
            for (int i = 0; i < 400; ++i)
                ids.append(traffic.add(store));
            QVERIFY(saved.wait(20'000));
            QCOMPARE(store.path(), second);
            for (int i = 0; i < 50; ++i)
                ids.append(traffic.add(store));
            store.addOctets(active, 0, { 9, Part::Body, "after" });
            Summary over = *store.summary(active);
            over.state = State::Complete;
            store.setSummary(active, over);
            store.end(active);
            store.flush();
            ids.insert(400, active);
            for (const ExchangeId id : std::as_const(ids))
                texts.append(textOf(*store.exchange(id)));
            QVERIFY(texts.at(400).contains(QString::fromLatin1(QByteArray("after").toHex())));
        }
        ExchangeStore again;
        QVERIFY(!again.open(second));
        QCOMPARE(again.ids(), ids);
        for (qsizetype i = 0; i < ids.size(); ++i)
            QCOMPARE(textOf(*again.exchange(ids.at(i))), texts.at(i));
        QVERIFY(QFile::exists(first)); // whose it is decides the caller
    }

    void saveAs_overAnotherFile_replacesIt()
    {
        const QString path = newPath();
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("something else");
        old.close();
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        const ExchangeId id = MadeTraffic(1).add(store);
        QSignalSpy saved(&store, &ExchangeStore::saved);
        store.saveAs(path);
        QVERIFY(saved.wait());
        QCOMPARE(store.ids(), QList<ExchangeId> { id });
    }

    void saveAs_thatCannot_leavesTheOldFile()
    {
        const QString path = newPath();
        ExchangeStore store;
        QVERIFY(!store.open(path));
        const ExchangeId id = MadeTraffic(1).add(store);
        QSignalSpy failed(&store, &ExchangeStore::saveFailed);
        store.saveAs(m_folder.filePath(QStringLiteral("no/such/folder/a.headrace")));
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().first().value<FileError>().code, FileError::Code::NotFound);
        QVERIFY(!store.isSaving());
        QCOMPARE(store.path(), path);
        store.flush();
        QCOMPARE(store.ids(), QList<ExchangeId> { id });
    }

    void cancelSave_takesTheCopyAway()
    {
        const QString path = newPath();
        ExchangeStore store;
        QVERIFY(!store.open(newPath()));
        const ExchangeId id = store.begin({});
        for (int i = 0; i < 100; ++i)
            store.addOctets(id, 0, { i, Part::Body, QByteArray(400'000, char(i)) });
        QSignalSpy failed(&store, &ExchangeStore::saveFailed);
        QSignalSpy saved(&store, &ExchangeStore::saved);
        store.saveAs(path);
        store.cancelSave();
        QTRY_VERIFY(!failed.isEmpty() || !saved.isEmpty());
        if (saved.isEmpty()) { // else it was faster
            QCOMPARE(failed.first().first().value<FileError>().message, QString());
            QVERIFY(!QFile::exists(path));
            QVERIFY(!QFile::exists(path + QStringLiteral(".part")));
        }
    }

    void deletedFile_isTold_andWhatWaitsIsSavedElsewhere()
    {
        const QString path = newPath();
        ExchangeStore store;
        QVERIFY(!store.open(path));
        MadeTraffic traffic(1);
        QList<ExchangeId> ids { traffic.add(store) };
        store.flush();
        QVERIFY(QFile::remove(path));
        while (
            store.status().condition == StoreStatus::Condition::Recording) { // seen within a second
            ids.append(traffic.add(store));
            store.flush();
            QCoreApplication::processEvents();
        }
        QCOMPARE(store.status().condition, StoreStatus::Condition::Delayed);
        QVERIFY(store.status().problem.contains(u"deleted or moved away"));
        QVERIFY(store.exchange(ids.constLast()));
        QSignalSpy saved(&store, &ExchangeStore::saved);
        store.saveAs(newPath());
        QVERIFY(saved.wait());
        QTRY_COMPARE(store.status().condition, StoreStatus::Condition::Recording);
        store.flush();
        QCOMPARE(store.ids(), ids);
    }

    void fullDisk_waitsInMemory_thenLosesVisibly()
    {
        ExchangeStore store;
        store.setMemoryLimits(1'000'000, 2'000'000);
        QVERIFY(!store.openInMemory(1'000'000));
        QSignalSpy statusChanged(&store, &Store::statusChanged);
        MadeTraffic traffic(1);
        QList<ExchangeId> ids;
        while (store.status().condition == StoreStatus::Condition::Recording) {
            const ExchangeId id = store.begin({});
            store.addOctets(id, 0, { 1, Part::Body, QByteArray(100'000, 'x') });
            store.end(id);
            ids.append(id);
            store.flush(); // so that no more than this one waits when the disk is full
            QCoreApplication::processEvents();
        }
        QCOMPARE(store.status().condition, StoreStatus::Condition::Delayed);
        QVERIFY(store.status().problem.contains(u"memory"));
        QVERIFY(store.exchange(ids.constLast())); // nothing is lost yet
        QCOMPARE(store.status().lostExchanges, 0);

        ExchangeId id = 1;
        while (id != 0) {
            id = store.begin({});
            store.addOctets(id, 0, { 1, Part::Body, QByteArray(100'000, 'x') });
            store.end(id);
        }
        QCOMPARE(store.status().lostExchanges, 1);
        QTRY_COMPARE(store.status().condition, StoreStatus::Condition::Stopped);
        for (const ExchangeId kept : std::as_const(ids))
            QCOMPARE(store.exchange(kept)->response.bodyOctets, 100'000);

        // Where there is room, all that waited goes there.
        QSignalSpy saved(&store, &ExchangeStore::saved);
        store.saveAs(newPath());
        QVERIFY(saved.wait());
        QTRY_COMPARE(store.status().condition, StoreStatus::Condition::Recording);
        for (const ExchangeId kept : std::as_const(ids))
            QCOMPARE(store.exchange(kept)->response.joined(Part::Body).size(), 100'000);
    }
};

} // namespace headrace::store

QTEST_GUILESS_MAIN(headrace::store::StoreWritingTest)
#include "tst_storewriting.moc"

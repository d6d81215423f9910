#include <exchange/memorystore.h>
#include <formats/harwriter.h>
#include <session/harfiles.h>
#include <session/session.h>
#include <session/sessionfiles.h>
#include <store/exchangestore.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <madetraffic.h>

namespace headrace::session {

using exchange::ExchangeId;
using exchange::MemoryStore;

/// Takes everything and keeps nothing.
class CountingDevice : public QIODevice
{
public:
    CountingDevice() { open(QIODevice::WriteOnly); }

    qint64 count = 0;

protected:
    qint64 readData(char *, qint64) override { return -1; }

    qint64 writeData(const char *, qint64 size) override
    {
        count += size;
        return size;
    }
};

/// HAR files beside a session that goes on.
class HarFilesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    static void fill(MemoryStore &store, int count)
    {
        store.setMemoryLimit(qint64(1) << 40);
        store::MadeTraffic traffic(4);
        for (int i = 0; i < count; ++i) {
            const ExchangeId id = traffic.add(store);
            if (i % 3 == 0) {
                store.setNote({ id }, QStringLiteral("note %1").arg(i));
                store.setMark({ id }, exchange::Mark::Blue);
            }
        }
    }

    static QStringList textsOf(const exchange::Store &store)
    {
        QStringList texts;
        for (const ExchangeId id : store.ids())
            texts += store::textOf(*store.exchange(id));
        return texts;
    }

    static HarOutcome outcomeOf(HarFiles &files)
    {
        QSignalSpy finished(&files, &HarFiles::finished);
        if (!finished.wait(60'000))
            qFatal("it does not finish");
        return finished.first().first().value<HarOutcome>();
    }

    /// A file of \a count small entries, which takes some time to read.
    QString makeLarge(int count) const
    {
        const QString name = path(QStringLiteral("large-%1.har").arg(count));
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        formats::HarWriter writer(file, QStringLiteral("0.1"));
        exchange::Exchange exchange;
        exchange.summary.began = QDateTime::fromMSecsSinceEpoch(1'795'000'000'000);
        exchange.summary.host = QStringLiteral("a.test");
        bool isGood = !writer.begin();
        for (int i = 0; i < count; ++i)
            isGood = isGood && !writer.add(exchange);
        if (!isGood || writer.end())
            qFatal("cannot write");
        return name;
    }

private Q_SLOTS:

    void exportAndImport_giveTheSame()
    {
        MemoryStore from;
        fill(from, 60);
        HarFiles files(from, from);
        QSignalSpy started(&files, &HarFiles::started);
        files.exportFile(path(QStringLiteral("a.har")));
        QVERIFY(files.isBusy());
        const HarOutcome out = outcomeOf(files);
        QCOMPARE(out.error, QString());
        QCOMPARE(out.exchanges, 60);
        QVERIFY(!files.isBusy());
        QCOMPARE(started.size(), 1);

        store::ExchangeStore to;
        QVERIFY(!to.open(path(QStringLiteral("a.headrace"))));
        HarFiles again(to, to);
        again.importFile(path(QStringLiteral("a.har")));
        const HarOutcome in = outcomeOf(again);
        QCOMPARE(in.error, QString());
        QCOMPARE(in.exchanges, 60);
        to.flush();
        QCOMPARE(textsOf(to), textsOf(from));
    }

    void export_ofSome_writesThese_inTheirOrder()
    {
        MemoryStore store;
        fill(store, 10);
        HarFiles files(store, store);
        files.exportFile(
            path(QStringLiteral("some.har")), QList<ExchangeId> { 7, 2, 1'000'000, 5 });
        QCOMPARE(outcomeOf(files).exchanges, 3);
        MemoryStore again;
        HarFiles reader(again, again);
        reader.importFile(path(QStringLiteral("some.har")));
        QCOMPARE(outcomeOf(reader).exchanges, 3);
        QStringList expected;
        for (const ExchangeId id : { 7, 2, 5 })
            expected += store::textOf(*store.exchange(ExchangeId(id)));
        QCOMPARE(textsOf(again), expected);
    }

    void bodyBeyondTheBound_isCut_andSaid()
    {
        MemoryStore store;
        store.setMemoryLimit(qint64(1) << 40);
        const ExchangeId id = store.begin({});
        const QByteArray piece(1 << 20, '\0');
        for (int i = 0; i < 101; ++i)
            store.addOctets(id, 0, { i, exchange::Part::Body, piece });
        store.end(id);
        CountingDevice device;
        const HarOutcome outcome = exportHar(store, { id }, device, {});
        QCOMPARE(outcome.error, QString());
        QCOMPARE(outcome.notes,
            QStringList(
                QStringLiteral("exchange 1: only the first 100 MiB of its response are written")));
        // In base64: as it passed, and as content.
        constexpr qint64 coded = formats::HarWriter::OctetLimit / 3 * 4;
        QVERIFY(device.count > coded * 2);
        QVERIFY(device.count < coded * 2 + (1 << 20));
    }

    void cancel_keepsWhatWasRead()
    {
        const QString large = makeLarge(20'000);
        MemoryStore store;
        HarFiles files(store, store);
        QSignalSpy progressed(&files, &HarFiles::progressed);
        connect(&files, &HarFiles::progressed, &files, &HarFiles::cancel);
        files.importFile(large);
        const HarOutcome outcome = outcomeOf(files);
        QVERIFY(outcome.isCanceled);
        QCOMPARE(outcome.error, QString());
        QVERIFY(outcome.exchanges > 0 && outcome.exchanges < 20'000);
        QCOMPARE(store.count(), outcome.exchanges);
        QVERIFY(!progressed.isEmpty());
    }

    void cancel_ofAnExport_leavesTheFileThatWasThere()
    {
        const QString large = makeLarge(20'000);
        MemoryStore store;
        HarFiles files(store, store);
        files.importFile(large);
        QCOMPARE(outcomeOf(files).exchanges, 20'000);
        QFile old(path(QStringLiteral("old.har")));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        files.exportFile(old.fileName());
        files.cancel();
        QVERIFY(outcomeOf(files).isCanceled);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
    }

    void brokenFile_saysWhere_andTheNextGoesOn()
    {
        const QString large = makeLarge(10);
        QFile file(large);
        QVERIFY(file.resize(file.size() - 50));
        MemoryStore store;
        HarFiles files(store, store);
        files.importFile(large);
        files.importFile(path(QStringLiteral("none.har")));
        const HarOutcome broken = outcomeOf(files);
        QCOMPARE(broken.exchanges, 9);
        QVERIFY2(broken.error.startsWith(u"entry 10, line 11, column "), qPrintable(broken.error));
        const HarOutcome none = outcomeOf(files);
        QCOMPARE(none.exchanges, 0);
        QVERIFY(!none.error.isEmpty());
        QCOMPARE(store.count(), 9);
    }

    void anotherSession_endsTheImport()
    {
        const QString large = makeLarge(50'000);
        Session session(path(QStringLiteral("state")));
        session.files()->startNew();
        HarFiles *files = session.harFiles();
        QSignalSpy progressed(files, &HarFiles::progressed);
        QSignalSpy finished(files, &HarFiles::finished);
        files->importFile(large);
        QVERIFY(progressed.wait());
        session.files()->startNew();
        QCOMPARE(session.store()->count(), 0);
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(finished.first().first().value<HarOutcome>().isCanceled);
        QCOMPARE(session.store()->count(), 0);
    }

    void session_endsWhileItReads()
    {
        const QString large = makeLarge(50'000);
        Session session(path(QStringLiteral("state2")));
        session.files()->startNew();
        QSignalSpy progressed(session.harFiles(), &HarFiles::progressed);
        session.harFiles()->importFile(large);
        QVERIFY(progressed.wait());
    }
};

} // namespace headrace::session

QTEST_GUILESS_MAIN(headrace::session::HarFilesTest)
#include "tst_harfiles.moc"

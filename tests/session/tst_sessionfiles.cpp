#include <session/session.h>
#include <session/sessionfiles.h>
#include <store/exchangestore.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace headrace::session {

/// Where a session is recorded, from its begin to its name, and after a crash.
class SessionFilesTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString state() const { return m_folder->filePath(QStringLiteral("state")); }

    QStringList filesInState() const { return QDir(state()).entryList(QDir::Files); }

    static void record(store::ExchangeStore &store, int exchanges)
    {
        for (int i = 0; i < exchanges; ++i) {
            exchange::Summary summary;
            summary.target = QStringLiteral("/%1").arg(i);
            const exchange::ExchangeId id = store.begin(summary);
            summary.state = exchange::State::Complete;
            store.setSummary(id, summary);
            store.end(id);
        }
        store.flush();
    }

    // What a killed program leaves: the file and its log as they were in the middle.
    QString leaveCrashed(const QString &name, int exchanges) const
    {
        const QString crashed = state() + u'/' + name;
        store::ExchangeStore store;
        QDir().mkpath(state());
        const QString path = m_folder->filePath(QStringLiteral("going.headrace"));
        if (store.open(path))
            qFatal("cannot make a session");
        record(store, exchanges);
        for (const char *suffix : { "", "-wal" })
            QFile::copy(path + QLatin1String(suffix), crashed + QLatin1String(suffix));
        store.close();
        QFile::remove(path);
        return crashed;
    }

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void newSession_livesInTheStateDirectory_untilItIsEmpty()
    {
        {
            store::ExchangeStore store;
            SessionFiles files(store, state());
            QSignalSpy changed(&files, &SessionFiles::changed);
            files.startNew();
            QCOMPARE(changed.size(), 1);
            QVERIFY(!files.isSaved());
            QCOMPARE(QFileInfo(files.path()).absolutePath(), state());
        }
        QCOMPARE(filesInState(), QStringList()); // nothing was recorded
        {
            store::ExchangeStore store;
            SessionFiles files(store, state());
            files.startNew();
            record(store, 3);
        }
        QCOMPARE(filesInState().size(), 1);
        store::ExchangeStore store;
        SessionFiles files(store, state());
        files.startNew();
        const QList<EarlierSession> earlier = files.earlier();
        QCOMPARE(earlier.size(), 1);
        QCOMPARE(earlier.first().exchanges, 3);
        QVERIFY(earlier.first().wasClosed);
    }

    void crashedSession_isOffered_opened_andGoesOn()
    {
        const QString crashed = leaveCrashed(QStringLiteral("session-1.headrace"), 7);
        store::ExchangeStore store;
        SessionFiles files(store, state());
        files.startNew();
        const QList<EarlierSession> earlier = files.earlier();
        QCOMPARE(earlier.size(), 1);
        QCOMPARE(earlier.first().path, crashed);
        QCOMPARE(earlier.first().exchanges, 7);
        QVERIFY(!earlier.first().wasClosed);

        QCOMPARE(files.open(crashed), QString());
        QCOMPARE(store.count(), 7);
        QVERIFY(!files.isSaved());
        QCOMPARE(files.earlier().size(), 0);
        record(store, 1);
        QCOMPARE(store.count(), 8);
    }

    void crashedSession_isDiscarded()
    {
        const QString crashed = leaveCrashed(QStringLiteral("session-1.headrace"), 2);
        store::ExchangeStore store;
        SessionFiles files(store, state());
        files.startNew();
        files.discard(crashed);
        QVERIFY(!QFile::exists(crashed));
        QCOMPARE(files.earlier().size(), 0);
        files.discard(files.path()); // not the one that is open
        QVERIFY(QFile::exists(files.path()));
        const QString other = m_folder->filePath(QStringLiteral("mine.headrace"));
        QFile file(other);
        QVERIFY(file.open(QIODevice::WriteOnly));
        files.discard(other); // nor one of the user's
        QVERIFY(QFile::exists(other));
    }

    void sessionOfAnotherHeadrace_isNotOffered()
    {
        store::ExchangeStore other;
        SessionFiles others(other, state());
        others.startNew();
        record(other, 2);
        store::ExchangeStore store;
        SessionFiles files(store, state());
        files.startNew();
        QCOMPARE(files.earlier().size(), 0);
        QVERIFY(files.open(others.path()).contains(u"another Headrace"));
        QVERIFY(!files.path().isEmpty()); // a new one was begun
    }

    void savedSession_takesTheUnsavedFileAway()
    {
        store::ExchangeStore store;
        SessionFiles files(store, state());
        files.startNew();
        const QString unsaved = files.path();
        record(store, 5);
        QSignalSpy saved(&files, &SessionFiles::saved);
        const QString path = m_folder->filePath(QStringLiteral("mine.headrace"));
        files.saveAs(path);
        QVERIFY(saved.wait());
        QVERIFY(files.isSaved());
        QCOMPARE(files.path(), path);
        QCOMPARE(files.name(), QStringLiteral("mine"));
        QVERIFY(!QFile::exists(unsaved));
        record(store, 5);
        files.startNew();
        QCOMPARE(store.count(), 0);
        QCOMPARE(files.open(path), QString());
        QCOMPARE(store.count(), 10);
        QVERIFY(files.isSaved());
    }

    void saveThatFails_isTold_andRecordingGoesOn()
    {
        store::ExchangeStore store;
        SessionFiles files(store, state());
        files.startNew();
        QSignalSpy failed(&files, &SessionFiles::saveFailed);
        files.saveAs(m_folder->filePath(QStringLiteral("no/such/folder.headrace")));
        QVERIFY(failed.wait());
        QVERIFY(!failed.first().first().toString().isEmpty());
        record(store, 1);
        QCOMPARE(store.count(), 1);
    }

    void wrongFile_isRefused_andANewSessionIsBegun()
    {
        store::ExchangeStore store;
        SessionFiles files(store, state());
        files.startNew();
        QVERIFY(!files.open(QStringLiteral("/no/such/file.headrace")).isEmpty());
        const QString path = m_folder->filePath(QStringLiteral("text.headrace"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(2000, 'x'));
        file.close();
        QVERIFY(files.open(path).contains(u"no Headrace session"));
        QCOMPARE(store.status().condition, exchange::StoreStatus::Condition::Recording);
    }

    void stateDirectory_thatCannotBe_isReplaced()
    {
        QFile file(state()); // a file where the folder should be
        QVERIFY(file.open(QIODevice::WriteOnly));
        store::ExchangeStore store;
        SessionFiles files(store, state());
        QSignalSpy warned(&files, &SessionFiles::warned);
        files.startNew();
        QCOMPARE(warned.size(), 1);
        QCOMPARE(store.status().condition, exchange::StoreStatus::Condition::Recording);
        record(store, 1);
        QCOMPARE(store.count(), 1);
        store.clear();
        store.flush();
    }

    void closedSessions_beyondTheBound_areDeleted()
    {
        for (int i = 0; i < SessionFiles::KeptEarlier + 3; ++i) {
            store::ExchangeStore store;
            SessionFiles files(store, state());
            files.startNew();
            record(store, 1);
        }
        leaveCrashed(QStringLiteral("session-crashed.headrace"), 1); // is not counted
        store::ExchangeStore store;
        SessionFiles files(store, state());
        files.startNew();
        QCOMPARE(files.earlier().size(), SessionFiles::KeptEarlier + 1);
    }

    void session_recordsIntoAFile()
    {
        Session session(state());
        QVERIFY(session.files());
        session.files()->startNew();
        RequestDraft draft;
        draft.method = "GET";
        draft.url = QStringLiteral("http://127.0.0.1:1/refused");
        QSignalSpy ended(&session, &Session::sendEnded);
        session.send(draft);
        QVERIFY(ended.wait());
        const auto id = ended.first().at(1).value<exchange::ExchangeId>();
        QCOMPARE(session.store()->exchange(id)->failure->code, QStringLiteral("ECONNREFUSED"));
        QTRY_COMPARE(session.store()->count(), 1);
    }
};

} // namespace headrace::session

QTEST_GUILESS_MAIN(headrace::session::SessionFilesTest)
#include "tst_sessionfiles.moc"

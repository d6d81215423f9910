#include "madetraffic.h"

#include <http/observer.h>
#include <store/exchangestore.h>
#include <store/sessioninfo.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headrace::store {

using namespace headrace::exchange;

namespace {

/// This process has no rights of root as long as this lives.
class OrdinaryUser
{
public:
    OrdinaryUser()
        : m_user(geteuid())
    {
        if (m_user == 0 && seteuid(65534) != 0)
            qFatal("cannot become an ordinary user");
    }

    ~OrdinaryUser()
    {
        if (seteuid(m_user) != 0)
            qFatal("cannot become the user of before");
    }

    Q_DISABLE_COPY_MOVE(OrdinaryUser)

private:
    uid_t m_user;
};

} // namespace

/// Files that are not as they should be, and files of other versions.
class SessionFormatTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    QString newPath() { return m_folder.filePath(QStringLiteral("%1.headrace").arg(++m_files)); }

    static void run(const QString &path, const char *sql)
    {
        sqlite3 *handle = nullptr;
        QCOMPARE(sqlite3_open(path.toUtf8().constData(), &handle), SQLITE_OK);
        char *message = nullptr;
        sqlite3_exec(handle, sql, nullptr, nullptr, &message);
        QVERIFY2(!message, message);
        sqlite3_close(handle);
    }

    QString made(int exchanges)
    {
        const QString path = newPath();
        ExchangeStore store;
        if (store.open(path))
            qFatal("cannot make a session");
        MadeTraffic traffic(7);
        for (int i = 0; i < exchanges; ++i)
            traffic.add(store);
        return path;
    }

    static FileError::Code openedWith(const QString &path)
    {
        ExchangeStore store;
        const FileError failure = store.open(path);
        if (failure && failure.message.isEmpty())
            qFatal("an error without a message");
        return failure.code;
    }

private Q_SLOTS:

    void newerVersion_isRefused()
    {
        const QString path = made(1);
        run(path, "PRAGMA user_version=9");
        QCOMPARE(openedWith(path), FileError::Code::Newer);
    }

    void otherFile_isRefusedAndLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("text") << QByteArray("{ \"routes\": [] }\n").repeated(100);
        QTest::newRow("zeroes") << QByteArray(5000, '\0');
        QTest::newRow("short") << QByteArray("x");
    }

    void otherFile_isRefusedAndLeftAlone()
    {
        QFETCH(QByteArray, octets);
        const QString path = newPath();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(octets);
        file.close();
        QCOMPARE(openedWith(path), FileError::Code::NotASession);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), octets);
    }

    void databaseOfAnother_isRefused()
    {
        const QString path = newPath();
        run(path, "CREATE TABLE a(b); PRAGMA user_version=1");
        QCOMPARE(openedWith(path), FileError::Code::NotASession);
    }

    void damagedFile_tellsAndDoesNotCrash()
    {
        const QString path = made(300);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 size = file.size();
        for (qint64 at = 8192; at < size; at += 3 * 8192) {
            file.seek(at);
            file.write(QByteArray(4000, '\xa5'));
        }
        file.close();
        ExchangeStore store;
        if (const FileError failure = store.open(path)) {
            QVERIFY(failure.code == FileError::Code::Damaged
                || failure.code == FileError::Code::Failed);
            return;
        }
        for (const ExchangeId id : store.ids())
            std::ignore = store.exchange(id);
        Query query;
        query.filter = parseFilter(u"body:needle").filter;
        const auto search = store.search(query);
        QSignalSpy finished(search.get(), &Search::finished);
        QVERIFY(finished.wait());
    }

    void truncatedFile_tellsAndDoesNotCrash()
    {
        for (int keep = 1; keep < 10; ++keep) {
            const QString path = made(100);
            QFile file(path);
            QVERIFY(file.resize(file.size() * keep / 10));
            ExchangeStore store;
            if (store.open(path))
                continue;
            for (const ExchangeId id : store.ids())
                std::ignore = store.exchange(id);
        }
    }

    void missingFolder_isSaid()
    {
        QCOMPARE(openedWith(m_folder.filePath(QStringLiteral("no/such/a.headrace"))),
            FileError::Code::NotFound);
    }

    void openFile_isLockedAgainstAnother()
    {
        const QString path = newPath();
        ExchangeStore store;
        QVERIFY(!store.open(path));
        QCOMPARE(openedWith(path), FileError::Code::InUse);
        QVERIFY(!sessionInfo(path));
        store.close();
        QCOMPARE(openedWith(path), FileError::Code::None);
    }

    void readOnlyFile_isReadAndSaysSo()
    {
        const QString path = made(20);
        const QString writable = m_folder.filePath(QStringLiteral("writable"));
        QVERIFY(QDir().mkdir(writable));
        QCOMPARE(chmod(qPrintable(writable), 0777), 0);
        QCOMPARE(chmod(qPrintable(m_folder.path()), 0555), 0);
        QCOMPARE(chmod(qPrintable(path), 0444), 0);
        auto user = std::make_unique<OrdinaryUser>(); // root may write everything
        ExchangeStore store;
        QVERIFY(!store.open(path));
        QCOMPARE(store.count(), 20);
        QCOMPARE(store.status().condition, StoreStatus::Condition::Stopped);
        QVERIFY(store.status().problem.contains(u"save the session elsewhere"));
        QCOMPARE(store.begin({}), 0);
        QCOMPARE(store.status().lostExchanges, 1);

        const QString copy = writable + QStringLiteral("/copy.headrace");
        QSignalSpy saved(&store, &ExchangeStore::saved);
        store.saveAs(copy);
        QVERIFY(saved.wait());
        QCOMPARE(store.status().condition, StoreStatus::Condition::Recording);
        QCOMPARE(store.count(), 20);
        QVERIFY(store.begin({}) > 20);
        store.close();
        user.reset();
        QCOMPARE(chmod(qPrintable(m_folder.path()), 0755), 0);
    }

    // Format 1 had no marks and notes.
    void firstFormat_isMovedOn()
    {
        const QString path = made(50);
        QStringList before;
        {
            ExchangeStore store;
            QVERIFY(!store.open(path));
            for (const ExchangeId id : store.ids())
                before.append(textOf(*store.exchange(id)));
        }
        run(path,
            "DROP INDEX exchange_connection; ALTER TABLE exchange DROP COLUMN connection;"
            "DROP INDEX exchange_mark; DROP INDEX exchange_note; ALTER TABLE exchange DROP COLUMN "
            "mark;"
            "ALTER TABLE exchange DROP COLUMN note; PRAGMA user_version=1");
        ExchangeStore store;
        QVERIFY(!store.open(path));
        QStringList after;
        for (const ExchangeId id : store.ids())
            after.append(textOf(*store.exchange(id)));
        QCOMPARE(after, before);
        store.setNote({ 7 }, QStringLiteral("new"));
        store.flush();
        QCOMPARE(store.summary(7)->note, QStringLiteral("new"));
    }

    // Numbers of connections go on where the file's end: what two processes recorded did not share one.
    void connectionNumbers_goOnAfterThoseOfTheFile()
    {
        const QString path = m_folder.filePath(QStringLiteral("numbers.headrace"));
        {
            ExchangeStore store;
            QVERIFY(!store.open(path));
            exchange::Connection connection;
            connection.id = 1'000'000;
            const ExchangeId id = store.begin({});
            store.setConnection(id, connection);
            store.end(id);
        }
        ExchangeStore store;
        QVERIFY(!store.open(path));
        QVERIFY(http::nextConnectionId() > 1'000'000);
        QCOMPARE(store.summary(store.ids().constFirst())->connection, 1'000'000u);
    }

    void exchangeThatWentOn_isCanceledWhenOpenedAgain()
    {
        const QString path = made(3);
        run(path, "UPDATE exchange SET state = 0 WHERE id = 2");
        ExchangeStore store;
        QVERIFY(!store.open(path));
        QCOMPARE(store.summary(2)->state, State::Canceled);
    }

    void closedFile_saysSo()
    {
        const QString path = made(3);
        const auto info = sessionInfo(path);
        QVERIFY(info);
        QCOMPARE(info->exchanges, 3);
        QVERIFY(info->wasClosed);
        QVERIFY(!QFile::exists(path + QStringLiteral("-wal")));
        QVERIFY(!sessionInfo(QStringLiteral("/no/such/file")));
    }
};

} // namespace headrace::store

QTEST_GUILESS_MAIN(headrace::store::SessionFormatTest)
#include "tst_sessionformat.moc"

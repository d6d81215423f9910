#include <session/filewatch.h>

#include <QFile>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace::session;

class FileWatchTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;

    void write(const QByteArray &octets)
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(octets);
    }

    void replace(const QByteArray &octets)
    {
        QSaveFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(octets);
        QVERIFY(file.commit());
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"a.js"_qs);
        write("1");
    }

    void written_isTold()
    {
        FileWatch watch;
        watch.setFiles({ m_path });
        QSignalSpy changed(&watch, &FileWatch::changed);
        write("22");
        QVERIFY(changed.wait());
        QCOMPARE(changed.first().first().toString(), m_path);
        changed.clear();
        write("333");
        QVERIFY(changed.wait());
    }

    void replacedByAnotherFile_isTold_eachTime()
    {
        FileWatch watch;
        watch.setFiles({ m_path });
        QSignalSpy changed(&watch, &FileWatch::changed);
        for (const char *text : { "22", "333", "4444" }) {
            changed.clear();
            replace(text);
            QVERIFY(changed.wait());
            QCOMPARE(changed.count(), 1);
        }
    }

    void removedAndBack_isToldWhenItIsBack()
    {
        FileWatch watch;
        watch.setFiles({ m_path });
        QSignalSpy changed(&watch, &FileWatch::changed);
        QVERIFY(QFile::remove(m_path));
        write("back");
        QVERIFY(changed.wait());
        QCOMPARE(changed.count(), 1);
    }

    void appears_isTold()
    {
        QVERIFY(QFile::remove(m_path));
        FileWatch watch;
        watch.setFiles({ m_path });
        QSignalSpy changed(&watch, &FileWatch::changed);
        write("new");
        QVERIFY(changed.wait());
    }

    void othersInTheFolder_areNotTold()
    {
        FileWatch watch;
        watch.setFiles({ m_path });
        QSignalSpy changed(&watch, &FileWatch::changed);
        QFile other(m_folder->filePath(u"b.js"_qs));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("x");
        other.close();
        write("22");
        QVERIFY(changed.wait());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toString(), m_path);
    }

    void acknowledged_isNotTold()
    {
        FileWatch watch;
        watch.setFiles({ m_path });
        QSignalSpy changed(&watch, &FileWatch::changed);
        write("22");
        watch.acknowledge(m_path);
        const QString second = m_folder->filePath(u"c.js"_qs);
        watch.add(second);
        QFile file(second);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("x");
        file.close();
        QVERIFY(changed.wait());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toString(), second);
    }
};

QTEST_GUILESS_MAIN(FileWatchTest)
#include "tst_filewatch.moc"

#include "support/memorysocket.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace headrace::test;

/// The connection in memory that tests of other classes stand on.
class MemorySocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        const auto [one, other] = MemorySocket::makePair();
        m_one.reset(one);
        m_other.reset(other);
    }

    void written_isReadAtTheOtherEnd()
    {
        QSignalSpy readable(m_other.get(), &QIODevice::readyRead);
        QSignalSpy written(m_one.get(), &QIODevice::bytesWritten);
        QCOMPARE(m_one->write("one"), 3);
        QCOMPARE(m_one->write("two"), 3);
        QCOMPARE(readable.count(), 0); // told when the loop comes round
        settle();
        QCOMPARE(readable.count(), 1);
        QCOMPARE(written.count(), 1);
        QCOMPARE(written.first().first().toLongLong(), 6);
        QCOMPARE(m_other->bytesAvailable(), 6);
        QCOMPARE(m_other->read(4), "onet");
        QCOMPARE(m_other->readAll(), "wo");
        QCOMPARE(m_other->readAll(), "");
    }

    void bothDirections_areApart()
    {
        m_one->write("there");
        m_other->write("back");
        settle();
        QCOMPARE(m_other->readAll(), "there");
        QCOMPARE(m_one->readAll(), "back");
    }

    void finish_endsOneDirection()
    {
        QSignalSpy end(m_other.get(), &QIODevice::readChannelFinished);
        m_one->write("last");
        m_one->finish();
        settle();
        QCOMPARE(end.count(), 1);
        QCOMPARE(m_other->readAll(), "last");
        QCOMPARE(m_one->write("more"), -1);
        QCOMPARE(m_other->write("still"), 5);
        settle();
        QCOMPARE(m_one->readAll(), "still");
    }

    void window_holdsBackTheWriter()
    {
        QSignalSpy written(m_one.get(), &QIODevice::bytesWritten);
        m_other->setWindow(4);
        m_one->write("123456");
        m_one->finish();
        settle();
        QCOMPARE(m_one->bytesToWrite(), 2);
        QCOMPARE(m_other->bytesAvailable(), 4);
        QSignalSpy end(m_other.get(), &QIODevice::readChannelFinished);
        QCOMPARE(m_other->read(3), "123");
        settle();
        QCOMPARE(m_one->bytesToWrite(), 0);
        QCOMPARE(written.count(), 2);
        QCOMPARE(end.count(), 1);
        QCOMPARE(m_other->readAll(), "456");
    }

    void takeAll_takesWhatTheWindowHolds()
    {
        QSignalSpy written(m_one.get(), &QIODevice::bytesWritten);
        QSignalSpy end(m_other.get(), &QIODevice::readChannelFinished);
        m_other->setWindow(1);
        m_one->write("123");
        m_one->finish();
        QCOMPARE(m_other->takeAll(), "123");
        settle();
        QCOMPARE(m_one->bytesToWrite(), 0);
        QCOMPARE(written.count(), 1);
        QCOMPARE(written.first().first().toLongLong(), 3);
        QCOMPARE(end.count(), 1);
    }

    void closed_whatWasWrittenArrives_data()
    {
        QTest::addColumn<bool>("deleted");
        QTest::newRow("closed") << false;
        QTest::newRow("deleted") << true;
    }

    void closed_whatWasWrittenArrives()
    {
        QFETCH(bool, deleted);
        m_other->setWindow(2);
        QSignalSpy end(m_other.get(), &QIODevice::readChannelFinished);
        m_one->write("last");
        m_one->close();
        if (deleted)
            m_one.reset();
        settle();
        QCOMPARE(m_other->readAll(), "last");
        QCOMPARE(end.count(), 1);
        QVERIFY(m_other->isPeerClosed());
        QCOMPARE(m_other->write("answer"), -1);
        QCOMPARE(m_other->errorString(), QStringLiteral("write EPIPE"));
    }

    void closed_whatTheOtherStillWritesIsDropped()
    {
        m_one->setWindow(0);
        m_other->write("unread");
        QCOMPARE(m_other->bytesToWrite(), 6);
        m_one->close();
        QCOMPARE(m_other->bytesToWrite(), 0);
    }

private:
    std::unique_ptr<MemorySocket> m_one;
    std::unique_ptr<MemorySocket> m_other;
};

QTEST_GUILESS_MAIN(MemorySocketTest)
#include "tst_memorysocket.moc"

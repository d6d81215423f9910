#include <http/ticks.h>
#include <http/transport.h>

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <origin/transportdevice.h>

#include <memory>

using namespace headrace;
using proxy::TransportDevice;

// A transport as the device below TLS.
class TransportDeviceTest : public QObject
{
    Q_OBJECT

private:
    /// A device that writes to a peer that does not read until it is told to.
    struct Pair
    {
        std::unique_ptr<QTcpSocket> near;
        std::unique_ptr<QTcpSocket> far;
        std::unique_ptr<TransportDevice> device;
        http::Transport *transport = nullptr;
    };

    static Pair makePair()
    {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
        Pair pair;
        pair.near = std::make_unique<QTcpSocket>();
        pair.near->connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
        if (!pair.near->waitForConnected() || !server.waitForNewConnection(5000))
            qFatal("cannot connect");
        pair.far.reset(server.nextPendingConnection());
        pair.far->setParent(nullptr);
        pair.far->setReadBufferSize(1);
        pair.transport = http::Transport::of(pair.near.get());
        pair.device = std::make_unique<TransportDevice>(pair.transport, QByteArray());
        return pair;
    }

    /// Until the operating system takes no more of \a block.
    static qint64 fill(const Pair &pair, const QByteArray &block)
    {
        qint64 written = 0;
        while (pair.device->bytesToWrite() == 0) {
            const http::IoScope scope;
            written += pair.device->write(block);
        }
        return written;
    }

    static void take(const Pair &pair, qint64 size)
    {
        pair.far->setReadBufferSize(0);
        qint64 taken = 0;
        QTRY_VERIFY((taken += pair.far->readAll().size()) >= size);
        QCOMPARE(taken, size);
    }

private Q_SLOTS:

    void whatWaited_isTold_data()
    {
        QTest::addColumn<qsizetype>("size"); // of each write
        // A transport says 'drain' from its high-water mark on; those above wait for less, too.
        QTest::newRow("little") << qsizetype(1000);
        QTest::newRow("just below the mark") << http::Transport::HighWaterMark - 1;
        QTest::newRow("the mark") << qsizetype(http::Transport::HighWaterMark);
        QTest::newRow("much") << 10 * http::Transport::HighWaterMark;
    }

    void whatWaited_isTold()
    {
        QFETCH(qsizetype, size);
        const Pair pair = makePair();
        QSignalSpy written(pair.device.get(), &QIODevice::bytesWritten);
        for (int turn = 0; turn < 3; ++turn) {
            const qint64 octets = fill(pair, QByteArray(size, 'x'));
            written.clear();
            take(pair, octets);
            QTRY_COMPARE(pair.device->bytesToWrite(), 0);
            QTRY_VERIFY(written.count() > 0);
        }
    }

    void whatCameBehindIt_isTold()
    {
        const Pair pair = makePair();
        const QByteArray block(1000, 'x');
        qint64 octets = fill(pair, block);
        for (int more = 0; more < 5; ++more)
            octets += pair.device->write(block);
        qint64 left = -1; // when it was told last
        connect(pair.device.get(), &QIODevice::bytesWritten, pair.device.get(),
            [&] { left = pair.device->bytesToWrite(); });
        take(pair, octets);
        QTRY_COMPARE(left, 0);
    }

    void deletedWhileSomethingWaits_nothingBreaks()
    {
        Pair pair = makePair();
        const qint64 octets = fill(pair, QByteArray(1000, 'x'));
        pair.device.reset();
        take(pair, octets);
        QTRY_COMPARE(pair.transport->writableLength(), 0);
    }

    void deletedWhenItIsTold_nothingBreaks()
    {
        Pair pair = makePair();
        const qint64 octets = fill(pair, QByteArray(1000, 'x'));
        connect(pair.device.get(), &QIODevice::bytesWritten, this, [&] { pair.device.reset(); });
        take(pair, octets);
        QTRY_VERIFY(!pair.device);
    }
};

QTEST_GUILESS_MAIN(TransportDeviceTest)
#include "tst_transportdevice.moc"

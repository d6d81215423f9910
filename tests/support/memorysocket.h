#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QPointer>

#include <limits>
#include <utility>

namespace headrace::test {

/** One end of a connection in memory: what one end writes, the other reads. No descriptor and no clock: the
    signals of an end are posted to it, so a test or a fuzzer that calls settle() decides when they come.
    As of a TCP socket: octets within the window of the other end are taken at once, the rest waits in
    bytesToWrite(); what was written is read even when the writer is closed or gone.
    Thread: both ends live in one. */
class MemorySocket : public QIODevice
{
    Q_OBJECT

public:
    /// Two connected ends, open in both directions. Owner: the caller, of each.
    static std::pair<MemorySocket *, MemorySocket *> makePair();

    ~MemorySocket() override; ///< Closes.

    /// The other end reads what is under way and then the end; this end reads on.
    void finish();

    /// Most octets that lie here unread. Default: no limit.
    void setWindow(qint64 octets);

    /// All that came, whether it was told of or not.
    QByteArray takeAll();

    bool isPeerClosed() const; ///< The other end was closed.

    bool isSequential() const override;
    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override;
    void close() override;
    bool event(QEvent *event) override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    MemorySocket();

    void take(QByteArray &waiting);
    void wake(); ///< tell() is called, later.
    void tell();

    QPointer<MemorySocket> m_peer;
    QByteArray m_unread;
    QByteArray m_waiting; ///< Written to the other end, behind its window.
    qint64 m_window = std::numeric_limits<qint64>::max();
    qint64 m_written = 0; ///< Octets to tell of with bytesWritten().
    bool m_arrived = false; ///< Octets to tell of with readyRead().
    bool m_finished = false;
    bool m_endArrived = false;
    bool m_endTold = false;
    bool m_wakePosted = false;
};

/// Delivers what is posted, and deletes what is to be deleted later, until nothing is left. Waits for nothing:
/// timers and descriptors stay silent.
void settle();

} // namespace headrace::test

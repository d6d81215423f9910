#include "memorysocket.h"

#include <QCoreApplication>
#include <QEvent>

#include <cstring>

namespace headrace::test {

MemorySocket::MemorySocket() { open(QIODevice::ReadWrite | QIODevice::Unbuffered); }

std::pair<MemorySocket *, MemorySocket *> MemorySocket::makePair()
{
    auto *one = new MemorySocket;
    auto *other = new MemorySocket;
    one->m_peer = other;
    other->m_peer = one;
    return { one, other };
}

MemorySocket::~MemorySocket() { MemorySocket::close(); }

void MemorySocket::finish()
{
    if (std::exchange(m_finished, true) || !m_peer)
        return;
    if (m_waiting.isEmpty()) {
        m_peer->m_endArrived = true;
        m_peer->wake();
    }
}

void MemorySocket::setWindow(qint64 octets)
{
    m_window = octets;
    if (m_peer)
        take(m_peer->m_waiting);
}

QByteArray MemorySocket::takeAll()
{
    QByteArray all = std::exchange(m_unread, {});
    if (m_peer && !m_peer->m_waiting.isEmpty()) {
        all += m_peer->m_waiting;
        m_peer->m_written += m_peer->m_waiting.size();
        m_peer->m_waiting.clear();
        m_peer->wake();
        if (m_peer->m_finished) {
            m_endArrived = true;
            wake();
        }
    }
    return all;
}

bool MemorySocket::isPeerClosed() const { return !m_peer || !m_peer->isOpen(); }

bool MemorySocket::isSequential() const { return true; }

qint64 MemorySocket::bytesAvailable() const
{
    return QIODevice::bytesAvailable() + m_unread.size();
}

qint64 MemorySocket::bytesToWrite() const { return m_waiting.size(); }

void MemorySocket::close()
{
    if (!isOpen())
        return;
    if (m_peer) {
        m_peer->m_unread += std::exchange(m_waiting, {}); // it is under way, whatever the window
        m_peer->m_arrived = true;
        m_peer->m_written += std::exchange(m_peer->m_waiting, {}).size(); // to nobody
        m_peer->wake();
    }
    finish();
    QIODevice::close();
    m_unread.clear();
}

/// As much of \a waiting as the window has room for.
void MemorySocket::take(QByteArray &waiting)
{
    const qint64 room = qMax<qint64>(m_window - m_unread.size(), 0);
    const qint64 size = qMin<qint64>(room, waiting.size());
    if (size == 0 || !m_peer)
        return;
    m_unread += waiting.first(size);
    waiting.remove(0, size);
    m_arrived = true;
    m_peer->m_written += size;
    if (m_peer->m_finished && waiting.isEmpty())
        m_endArrived = true;
    wake();
    m_peer->wake();
}

qint64 MemorySocket::readData(char *data, qint64 maxSize)
{
    const qint64 size = qMin<qint64>(maxSize, m_unread.size());
    std::memcpy(data, m_unread.constData(), size_t(size));
    m_unread.remove(0, size);
    if (m_peer)
        take(m_peer->m_waiting);
    return size == 0 && m_endTold ? -1 : size;
}

qint64 MemorySocket::writeData(const char *data, qint64 size)
{
    if (m_finished || isPeerClosed()) {
        setErrorString(QStringLiteral("write EPIPE"));
        return -1;
    }
    m_waiting.append(data, size);
    m_peer->take(m_waiting);
    return size;
}

void MemorySocket::wake()
{
    if (std::exchange(m_wakePosted, true))
        return;
    // Behind all else that is posted, as sockets are looked at when the posted events are done.
    QCoreApplication::postEvent(this, new QEvent(QEvent::User), Qt::LowEventPriority);
}

bool MemorySocket::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QIODevice::event(event);
    tell();
    return true;
}

void MemorySocket::tell()
{
    m_wakePosted = false;
    const QPointer<MemorySocket> guard(this);
    if (const qint64 written = std::exchange(m_written, 0); written > 0 && isOpen())
        Q_EMIT bytesWritten(written);
    if (guard && isOpen() && std::exchange(m_arrived, false) && !m_unread.isEmpty())
        Q_EMIT readyRead();
    if (guard && isOpen() && m_endArrived && !std::exchange(m_endTold, true))
        Q_EMIT readChannelFinished();
}

void settle()
{
    // What one turn deletes or posts may post again; four turns settle every chain there is.
    for (int turn = 0; turn < 4; ++turn) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

} // namespace headrace::test

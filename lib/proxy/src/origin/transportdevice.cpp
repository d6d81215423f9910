#include "origin/transportdevice.h"

#include <http/transport.h>

#include <cstring>

namespace headrace::proxy {

namespace {

constexpr qsizetype mostWaiting = 64 * 1024; // octets

} // namespace

TransportDevice::TransportDevice(
    http::Transport *transport, const QByteArray &front, QObject *parent)
    : QIODevice(parent)
    , m_transport(transport)
    , m_received(front)
{
    open(QIODevice::ReadWrite | QIODevice::Unbuffered);
    transport->setAllowHalfOpen(true);
    connect(transport, &http::Transport::received, this, &TransportDevice::onReceived);
    connect(transport, &http::Transport::ended, this, &QIODevice::readChannelFinished);
    connect(transport, &http::Transport::drained, this, [this] { Q_EMIT bytesWritten(0); });
    connect(transport, &http::Transport::closing, this, &QIODevice::readChannelFinished);
    transport->holdReading(false);
    transport->resume();
}

TransportDevice::~TransportDevice()
{
    if (m_transport)
        disconnect(m_transport, nullptr, this, nullptr);
}

qint64 TransportDevice::bytesAvailable() const
{
    return m_received.size() - m_taken + QIODevice::bytesAvailable();
}

qint64 TransportDevice::bytesToWrite() const
{
    return m_transport ? m_transport->writableLength() : 0;
}

bool TransportDevice::atEnd() const { return m_taken == m_received.size(); }

void TransportDevice::close()
{
    if (!isOpen())
        return;
    QIODevice::close();
    if (m_transport && !m_transport->isDestroyed())
        m_transport->destroySoon();
}

qint64 TransportDevice::readData(char *data, qint64 maxSize)
{
    const qsizetype size = qMin<qsizetype>(maxSize, m_received.size() - m_taken);
    std::memcpy(data, m_received.constData() + m_taken, size_t(size));
    m_taken += size;
    if (m_taken == m_received.size()) {
        m_received.clear();
        m_taken = 0;
        if (m_transport && !m_transport->isDestroyed())
            m_transport->holdReading(false);
    }
    return size;
}

qint64 TransportDevice::writeData(const char *data, qint64 size)
{
    if (!m_transport || !m_transport->isWritable())
        return -1;
    m_transport->writeReported(QByteArray(data, size));
    awaitWritten();
    return size;
}

/// Of what waits below its high-water mark, a transport does not say 'drain' when it has gone.
void TransportDevice::awaitWritten()
{
    if (m_isAwaited || m_transport->needsDrain() || m_transport->writableLength() == 0
        || !m_transport->isWritable())
        return;
    m_isAwaited = true;
    m_transport->writeReported({}, [guard = QPointer(this)](const http::Error &error) {
        if (!guard)
            return;
        guard->m_isAwaited = false;
        if (error || !guard->m_transport)
            return;
        Q_EMIT guard->bytesWritten(0);
        if (guard && guard->m_transport)
            guard->awaitWritten(); // for what came behind it
    });
}

void TransportDevice::onReceived(const QByteArray &octets)
{
    if (m_received.isEmpty())
        m_received = octets;
    else
        m_received = m_received.sliced(m_taken) + octets;
    m_taken = 0;
    if (m_received.size() >= mostWaiting)
        m_transport->holdReading(true);
    Q_EMIT readyRead();
}

} // namespace headrace::proxy

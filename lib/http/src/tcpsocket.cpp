#include "http/tcpsocket.h"

#include "http/ticks.h"
#include "http/transport.h"

#include <QMetaMethod>
#include <QSignalBlocker>

#include <algorithm>
#include <cstring>

namespace headrace::http {

TcpSocket::~TcpSocket() = default;

void TcpSocket::writeBy(Transport *transport) { m_transport = transport; }

void TcpSocket::handOver()
{
    connect(m_transport, &Transport::errorOccurred, this, &TcpSocket::onError);
    nextTick(this,
        [this] { beginReading(); }); // the listener of the hand-over may want to read otherwise
}

bool TcpSocket::isCarried() const { return m_transport && !m_transport->isDestroyed(); }

void TcpSocket::onError(const Error &error)
{
    const auto kind
        = error.code == ErrorCode::ConnectionReset ? RemoteHostClosedError : NetworkError;
    setSocketError(kind);
    setErrorString(error.message);
    Q_EMIT errorOccurred(kind);
}

// --- reading

void TcpSocket::beginReading()
{
    if (!isCarried() || m_transport->isRead())
        return;
    connect(m_transport, &Transport::received, this, &TcpSocket::onReceived);
    connect(m_transport, &Transport::ended, this, &TcpSocket::onEnded);
    readOn();
}

void TcpSocket::onReceived(const QByteArray &octets)
{
    m_received += octets;
    if (m_readBufferSize > 0 && m_received.size() >= m_readBufferSize)
        m_transport->pause();
    Q_EMIT readyRead();
}

void TcpSocket::onEnded()
{
    static const QMetaMethod finished = QMetaMethod::fromSignal(&QIODevice::readChannelFinished);
    if (!isSignalConnected(finished)) {
        m_transport->end(); // nobody would ever do it
        return;
    }
    m_isEndTold = true;
    Q_EMIT readChannelFinished();
}

void TcpSocket::readOn()
{
    if (isCarried() && (m_readBufferSize == 0 || m_received.size() < m_readBufferSize))
        m_transport->resume();
}

qint64 TcpSocket::readData(char *data, qint64 maxSize)
{
    if (!m_transport)
        return QTcpSocket::readData(data, maxSize);
    const qsizetype count = std::min<qsizetype>(maxSize, m_received.size());
    if (count == 0)
        return m_transport->isReadable() ? 0 : -1;
    std::memcpy(data, m_received.constData(), size_t(count));
    m_received.remove(0, count);
    readOn();
    return count;
}

qint64 TcpSocket::readLineData(char *data, qint64 maxSize)
{
    if (!m_transport)
        return QTcpSocket::readLineData(data, maxSize);
    const qsizetype newline = m_received.indexOf('\n');
    return readData(data, newline < 0 ? maxSize : std::min<qint64>(maxSize, newline + 1));
}

qint64 TcpSocket::skipData(qint64 maxSize)
{
    if (!m_transport)
        return QTcpSocket::skipData(maxSize);
    const qsizetype count = std::min<qsizetype>(maxSize, m_received.size());
    m_received.remove(0, count);
    readOn();
    return count;
}

qint64 TcpSocket::bytesAvailable() const
{
    return QTcpSocket::bytesAvailable() + m_received.size();
}

bool TcpSocket::canReadLine() const
{
    return QTcpSocket::canReadLine() || m_received.contains('\n');
}

bool TcpSocket::atEnd() const { return QTcpSocket::atEnd() && m_received.isEmpty(); }

void TcpSocket::setReadBufferSize(qint64 size)
{
    // Qt's own buffer is not used after the hand-over, and this would wake its notifier.
    if (!m_transport)
        QTcpSocket::setReadBufferSize(size);
    m_readBufferSize = size;
    readOn();
}

// --- writing

qint64 TcpSocket::writeData(const char *data, qint64 size)
{
    if (!m_transport)
        return QTcpSocket::writeData(data, size);
    if (!m_transport->isWritable())
        return -1;
    m_transport->write(
        QByteArray(data, size), [this, guard = QPointer(this), size](const Error &error) {
            if (guard && !error)
                Q_EMIT bytesWritten(size);
        });
    return size;
}

qint64 TcpSocket::bytesToWrite() const
{
    return m_transport ? m_transport->writableLength() : QTcpSocket::bytesToWrite();
}

// --- closing

void TcpSocket::close()
{
    if (!isCarried()) {
        QTcpSocket::close();
        return;
    }
    const bool isAbort = writeChannelCount() == 0; // QAbstractSocket::abort() was here
    QIODevice::close();
    m_received.clear();
    if (isAbort)
        m_transport->destroy();
    else
        m_transport->destroySoon();
}

void TcpSocket::disconnectFromHost()
{
    if (isCarried()) {
        m_transport->destroySoon();
    } else if (!m_isEndTold) {
        QTcpSocket::disconnectFromHost();
    } else if (state() != UnconnectedState) {
        { // it would tell of the end of reading once more
            const QSignalBlocker blocker(this);
            QTcpSocket::disconnectFromHost();
        }
        Q_EMIT stateChanged(state());
        Q_EMIT disconnected();
    }
}

// --- blocking

bool TcpSocket::waitForReadyRead(int milliseconds)
{
    return !m_transport && QTcpSocket::waitForReadyRead(milliseconds);
}

bool TcpSocket::waitForBytesWritten(int milliseconds)
{
    return !m_transport && QTcpSocket::waitForBytesWritten(milliseconds);
}

bool TcpSocket::waitForDisconnected(int milliseconds)
{
    return !m_transport && QTcpSocket::waitForDisconnected(milliseconds);
}

} // namespace headrace::http

#include "devicechannel.h"

#include "http/ticks.h"
#include "systemerror.h"

#include <QIODevice>
#include <QLocalSocket>
#include <QSslSocket>

#include <utility>

namespace headrace::http {

namespace {

constexpr qsizetype recordSize = 16 * 1024; // octets; RFC 8446 section 5.1

/// Pieces that make one record of TLS, and one call of the system, when they are written as one. Empty: they do not.
QByteArray joinSmall(std::span<const QByteArray> pieces)
{
    qsizetype size = 0;
    for (const QByteArray &piece : pieces)
        size += piece.size();
    QByteArray joined;
    if (pieces.size() < 2 || size > recordSize)
        return joined;
    joined.reserve(size);
    for (const QByteArray &piece : pieces)
        joined += piece;
    return joined;
}

} // namespace

DeviceChannel::DeviceChannel(QIODevice *device, ChannelListener *listener)
    : m_device(device)
    , m_socket(qobject_cast<QAbstractSocket *>(device))
    , m_ssl(qobject_cast<QSslSocket *>(device))
    , m_local(qobject_cast<QLocalSocket *>(device))
    , m_listener(listener)
{
    if (m_socket) {
        m_socket->setReadBufferSize(ReadSize);
        connect(m_socket, &QAbstractSocket::disconnected, this, &DeviceChannel::onPeerClosed);
        connect(m_socket, &QAbstractSocket::errorOccurred, this, &DeviceChannel::onSocketError);
    } else if (m_local) {
        m_local->setReadBufferSize(ReadSize);
        connect(m_local, &QLocalSocket::disconnected, this, &DeviceChannel::onPeerClosed);
    } else {
        connect(m_device, &QIODevice::aboutToClose, this, &DeviceChannel::onPeerClosed);
    }
    connect(m_device, &QIODevice::readChannelFinished, this, &DeviceChannel::onPeerClosed);
    connect(m_device, &QIODevice::readyRead, this, &DeviceChannel::onReadable);
    const auto written = [this] {
        if (m_flushing && isFlushed()) {
            m_flushing = false;
            const IoScope scope;
            m_listener->channelFlushed();
        }
    };
    connect(m_device, &QIODevice::bytesWritten, this, written);
    if (m_ssl)
        connect(m_ssl, &QSslSocket::encryptedBytesWritten, this, written);
}

Channel::Read DeviceChannel::read(QByteArray *octets, Error *)
{
    if (!m_device->isOpen())
        return Read::End;
    *octets = m_device->read(qBound<qint64>(1, m_device->bytesAvailable(), ReadSize));
    if (!octets->isEmpty())
        return Read::Octets;
    return m_peerClosed ? Read::End : Read::Nothing;
}

void DeviceChannel::setReading(bool reading)
{
    if (std::exchange(m_reading, reading) || !reading)
        return;
    if (m_device->bytesAvailable() == 0 && !m_peerClosed)
        return;
    // What is in the buffer already raises no signal any more.
    QMetaObject::invokeMethod(this, &DeviceChannel::onReadable, Qt::QueuedConnection);
}

bool DeviceChannel::write(std::span<const QByteArray> pieces, Error *error)
{
    if (!m_device->isOpen() || !m_device->isWritable()) {
        *error = makeError(ErrorCode::BrokenPipe, QStringLiteral("write EPIPE"));
        return true;
    }
    const QByteArray joined = joinSmall(pieces);
    if (!joined.isEmpty())
        pieces = { &joined, 1 };
    for (const QByteArray &piece : pieces) {
        if (m_device->write(piece) < 0) {
            *error = makeError(ErrorCode::IoFailure, m_device->errorString());
            return true;
        }
    }
    flush();
    m_flushing = !isFlushed();
    return !m_flushing;
}

void DeviceChannel::flush()
{
    if (m_socket)
        m_socket->flush();
    else if (m_local)
        m_local->flush();
}

bool DeviceChannel::isFlushed() const
{
    return m_device->bytesToWrite() == 0 && (!m_ssl || m_ssl->encryptedBytesToWrite() == 0);
}

void DeviceChannel::shutdownWrite()
{
    if (m_socket)
        m_socket->disconnectFromHost();
    else if (m_local)
        m_local->disconnectFromServer();
    else if (m_device->metaObject()->indexOfMethod("endWriting()")
        >= 0) // one that ends by halves, as TLS does
        QMetaObject::invokeMethod(m_device, "endWriting", Qt::DirectConnection);
    else
        m_device->close();
}

void DeviceChannel::close(QByteArray *unread)
{
    disconnect(m_device, nullptr, this, nullptr);
    m_reading = false;
    if (unread && m_device->isReadable())
        *unread = m_device->peek(ReadSize);
    if (m_ssl && m_ssl->isEncrypted()) {
        m_ssl->disconnectFromHost(); // with close_notify: the peer sees no truncation
        flush();
        m_ssl->abort();
    } else if (m_socket) {
        flush();
        m_socket->abort();
    } else if (m_local) {
        flush();
        m_local->abort();
    } else {
        m_device->close();
    }
}

void DeviceChannel::handOver()
{
    disconnect(m_device, nullptr, this, nullptr);
    m_reading = false;
    if (m_socket)
        m_socket->setReadBufferSize(0);
    else if (m_local)
        m_local->setReadBufferSize(0);
}

void DeviceChannel::onPeerClosed()
{
    if (m_peerClosed)
        return;
    m_peerClosed = true;
    onReadable();
}

void DeviceChannel::onReadable()
{
    if (!m_reading)
        return;
    const IoScope scope;
    m_listener->channelReadable();
}

void DeviceChannel::onSocketError(QAbstractSocket::SocketError error)
{
    if (error == QAbstractSocket::RemoteHostClosedError) {
        // Usually 'disconnected' follows. Not so after a close_notify on a connection that stays:
        // that is the end as well (RFC 8446 section 6.1).
        if (m_ssl)
            onPeerClosed();
        return;
    }
    const IoScope scope;
    m_listener->channelFailed(makeError(ErrorCode::ConnectionReset, m_socket->errorString()));
}

} // namespace headrace::http

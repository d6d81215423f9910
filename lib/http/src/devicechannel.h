#pragma once

#include "channel.h"

#include <QAbstractSocket>
#include <QObject>

QT_BEGIN_NAMESPACE
class QLocalSocket;
class QSslSocket;
QT_END_NAMESPACE

namespace headrace::http {

/// A channel through Qt's own buffers: TLS, local sockets, and whatever else is a QIODevice.
/// The peer's close ends both directions (QAbstractSocket knows no half-closed state).
class DeviceChannel : public QObject, public Channel
{
    Q_OBJECT

public:
    DeviceChannel(QIODevice *device, ChannelListener *listener);

    bool isBesideQt() const override { return false; }

    bool endsAtOnce() const override { return !m_socket && !m_local; }

    Read read(QByteArray *octets, Error *error) override;
    void setReading(bool reading) override;
    bool write(std::span<const QByteArray> pieces, Error *error) override;
    void shutdownWrite() override;
    void close(QByteArray *unread) override;
    void handOver() override;

private:
    bool isFlushed() const;
    void flush();
    void onReadable();
    void onPeerClosed();
    void onSocketError(QAbstractSocket::SocketError error);

    QIODevice *m_device;
    QAbstractSocket *m_socket;
    QSslSocket *m_ssl;
    QLocalSocket *m_local;
    ChannelListener *m_listener;
    bool m_reading = false;
    bool m_flushing = false;
    bool m_peerClosed = false;
};

} // namespace headrace::http

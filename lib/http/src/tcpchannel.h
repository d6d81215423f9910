#pragma once

#include "channel.h"

#include <QPointer>
#include <QSocketNotifier>

#include <memory>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace headrace::http {

/** A channel on the descriptor of a connected QTcpSocket. QTcpSocket closes the whole socket when the peer
    ends its direction, so a late answer (a 400 for a truncated request, a tunnel's last octets) could not be
    sent; reading and writing beside it keeps both directions apart, and saves a copy each way.
    The QTcpSocket stays the owner of the descriptor; its own notifiers rest meanwhile. Unix only. */
class TcpChannel : public Channel
{
public:
    /// Null when the socket is not of the expected make (then use a DeviceChannel).
    static std::unique_ptr<TcpChannel> make(QTcpSocket *socket, ChannelListener *listener);

    ~TcpChannel() override;

    bool isBesideQt() const override { return true; }

    Read read(QByteArray *octets, Error *error) override;
    void setReading(bool reading) override;
    bool write(const QByteArray &octets, Error *error) override;
    void shutdownWrite() override;
    void close() override;
    void handOver() override;

private:
    TcpChannel(QTcpSocket *socket, QSocketNotifier *qtReadNotifier, ChannelListener *listener);

    /// Octets written now; -1: \a error.
    qsizetype send(QByteArrayView octets, Error *error);
    void continueWriting();

    QTcpSocket *m_socket;
    QPointer<QSocketNotifier> m_qtReadNotifier;
    ChannelListener *m_listener;
    int m_descriptor;
    QSocketNotifier m_readNotifier;
    std::unique_ptr<QSocketNotifier> m_writeNotifier;
    QByteArray m_unsent;
    qsizetype m_sentOfUnsent = 0;
};

} // namespace headrace::http

#pragma once

#include "channel.h"
#include "descriptorwatch.h"

#include <QPointer>
#include <QSocketNotifier>

#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace headrace::http {

/** A channel on the descriptor of a connected QTcpSocket. QTcpSocket closes the whole socket when the peer
    ends its direction, so a late answer (a 400 for a truncated request, a tunnel's last octets) could not be
    sent; reading and writing beside it keeps both directions apart, and saves a copy each way.
    The QTcpSocket stays the owner of the descriptor; its own notifiers rest meanwhile. */
class TcpChannel final : public Channel, private DescriptorWatch::Listener
{
public:
    /// Null when the socket is not of the expected make (then use a DeviceChannel).
    static std::unique_ptr<TcpChannel> make(QTcpSocket *socket, ChannelListener *listener);

    ~TcpChannel() override;
    Q_DISABLE_COPY_MOVE(TcpChannel)

    bool isBesideQt() const override { return true; }

    Read read(QByteArray *octets, Error *error) override;
    void setReading(bool reading) override;
    bool write(std::span<const QByteArray> pieces, Error *error) override;
    void shutdownWrite() override;
    void close(QByteArray *unread) override;
    void handOver() override;

private:
    TcpChannel(QTcpSocket *socket, QSocketNotifier *qtReadNotifier, ChannelListener *listener);

    /// Sends what is left of \a pieces after \a sent octets, as far as the operating system takes it.
    /// Answers the octets that are gone now; -1: \a error.
    qsizetype send(std::span<const QByteArray> pieces, qsizetype sent, Error *error);
    void descriptorReadable() override;
    void descriptorWritable() override;

    QTcpSocket *m_socket;
    QPointer<QSocketNotifier> m_qtReadNotifier;
    ChannelListener *m_listener;
    int m_descriptor;
    DescriptorWatch m_watch;
    std::vector<QByteArray> m_unsent; ///< Of the last write(), as long as it is not all gone.
    qsizetype m_sentOfUnsent = 0;
};

} // namespace headrace::http

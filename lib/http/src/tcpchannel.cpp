#include "tcpchannel.h"

#include "http/ticks.h"
#include "systemerror.h"

#include <QTcpSocket>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <numeric>
#include <utility>

namespace headrace::http {

namespace {

/// Qt's own notifier for reading: a child of the socket's engine.
QSocketNotifier *findReadNotifier(QTcpSocket *socket)
{
    const auto notifiers = socket->findChildren<QSocketNotifier *>();
    for (QSocketNotifier *notifier : notifiers) {
        if (notifier->type() == QSocketNotifier::Read)
            return notifier;
    }
    return nullptr;
}

ssize_t sendParts(int descriptor, iovec *parts, std::size_t count)
{
    if (count == 1) // the most frequent by far, and cheaper
        return ::send(descriptor, parts->iov_base, parts->iov_len, MSG_NOSIGNAL);
    msghdr message {};
    message.msg_iov = parts;
    message.msg_iovlen = count;
    return ::sendmsg(descriptor, &message, MSG_NOSIGNAL);
}

qsizetype sizeOf(std::span<const QByteArray> pieces)
{
    return std::accumulate(pieces.begin(), pieces.end(), qsizetype(0),
        [](qsizetype sum, const QByteArray &piece) { return sum + piece.size(); });
}

} // namespace

std::unique_ptr<TcpChannel> TcpChannel::make(QTcpSocket *socket, ChannelListener *listener)
{
    if (socket->socketDescriptor() < 0)
        return nullptr;
    QSocketNotifier *notifier = findReadNotifier(socket);
    if (!notifier || socket->bytesAvailable() > 0 || socket->bytesToWrite() > 0)
        return nullptr; // something is in Qt's buffers already: leave it there
    return std::unique_ptr<TcpChannel>(new TcpChannel(socket, notifier, listener));
}

TcpChannel::TcpChannel(
    QTcpSocket *socket, QSocketNotifier *qtReadNotifier, ChannelListener *listener)
    : m_socket(socket)
    , m_qtReadNotifier(qtReadNotifier)
    , m_listener(listener)
    , m_descriptor(int(socket->socketDescriptor()))
    , m_watch(m_descriptor, this)
{
    m_qtReadNotifier->setEnabled(false);
}

TcpChannel::~TcpChannel() = default;

Channel::Read TcpChannel::read(QByteArray *octets, Error *error)
{
    if (m_descriptor < 0)
        return Read::Nothing;
    static thread_local std::unique_ptr<char[]> buffer(new char[ReadSize]);
    for (;;) {
        const ssize_t count = ::recv(m_descriptor, buffer.get(), ReadSize, 0);
        if (count > 0) {
            *octets = QByteArray(buffer.get(), count);
            return Read::Octets;
        }
        if (count == 0) {
            m_watch.setReading(false); // level-triggered: it would never rest
            return Read::End;
        }
        if (errno == EINTR)
            continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return Read::Nothing;
        *error = systemError(errno, QStringLiteral("read"));
        m_watch.setReading(false);
        return Read::Failed;
    }
}

void TcpChannel::setReading(bool reading)
{
    if (m_descriptor >= 0)
        m_watch.setReading(reading);
}

void TcpChannel::descriptorReadable()
{
    const IoScope scope(IoScope::Caller::EventLoop);
    m_listener->channelReadable();
}

qsizetype TcpChannel::send(std::span<const QByteArray> pieces, qsizetype sent, Error *error)
{
    for (;;) {
        std::array<iovec, 16> parts;
        std::size_t count = 0;
        std::size_t offered = 0;
        qsizetype skip = sent;
        for (const QByteArray &piece : pieces) {
            if (skip >= piece.size()) {
                skip -= piece.size();
                continue;
            }
            if (count == parts.size())
                break;
            parts[count]
                = { const_cast<char *>(piece.constData()) + skip, size_t(piece.size() - skip) };
            offered += parts[count++].iov_len;
            skip = 0;
        }
        if (count == 0)
            return sent;
        const ssize_t taken = sendParts(m_descriptor, parts.data(), count);
        if (taken >= 0) {
            sent += taken;
            if (size_t(taken) < offered)
                return sent; // the operating system's buffer is full
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return sent;
        } else if (errno != EINTR) {
            *error = systemError(errno, QStringLiteral("write"));
            return -1;
        }
    }
}

bool TcpChannel::write(std::span<const QByteArray> pieces, Error *error)
{
    Q_ASSERT(m_unsent.empty());
    const qsizetype sent = send(pieces, 0, error);
    if (sent < 0 || sent == sizeOf(pieces))
        return true;
    m_unsent.assign(pieces.begin(), pieces.end());
    m_sentOfUnsent = sent;
    m_watch.setWriting(true);
    return false;
}

void TcpChannel::descriptorWritable()
{
    const IoScope scope(IoScope::Caller::EventLoop);
    Error error;
    const qsizetype sent = send(m_unsent, m_sentOfUnsent, &error);
    if (!error && sent < sizeOf(m_unsent)) {
        m_sentOfUnsent = sent;
        m_listener->channelProgressed();
        return;
    }
    m_watch.setWriting(false);
    m_unsent.clear();
    m_sentOfUnsent = 0;
    if (error)
        m_listener->channelFailed(error);
    else
        m_listener->channelFlushed();
}

void TcpChannel::shutdownWrite()
{
    if (m_descriptor >= 0)
        ::shutdown(m_descriptor, SHUT_WR);
}

void TcpChannel::close(QByteArray *unread)
{
    if (m_descriptor < 0)
        return;
    // Octets nobody read would turn the close into a reset, and the last answer could be lost to the peer.
    static thread_local char sink[4096];
    for (int round = 0; round < 16; ++round) {
        const ssize_t count = ::recv(m_descriptor, sink, sizeof sink, MSG_DONTWAIT);
        if (count <= 0)
            break;
        if (unread)
            unread->append(sink, count);
    }
    m_watch.stop();
    m_descriptor = -1;
    m_socket
        ->disconnectFromHost(); // not abort(): what a tunnel's owner has not read yet stays readable
    if (m_socket->state() != QAbstractSocket::UnconnectedState)
        m_socket->abort();
}

void TcpChannel::handOver()
{
    m_watch.stop();
    m_descriptor = -1;
    if (m_qtReadNotifier)
        m_qtReadNotifier->setEnabled(true);
    qsizetype skip = m_sentOfUnsent;
    for (const QByteArray &piece : std::as_const(m_unsent)) {
        if (skip < piece.size())
            m_socket->write(piece.sliced(skip));
        skip = std::max<qsizetype>(skip - piece.size(), 0);
    }
}

} // namespace headrace::http

#include "tcpchannel.h"

#include "systemerror.h"

#include <QTcpSocket>

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

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
    , m_readNotifier(QSocketNotifier::Read)
{
    m_qtReadNotifier->setEnabled(false);
    m_readNotifier.setSocket(m_descriptor);
    QObject::connect(&m_readNotifier, &QSocketNotifier::activated, &m_readNotifier,
        [this] { m_listener->channelReadable(); });
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
            m_readNotifier.setEnabled(false); // level-triggered: it would never rest
            return Read::End;
        }
        if (errno == EINTR)
            continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return Read::Nothing;
        *error = systemError(errno, QStringLiteral("read"));
        m_readNotifier.setEnabled(false);
        return Read::Failed;
    }
}

void TcpChannel::setReading(bool reading)
{
    if (m_descriptor >= 0)
        m_readNotifier.setEnabled(reading);
}

qsizetype TcpChannel::send(QByteArrayView octets, Error *error)
{
    qsizetype sent = 0;
    while (sent < octets.size()) {
        const ssize_t count = ::send(
            m_descriptor, octets.data() + sent, size_t(octets.size() - sent), MSG_NOSIGNAL);
        if (count >= 0) {
            sent += count;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            break;
        } else if (errno != EINTR) {
            *error = systemError(errno, QStringLiteral("write"));
            return -1;
        }
    }
    return sent;
}

bool TcpChannel::write(const QByteArray &octets, Error *error)
{
    Q_ASSERT(m_unsent.isEmpty());
    const qsizetype sent = send(octets, error);
    if (sent < 0 || sent == octets.size())
        return true;
    m_unsent = octets;
    m_sentOfUnsent = sent;
    if (!m_writeNotifier) {
        m_writeNotifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Write);
        QObject::connect(m_writeNotifier.get(), &QSocketNotifier::activated, m_writeNotifier.get(),
            [this] { continueWriting(); });
    }
    m_writeNotifier->setEnabled(true);
    return false;
}

void TcpChannel::continueWriting()
{
    Error error;
    const qsizetype sent = send(QByteArrayView(m_unsent).sliced(m_sentOfUnsent), &error);
    if (sent >= 0)
        m_sentOfUnsent += sent;
    if (!error && m_sentOfUnsent < m_unsent.size()) {
        m_listener->channelProgressed();
        return;
    }
    m_writeNotifier->setEnabled(false);
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

void TcpChannel::close()
{
    if (m_descriptor < 0)
        return;
    // Octets nobody read would turn the close into a reset, and the last answer could be lost to the peer.
    static thread_local char sink[4096];
    for (int round = 0; round < 16 && ::recv(m_descriptor, sink, sizeof sink, MSG_DONTWAIT) > 0;
         ++round) { }
    m_readNotifier.setEnabled(false);
    m_writeNotifier.reset();
    m_descriptor = -1;
    m_socket->disconnectFromHost(); // not abort(): what a tunnel's owner has not read yet stays readable
    if (m_socket->state() != QAbstractSocket::UnconnectedState)
        m_socket->abort();
}

void TcpChannel::handOver()
{
    m_readNotifier.setEnabled(false);
    m_writeNotifier.reset();
    m_descriptor = -1;
    if (m_qtReadNotifier)
        m_qtReadNotifier->setEnabled(true);
    if (!m_unsent.isEmpty())
        m_socket->write(m_unsent.sliced(m_sentOfUnsent));
}

} // namespace headrace::http

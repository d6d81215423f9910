#include "support/rawsocket.h"

#include <QPointer>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace headrace::test {

RawSocket::RawSocket(int descriptor, QObject *parent)
    : QObject(parent)
    , m_descriptor(descriptor)
    , m_readable(std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read))
    , m_writable(std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Write))
{
    const int yes = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    m_writable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &RawSocket::read);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &RawSocket::flush);
}

RawSocket *RawSocket::connectTo(quint16 port, QObject *parent)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        qFatal("cannot connect to port %d", int(port));
    return new RawSocket(descriptor, parent);
}

RawSocket::~RawSocket()
{
    m_readable.reset();
    m_writable.reset();
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void RawSocket::setReading(bool reading)
{
    m_reading = reading;
    if (isOpen())
        m_readable->setEnabled(reading && !m_ended);
}

void RawSocket::read()
{
    std::array<char, 64 * 1024> buffer;
    const ssize_t count = ::recv(m_descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0) {
        Q_EMIT received(QByteArray(buffer.data(), count));
    } else if (count == 0) {
        m_ended = true;
        m_readable->setEnabled(false);
        const QPointer<RawSocket> guard(this);
        Q_EMIT ended();
        if (guard && m_shut)
            close();
    } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
        fail();
    }
}

void RawSocket::send(const QByteArray &octets)
{
    if (!isOpen())
        return;
    m_unsent += octets;
    if (!m_writable->isEnabled())
        flush();
}

void RawSocket::sendSingly(const QByteArray &octets)
{
    const bool isUnderWay = !m_single.isEmpty();
    m_single += octets;
    if (isUnderWay)
        return;
    const auto next = [this](const auto &self) -> void {
        send(m_single.first(1));
        m_single.remove(0, 1);
        if (!m_single.isEmpty())
            QMetaObject::invokeMethod(
                this, [self] { self(self); }, Qt::QueuedConnection);
        else if (m_finishing)
            flush();
    };
    next(next);
}

void RawSocket::flush()
{
    while (isOpen() && unsent() > 0) {
        const ssize_t count = ::send(m_descriptor, m_unsent.constData() + m_sent, size_t(unsent()),
            MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0) {
            m_sent += count;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            m_writable->setEnabled(true);
            return;
        } else if (errno != EINTR) {
            fail();
            return;
        }
    }
    if (!isOpen())
        return;
    m_writable->setEnabled(false);
    m_unsent.clear();
    m_sent = 0;
    if (m_finishing && !m_shut && m_single.isEmpty()) {
        m_shut = true;
        ::shutdown(m_descriptor, SHUT_WR);
        if (m_ended) {
            close();
            return;
        }
    }
    Q_EMIT flushed();
}

void RawSocket::finish()
{
    m_finishing = true;
    if (isOpen() && unsent() == 0)
        flush();
}

void RawSocket::reset()
{
    if (!isOpen())
        return;
    const linger atOnce { 1, 0 };
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    close();
}

void RawSocket::fail()
{
    const QPointer<RawSocket> guard(this);
    Q_EMIT failed();
    if (guard)
        close();
}

void RawSocket::close()
{
    if (!isOpen())
        return;
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    ::close(std::exchange(m_descriptor, -1));
    Q_EMIT closed();
}

RawAcceptor::RawAcceptor(std::function<void(RawSocket *)> accept)
    : m_accept(std::move(accept))
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("no port to listen on");
}

void RawAcceptor::incomingConnection(qintptr descriptor)
{
    m_accept(new RawSocket(int(descriptor), this));
}

} // namespace headrace::test

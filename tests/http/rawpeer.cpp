#include "rawpeer.h"

#include <sys/socket.h>

#include <memory>

namespace headrace::http::test {

RawClient::RawClient(quint16 port, QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] { m_received += m_socket.readAll(); });
    connect(&m_socket, &QTcpSocket::disconnected, this, [this] {
        if (m_socket.isOpen())
            m_received += m_socket.readAll();
        m_closed = true;
    });
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    m_socket.waitForConnected();
}

void RawClient::send(const QByteArray &octets)
{
    m_socket.write(octets);
    m_socket.flush();
}

void RawClient::finish() { ::shutdown(int(m_socket.socketDescriptor()), SHUT_WR); }

void RawClient::reset()
{
    const linger atOnce { 1, 0 };
    ::setsockopt(int(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    m_socket.abort();
}

QByteArray RawClient::received() const { return m_received; }

bool RawClient::isClosed() const { return m_closed; }

RawServer::RawServer(Answer answer, QObject *parent)
    : QObject(parent)
    , m_answer(std::move(answer))
{
    connect(&m_server, &QTcpServer::newConnection, this, &RawServer::accept);
    m_server.listen(QHostAddress::LocalHost);
}

RawServer::RawServer(const QByteArray &octets, bool thenClose, QObject *parent)
    : RawServer(
        [octets, thenClose](QTcpSocket *connection, const QByteArray &) {
            connection->write(octets);
            if (thenClose)
                connection->disconnectFromHost();
        },
        parent)
{
}

quint16 RawServer::port() const { return m_server.serverPort(); }

int RawServer::connectionCount() const { return m_connectionCount; }

QByteArray RawServer::received() const { return m_received; }

void RawServer::accept()
{
    while (QTcpSocket *connection = m_server.nextPendingConnection()) {
        ++m_connectionCount;
        const auto pending = std::make_shared<QByteArray>();
        connect(connection, &QTcpSocket::disconnected, connection, &QObject::deleteLater);
        connect(connection, &QTcpSocket::readyRead, this, [this, connection, pending] {
            const QByteArray octets = connection->readAll();
            m_received += octets;
            *pending += octets;
            const qsizetype headEnd = pending->indexOf("\r\n\r\n");
            if (headEnd < 0)
                return;
            const QByteArray taken = std::exchange(*pending, {});
            m_answer(connection, taken);
        });
    }
}

} // namespace headrace::http::test

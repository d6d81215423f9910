#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace headrace::http::test {

/// A client of plain octets, to talk to a Server.
class RawClient : public QObject
{
    Q_OBJECT

public:
    explicit RawClient(quint16 port, QObject *parent = nullptr);

    void send(const QByteArray &octets); ///< At once when connected, else then.
    void finish(); ///< Ends our direction only (FIN), after what was sent.
    void reset(); ///< Closes with a reset.
    QByteArray received() const;
    bool isClosed() const; ///< The server closed.

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_closed = false;
};

/// A server of plain octets, to talk to a ClientRequest. Every connection gets the same script:
/// when \a request octets contain a complete head, \a answer is called with the connection.
class RawServer : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(QTcpSocket *connection, const QByteArray &received)>;

    explicit RawServer(Answer answer, QObject *parent = nullptr);

    /// Writes \a octets on each head and keeps the connection, or closes it with \a thenClose.
    explicit RawServer(const QByteArray &octets, bool thenClose = false, QObject *parent = nullptr);

    quint16 port() const;
    int connectionCount() const;
    QByteArray received() const; ///< Of all connections, in order of arrival.

private:
    void accept();

    QTcpServer m_server;
    Answer m_answer;
    QByteArray m_received;
    int m_connectionCount = 0;
};

} // namespace headrace::http::test

#pragma once

#include <QTcpServer>
#include <QTcpSocket>

#include <functional>
#include <utility>

/// A peer that reads octets and answers what it is told to: no HTTP of its own.
class RawServer : public QTcpServer
{
    Q_OBJECT

public:
    /// Called with all that came so far on a connection, whenever more comes.
    using Answer = std::function<void(QTcpSocket *socket, const QByteArray &received)>;

    explicit RawServer(Answer answer)
        : m_answer(std::move(answer))
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                ++connections;
                received.append(QByteArray());
                const qsizetype index = received.size() - 1;
                connect(socket, &QTcpSocket::readyRead, this, [this, socket, index] {
                    received[index] += socket->readAll();
                    m_answer(socket, received[index]);
                });
            }
        });
    }

    /// Answers \a octets to each request without a body, and keeps the connection open.
    static Answer to(const QByteArray &octets)
    {
        return [octets](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n"))
                socket->write(octets);
        };
    }

    QString url(const QString &target = QStringLiteral("/")) const
    {
        return QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(target);
    }

    int connections = 0;
    QList<QByteArray> received; ///< By connection.

private:
    Answer m_answer;
};

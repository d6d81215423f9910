#pragma once

#include "http/error.h"
#include "http/observer.h"
#include "http/task.h"

#include <QObject>

#include <functional>

QT_BEGIN_NAMESPACE
class QAbstractSocket;
class QIODevice;
class QLocalSocket;
class QSslSocket;
QT_END_NAMESPACE

namespace headrace::http {

/** Follows a device until it is connected (TLS: until the handshake is complete) or cannot be, and says
    which phases it goes through. Child of what it reports to; of no use after. */
class ConnectWatch : public QObject
{
    Q_OBJECT

public:
    ConnectWatch(QIODevice *device, QObject *parent);

    /// Whether \a device is ready for octets now.
    static bool isConnected(const QIODevice *device);

    /// Names the peer in messages while no address is known.
    void setPeerName(const QString &host, quint16 port, const QString &from);

    /// What \a start comes to at once is told on a tick.
    void watchDuring(const std::function<void()> &start);

Q_SIGNALS:
    void phaseReached(headrace::http::SocketPhase phase);
    void connected();
    void failed(const headrace::http::Error &error);

private:
    void tell(Task told); ///< Now, or on a tick.
    void watch(QAbstractSocket *socket);
    void watch(QLocalSocket *local);
    QString localName(const QAbstractSocket *socket) const;

    QString m_host;
    QString m_from; ///< The local address that was asked for.
    quint16 m_port = 0;
    bool m_lookingUp = false;
    bool m_starting = false; ///< Inside watchDuring().
};

/// What was agreed in the handshake of \a socket.
TlsInfo tlsInfo(const QSslSocket *socket);

} // namespace headrace::http

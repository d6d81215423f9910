#include "connectwatch.h"

#include "http/ticks.h"
#include "systemerror.h"

#include <QHostAddress>
#include <QLocalSocket>
#include <QPointer>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>

#include <utility>

namespace headrace::http {

ConnectWatch::ConnectWatch(QIODevice *device, QObject *parent)
    : QObject(parent)
{
    if (auto *socket = qobject_cast<QAbstractSocket *>(device))
        watch(socket);
    else if (auto *local = qobject_cast<QLocalSocket *>(device))
        watch(local);
}

bool ConnectWatch::isConnected(const QIODevice *device)
{
    if (const auto *ssl = qobject_cast<const QSslSocket *>(device))
        return ssl->isEncrypted();
    if (const auto *socket = qobject_cast<const QAbstractSocket *>(device))
        return socket->state() == QAbstractSocket::ConnectedState;
    if (const auto *local = qobject_cast<const QLocalSocket *>(device))
        return local->state() == QLocalSocket::ConnectedState;
    return device->isOpen();
}

/// As the reference names it in errors: what was asked for, or nothing yet when connect() itself fails. A
/// refusal counts as later, whenever it comes.
QString ConnectWatch::localName(const QAbstractSocket *socket) const
{
    if (!m_from.isEmpty() || !m_starting
        || socket->error() == QAbstractSocket::ConnectionRefusedError)
        return m_from;
    const bool isIPv6
        = QHostAddress(socket->peerName()).protocol() == QAbstractSocket::IPv6Protocol;
    return isIPv6 ? QStringLiteral(":::0") : QStringLiteral("0.0.0.0:0");
}

void ConnectWatch::setPeerName(const QString &host, quint16 port, const QString &from)
{
    m_host = host;
    m_from = from;
    m_port = port;
}

void ConnectWatch::watchDuring(const std::function<void()> &start)
{
    const QPointer<ConnectWatch> guard(this);
    m_starting = true;
    start();
    if (guard)
        m_starting = false;
}

void ConnectWatch::tell(Task told)
{
    if (m_starting) {
        nextTick(this, std::move(told));
        return;
    }
    const IoScope scope; // Qt's event loop calls
    told();
}

void ConnectWatch::watch(QAbstractSocket *socket)
{
    auto *ssl = qobject_cast<QSslSocket *>(socket);
    // The state is the truth: 'hostFound' comes late, and for addresses that nobody looks up.
    connect(socket, &QAbstractSocket::stateChanged, this,
        [this, socket](QAbstractSocket::SocketState state) {
            if (state == QAbstractSocket::HostLookupState
                && QHostAddress(socket->peerName()).isNull()) {
                m_lookingUp = true;
                Q_EMIT phaseReached(SocketPhase::LookupStarted);
            } else if (state == QAbstractSocket::ConnectingState) {
                if (std::exchange(m_lookingUp, false))
                    Q_EMIT phaseReached(SocketPhase::LookupEnded);
                Q_EMIT phaseReached(SocketPhase::ConnectStarted);
            }
        });
    connect(socket, &QAbstractSocket::connected, this, [this, ssl] {
        tell([this, ssl] {
            Q_EMIT phaseReached(SocketPhase::ConnectEnded);
            if (ssl)
                Q_EMIT phaseReached(SocketPhase::TlsStarted);
            else
                Q_EMIT connected();
        });
    });
    if (ssl) {
        connect(ssl, &QSslSocket::encrypted, this, [this] {
            const IoScope scope;
            Q_EMIT phaseReached(SocketPhase::TlsEnded);
            Q_EMIT connected();
        });
    }
    connect(socket, &QAbstractSocket::errorOccurred, this,
        [this, socket, ssl](QAbstractSocket::SocketError error) {
            const QString host = m_host.isEmpty() ? socket->peerName() : m_host;
            const quint16 port = m_port != 0 ? m_port : socket->peerPort();
            const Error cause = error == QAbstractSocket::SslHandshakeFailedError
                ? tlsError(ssl, host)
                : connectError(socket, error, host, port, localName(socket));
            tell([this, cause] { Q_EMIT failed(cause); });
        });
}

void ConnectWatch::watch(QLocalSocket *local)
{
    connect(local, &QLocalSocket::connected, this, [this] {
        const IoScope scope;
        Q_EMIT phaseReached(SocketPhase::ConnectEnded);
        Q_EMIT connected();
    });
    connect(local, &QLocalSocket::errorOccurred, this,
        [this, local](QLocalSocket::LocalSocketError error) {
            const IoScope scope;
            Q_EMIT failed(localConnectError(error, local->serverName()));
        });
}

TlsInfo tlsInfo(const QSslSocket *socket)
{
    TlsInfo info;
    switch (socket->sessionProtocol()) {
    case QSsl::TlsV1_2:
        info.protocol = QStringLiteral("TLSv1.2");
        break;
    case QSsl::TlsV1_3:
        info.protocol = QStringLiteral("TLSv1.3");
        break;
    default:
        info.protocol = QStringLiteral("TLS");
        break;
    }
    info.cipher = socket->sessionCipher().name();
    info.alpn = socket->sslConfiguration().nextNegotiatedProtocol();
    info.serverName = socket->peerVerifyName();
    const QList<QSslCertificate> chain = socket->peerCertificateChain();
    for (const QSslCertificate &certificate : chain)
        info.peerCertificates.append(certificate.toDer());
    return info;
}

} // namespace headrace::http

#include "systemerror.h"

#include <QFile>
#include <QSslError>
#include <QSslSocket>

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace headrace::http {

namespace {

ErrorCode codeOfErrno(int value)
{
    switch (value) {
    case EACCES:
    case EPERM:
        return ErrorCode::AccessDenied;
    case EADDRINUSE:
        return ErrorCode::AddressInUse;
    case EADDRNOTAVAIL:
        return ErrorCode::AddressNotAvailable;
    case EBADF:
        return ErrorCode::BadDescriptor;
    case ECONNABORTED:
        return ErrorCode::ConnectionAborted;
    case ECONNREFUSED:
        return ErrorCode::ConnectionRefused;
    case ECONNRESET:
        return ErrorCode::ConnectionReset;
    case EHOSTUNREACH:
        return ErrorCode::HostUnreachable;
    case EINVAL:
        return ErrorCode::InvalidArgument;
    case EMFILE:
    case ENFILE:
        return ErrorCode::TooManyFiles;
    case ENETUNREACH:
        return ErrorCode::NetworkUnreachable;
    case ENOENT:
        return ErrorCode::NoEntry;
    case ENOTCONN:
        return ErrorCode::NotConnected;
    case ENOTDIR:
        return ErrorCode::NotADirectory;
    case EPIPE:
        return ErrorCode::BrokenPipe;
    case ETIMEDOUT:
        return ErrorCode::TimedOut;
    default:
        return ErrorCode::IoFailure;
    }
}

ErrorCode codeOfSocketError(QAbstractSocket::SocketError error, const QString &text)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return ErrorCode::ConnectionRefused;
    case QAbstractSocket::RemoteHostClosedError:
        return ErrorCode::ConnectionReset;
    case QAbstractSocket::HostNotFoundError:
        return ErrorCode::HostNotFound;
    case QAbstractSocket::SocketAccessError:
        return ErrorCode::AccessDenied;
    case QAbstractSocket::SocketResourceError:
        return ErrorCode::TooManyFiles;
    case QAbstractSocket::SocketTimeoutError:
        return ErrorCode::TimedOut;
    case QAbstractSocket::AddressInUseError:
        return ErrorCode::AddressInUse;
    case QAbstractSocket::SocketAddressNotAvailableError:
        return ErrorCode::AddressNotAvailable;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return ErrorCode::ProtocolFailure;
    case QAbstractSocket::NetworkError:
        // Qt folds two causes into one code and keeps them apart in its text only.
        return text.contains(u"host", Qt::CaseInsensitive) ? ErrorCode::HostUnreachable
                                                           : ErrorCode::NetworkUnreachable;
    default:
        return ErrorCode::IoFailure;
    }
}

ErrorCode codeOfSslError(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
        return ErrorCode::SelfSignedLeaf;
    case QSslError::SelfSignedCertificateInChain:
        return ErrorCode::SelfSignedInChain;
    case QSslError::UnableToGetIssuerCertificate:
        return ErrorCode::IssuerNotFound;
    case QSslError::UnableToGetLocalIssuerCertificate:
        return ErrorCode::IssuerNotFoundLocally;
    case QSslError::UnableToVerifyFirstCertificate:
        return ErrorCode::LeafSignatureUnverified;
    case QSslError::CertificateExpired:
        return ErrorCode::CertificateHasExpired;
    case QSslError::CertificateNotYetValid:
        return ErrorCode::CertificateNotYetValid;
    case QSslError::CertificateRevoked:
        return ErrorCode::CertificateRevoked;
    case QSslError::CertificateUntrusted:
        return ErrorCode::CertificateUntrusted;
    case QSslError::HostNameMismatch:
        return ErrorCode::CertificateNameMismatch;
    default:
        return ErrorCode::CertificateRejected;
    }
}

QString nameOf(ErrorCode code) { return QString(wire::name(code)); }

} // namespace

Error makeError(ErrorCode code, const QString &message)
{
    Error error;
    error.code = code;
    error.message = message;
    return error;
}

Error systemError(int errnoValue, const QString &what, const QString &where)
{
    const ErrorCode code = codeOfErrno(errnoValue);
    const QString spelled = code == ErrorCode::IoFailure
        ? QString::fromLocal8Bit(std::strerror(errnoValue))
        : nameOf(code);
    return makeError(
        code, where.isEmpty() ? what + u' ' + spelled : what + u' ' + spelled + u' ' + where);
}

Error connectError(const QAbstractSocket *socket, QAbstractSocket::SocketError error,
    const QString &host, quint16 port, const QString &from)
{
    const ErrorCode code = codeOfSocketError(error, socket->errorString());
    if (code == ErrorCode::HostNotFound)
        return makeError(code, QStringLiteral("getaddrinfo ENOTFOUND %1").arg(host));
    if (code == ErrorCode::IoFailure)
        return makeError(code, QStringLiteral("connect %1").arg(socket->errorString()));
    const QString address
        = socket->peerAddress().isNull() ? host : socket->peerAddress().toString();
    const QString local = from.isEmpty() ? QString() : QStringLiteral(" - Local (%1)").arg(from);
    return makeError(
        code, QStringLiteral("connect %1 %2:%3").arg(nameOf(code), address).arg(port) + local);
}

Error bindError(QAbstractSocket::SocketError error, const QString &where)
{
    ErrorCode code = codeOfSocketError(error, {});
    if (code == ErrorCode::IoFailure) // Qt does not say which of the rest it is
        code = ErrorCode::InvalidArgument;
    return makeError(code, QStringLiteral("bind %1 %2").arg(nameOf(code), where));
}

Error localConnectError(QLocalSocket::LocalSocketError error, const QString &path)
{
    ErrorCode code = ErrorCode::IoFailure;
    switch (error) {
    case QLocalSocket::ServerNotFoundError:
        code = ErrorCode::NoEntry;
        break;
    case QLocalSocket::ConnectionRefusedError:
        code = ErrorCode::ConnectionRefused;
        break;
    case QLocalSocket::SocketAccessError:
        code = ErrorCode::AccessDenied;
        break;
    case QLocalSocket::PeerClosedError:
        code = ErrorCode::ConnectionReset;
        break;
    default:
        // Qt does not tell the rest apart; the file system does.
        if (struct stat entry; ::stat(QFile::encodeName(path).constData(), &entry) != 0)
            return systemError(errno, QStringLiteral("connect"), path);
        break;
    }
    return makeError(code, QStringLiteral("connect %1 %2").arg(nameOf(code), path));
}

Error tlsError(const QSslSocket *socket, const QString &host)
{
    const QList<QSslError> errors = socket->sslHandshakeErrors();
    if (errors.isEmpty())
        return makeError(ErrorCode::ProtocolFailure,
            QStringLiteral("TLS handshake with %1 failed: %2").arg(host, socket->errorString()));
    const QSslError &first = errors.first();
    return makeError(codeOfSslError(first.error()),
        QStringLiteral("certificate of %1: %2").arg(host, first.errorString()));
}

Error connectionReset(const QString &message)
{
    return makeError(ErrorCode::ConnectionReset, message);
}

} // namespace headrace::http

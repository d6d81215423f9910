#include "farewell_p.h"
#include "tlssocket_p.h"

#include <QTimerEvent>

#include <utility>

// From the first octet to encrypted() or refused().

namespace headrace::tls {

using wire::ErrorCode;

namespace {

/// A fatal alert before there is a connection: RFC 8446 sections 5.1 and 6.
QByteArray alertRecord(int description)
{
    return QByteArray("\x15\x03\x01\x00\x02\x02", 6) + char(description);
}

TlsFailure failureWith(ErrorCode code, const QString &message)
{
    TlsFailure failure;
    failure.code = code;
    failure.message = message;
    return failure;
}

} // namespace

void TlsSocket::startServer(const ServerOptions &options)
{
    Q_ASSERT(d->state == Private::State::Idle);
    d->isServer = true;
    d->server = options;
    d->state = Private::State::AwaitingHello;
    if (options.handshakeTimeout.count() > 0)
        d->timer.start(int(options.handshakeTimeout.count()), this);
    d->proceedLater();
}

void TlsSocket::startClient(const ClientOptions &options)
{
    Q_ASSERT(d->state == Private::State::Idle);
    d->client = options;
    d->state = Private::State::Handshaking;
    if (options.handshakeTimeout.count() > 0)
        d->timer.start(int(options.handshakeTimeout.count()), this);
    d->proceedLater();
}

/// Clients that go on have to be answered with a certificate for what they ask for. True: the handshake can begin.
bool TlsSocket::Private::readHello()
{
    const QByteArray octets = device ? device->peek(ClientHello::MostOctets) : QByteArray();
    switch (ClientHello::parse(octets, &hello)) {
    case ClientHello::Result::NeedMore:
        if (isDeviceEnded)
            refuse(gone());
        return false;
    case ClientHello::Result::NotTls:
        refuse(failureWith(ErrorCode::ProtocolFailure,
            QStringLiteral("The client does not speak TLS: no ClientHello came.")));
        return false;
    case ClientHello::Result::Hello:
        break;
    }
    facts.serverName = hello.serverName;
    const Identity identity = server.choose ? server.choose(hello) : Identity();
    TlsFailure cause;
    if (identity.isNull()) {
        cause = failureWith(ErrorCode::ProtocolFailure,
            QStringLiteral("There is no certificate to show for \"%1\".").arg(hello.serverName));
    } else {
        ssl = SslConnection::makeServer(device, server, identity, &cause);
    }
    server = {};
    if (!ssl) {
        device->write(
            alertRecord(identity.isNull() ? SSL_AD_UNRECOGNIZED_NAME : SSL_AD_INTERNAL_ERROR));
        refuse(cause);
        return false;
    }
    state = State::Handshaking;
    return true;
}

void TlsSocket::Private::shakeHands()
{
    Outcome outcome = Outcome::Failed;
    {
        const Busy scope(this);
        if (!ssl) {
            ssl = SslConnection::makeClient(device, client, &failure);
            client = {}; // keys are in use now, and need not be held twice
        }
        if (ssl) {
            outcome = ssl->shakeHands();
            if (outcome == Outcome::Failed)
                failure = ssl->failure();
            flush();
        }
    }
    switch (outcome) {
    case Outcome::Wait:
        if (isDeviceEnded && isDeviceEmpty())
            refuse(gone());
        return;
    case Outcome::Failed:
        refuse(failure);
        return;
    case Outcome::End:
        refuse(gone());
        return;
    case Outcome::Done:
        break;
    }
    takeFacts();
    timer.stop();
    state = State::Encrypted;
    wasEncrypted = true;
    q->open(ReadWrite | Unbuffered);
    const QPointer<TlsSocket> guard(q);
    Q_EMIT q->encrypted();
    if (guard && state == State::Encrypted)
        decrypt(); // requests come in one piece with the end of the handshake
}

void TlsSocket::Private::takeFacts()
{
    if (!ssl)
        return;
    facts = ssl->facts();
    if (isServer)
        facts.serverName = hello.serverName;
}

/// The peer went away during the handshake.
TlsFailure TlsSocket::Private::gone() const
{
    TlsFailure cause = failureWith(ErrorCode::ConnectionReset,
        (isServer ? QStringLiteral("The client went away before TLS was established")
                  : QStringLiteral("The server went away before TLS was established")));
    cause.message
        += deviceError.isEmpty() ? QStringLiteral(".") : QStringLiteral(": %1.").arg(deviceError);
    if (ssl)
        cause.message += ssl->hintAtCertificate();
    cause.isSilent = ssl && ssl->hasShownCertificate();
    return cause;
}

void TlsSocket::Private::refuse(TlsFailure cause)
{
    timer.stop();
    state = State::Closed;
    isOrderly = true; // the alert that says why has to arrive
    takeFacts();
    failure = std::move(cause);
    q->setErrorString(failure.message);
    if (device) {
        const Busy scope(this);
        flush();
        sayFarewell(device);
    }
    const TlsFailure told = failure; // the owner may delete this
    Q_EMIT q->refused(told);
}

void TlsSocket::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != d->timer.timerId())
        return;
    d->refuse(failureWith(
        ErrorCode::TimedOut, QStringLiteral("The peer did not finish the TLS handshake in time.")));
}

} // namespace headrace::tls

#include "tls/tlssocket.h"

#include "farewell_p.h"
#include "tlssocket_p.h"

#include <utility>

namespace headrace::tls {

TlsSocket::TlsSocket(QIODevice *device, QObject *parent)
    : QIODevice(parent)
    , d(std::make_unique<Private>(this, device))
{
    device->setParent(this);
    d->watchDevice();
}

TlsSocket::~TlsSocket()
{
    d->timer.stop();
    if (d->device) {
        disconnect(d->device, nullptr, this, nullptr);
        if (d->isOrderly && isSending(d->device)) {
            d->device->setParent(parent()); // sayFarewell() deletes it
        } else if (d->inSlots > 0) {
            d->device->setParent(parent());
            d->device->deleteLater();
        } else {
            delete d->device;
        }
    }
}

void TlsSocket::Private::watchDevice()
{
    if (tcp && tcp->readBufferSize() == 0)
        tcp->setReadBufferSize(BufferSize);
    else if (local && local->readBufferSize() == 0)
        local->setReadBufferSize(BufferSize);
    connect(device, &QIODevice::readyRead, q, [this] { proceed(); });
    connect(device, &QIODevice::bytesWritten, q, [this] { onDeviceWritten(); });
    connect(device, &QIODevice::readChannelFinished, q, [this] { onDeviceEnd(); });
    connect(device, &QObject::destroyed, q, [this] { onDeviceGone(); });
    if (tcp) {
        connect(
            tcp, &QAbstractSocket::errorOccurred, q, [this] { deviceError = tcp->errorString(); });
        connect(tcp, &QAbstractSocket::disconnected, q, [this] { onDeviceGone(); });
    } else if (local) {
        connect(local, &QLocalSocket::disconnected, q, [this] { onDeviceGone(); });
    } else {
        connect(device, &QIODevice::aboutToClose, q, [this] { onDeviceGone(); });
        if (auto *tls = qobject_cast<TlsSocket *>(device)) {
            connect(tls, &TlsSocket::errorOccurred, q,
                [this](const TlsFailure &cause) { deviceError = cause.message; });
            connect(tls, &TlsSocket::disconnected, q, [this] { onDeviceGone(); });
        }
    }
}

/// Something may have changed: all that can go on goes on, and the owner hears of it.
void TlsSocket::Private::proceed()
{
    if (busy > 0) {
        proceedLater();
        return;
    }
    const QPointer<TlsSocket> guard(q);
    ++inSlots;
    advance();
    if (guard)
        tellEnd();
    if (guard)
        tellGone();
    if (guard)
        --inSlots;
}

void TlsSocket::Private::proceedLater()
{
    if (std::exchange(isPosted, true))
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            isPosted = false;
            proceed();
        },
        Qt::QueuedConnection);
}

void TlsSocket::Private::advance()
{
    if (state == State::Encrypted) {
        decrypt();
    } else if (state == State::AwaitingHello || state == State::Handshaking) {
        if (!device)
            refuse(gone());
        else if (state == State::Handshaking || readHello())
            shakeHands();
    }
}

// --- closing

/// The device's reading direction ended; it may go on writing.
void TlsSocket::Private::onDeviceEnd()
{
    isDeviceEnded = true;
    proceed();
}

void TlsSocket::Private::onDeviceGone()
{
    isDeviceEnded = true;
    isDeviceGone = true;
    proceed();
}

void TlsSocket::Private::tellGone()
{
    if (!isDeviceGone || !wasEncrypted || std::exchange(isGoneTold, true))
        return;
    pending.clear();
    pendingFrom = 0;
    Q_EMIT q->disconnected();
}

void TlsSocket::close()
{
    if (d->state == Private::State::Closed)
        return;
    d->timer.stop();
    if (d->state == Private::State::Encrypted && d->device) {
        const Private::Busy scope(d.get());
        d->isWriteEnded = true;
        d->encryptPending(false);
        d->flush();
    }
    d->state = Private::State::Closed;
    d->isOrderly = true;
    d->forget();
    if (d->device) {
        const Private::Busy scope(d.get());
        sayFarewell(d->device);
    }
    QIODevice::close();
}

void TlsSocket::abort()
{
    d->timer.stop();
    d->state = Private::State::Closed;
    d->isOrderly = false;
    d->forget();
    if (d->device) {
        const Private::Busy scope(d.get());
        if (d->tcp)
            d->tcp->abort();
        else if (d->local)
            d->local->abort();
        else if (auto *tls = qobject_cast<TlsSocket *>(d->device))
            tls->abort();
        else
            d->device->close();
    }
    QIODevice::close();
}

/// What waits here, in both directions.
void TlsSocket::Private::forget()
{
    clear.clear();
    clearFrom = 0;
    pending.clear();
    pendingFrom = 0;
}

// --- state

bool TlsSocket::isEncrypted() const
{
    return d->state == Private::State::Encrypted || d->state == Private::State::Broken;
}

const TlsFacts &TlsSocket::facts() const { return d->facts; }

const ClientHello &TlsSocket::clientHello() const { return d->hello; }

const TlsFailure &TlsSocket::failure() const { return d->failure; }

bool TlsSocket::isTruncated() const { return d->end == Private::End::Truncated; }

QIODevice *TlsSocket::device() const { return d->device; }

} // namespace headrace::tls

#include "tlssocket_p.h"

#include <cstring>
#include <utility>

// What goes in and out once it is encrypted.

namespace headrace::tls {

namespace {

constexpr qint64 recordSize = 16 * 1024;
constexpr qint64 leastRoom
    = 4 * 1024; // to read into; what the device has may be in OpenSSL already

} // namespace

// --- reading

void TlsSocket::Private::decrypt()
{
    {
        const Busy scope(this);
        fillClear();
    }
    const QPointer<TlsSocket> guard(q);
    pushOut(); // TLS answers by itself now and then
    tellWritten();
    if (guard)
        tellReadable();
}

void TlsSocket::Private::fillClear()
{
    if (end != End::None)
        return;
    if (!device) {
        end = End::Truncated;
        return;
    }
    if (clearFrom > 0) {
        clear.remove(0, clearFrom);
        clearFrom = 0;
    }
    isHeld = false;
    while (true) {
        if (clear.size() >= BufferSize) {
            isHeld = true;
            return;
        }
        const qsizetype before = clear.size();
        const qint64 room = qBound<qint64>(leastRoom, device->bytesAvailable(), recordSize);
        clear.resize(before + room);
        const SslConnection::Count count = ssl->read(clear.data() + before, room);
        clear.resize(before + count.octets);
        hasArrived = hasArrived || count.octets > 0;
        switch (count.outcome) {
        case Outcome::Done:
            continue;
        case Outcome::Wait:
            if (isDeviceEnded && isDeviceEmpty())
                end = End::Truncated;
            return;
        case Outcome::End:
            end = End::Orderly;
            return;
        case Outcome::Failed:
            end = End::Truncated;
            breakWith(ssl->failure());
            return;
        }
    }
}

void TlsSocket::Private::breakWith(const TlsFailure &cause)
{
    if (state != State::Encrypted)
        return;
    state = State::Broken;
    failure = cause;
    pending.clear(); // nobody will take it
    pendingFrom = 0;
    q->setErrorString(cause.message);
}

void TlsSocket::Private::tellReadable()
{
    if (isTelling)
        return; // whoever is at it tells of this, too
    const QPointer<TlsSocket> guard(q);
    isTelling = true;
    while (std::exchange(hasArrived, false)) {
        Q_EMIT q->readyRead();
        if (!guard)
            return;
    }
    isTelling = false;
    tellEnd();
}

void TlsSocket::Private::tellEnd()
{
    if (end == End::None || isEndTold || available() > 0 || isTelling || state == State::Closed)
        return;
    isEndTold = true;
    const QPointer<TlsSocket> guard(q);
    if (state == State::Broken) {
        const TlsFailure told = failure;
        Q_EMIT q->errorOccurred(told);
        if (!guard)
            return;
    }
    Q_EMIT q->readChannelFinished();
}

qint64 TlsSocket::readData(char *data, qint64 maxSize)
{
    const qint64 count = qMin(maxSize, d->available());
    if (count <= 0)
        return d->end == Private::End::None ? 0 : -1;
    std::memcpy(data, d->clear.constData() + d->clearFrom, size_t(count));
    d->clearFrom += count;
    if (d->available() == 0) {
        d->clear.clear();
        d->clearFrom = 0;
    }
    const bool isLast = d->available() == 0 && d->end != Private::End::None && !d->isEndTold;
    if (isLast || (d->isHeld && d->available() < BufferSize / 2))
        d->proceedLater();
    return count;
}

qint64 TlsSocket::bytesAvailable() const { return QIODevice::bytesAvailable() + d->available(); }

bool TlsSocket::canReadLine() const
{
    return QIODevice::canReadLine() || d->clear.indexOf('\n', d->clearFrom) >= 0;
}

bool TlsSocket::isSequential() const { return true; }

// --- writing

qint64 TlsSocket::writeData(const char *data, qint64 size)
{
    if (d->state != Private::State::Encrypted || d->isWriteEnded || !d->device)
        return -1;
    {
        const Private::Busy scope(d.get());
        const qint64 taken = d->pending.isEmpty() ? d->encrypt(data, size, true) : 0;
        if (d->state != Private::State::Encrypted)
            return -1;
        if (taken < size)
            d->pending.append(data + taken, size - taken);
    }
    d->pushOut();
    d->tellWritten();
    return size;
}

/// Answers how many octets went into the device. \a mayWait: not more than it is to hold.
qint64 TlsSocket::Private::encrypt(const char *data, qint64 size, bool mayWait)
{
    qint64 done = 0;
    while (done < size && device) {
        if (mayWait && device->bytesToWrite() >= BufferSize) {
            flush();
            if (!device || device->bytesToWrite() >= BufferSize)
                break;
        }
        const SslConnection::Count count = ssl->write(data + done, size - done);
        done += count.octets;
        handedOver += count.octets;
        if (count.outcome == Outcome::Wait)
            break; // the peer has the handshake begun anew
        if (count.outcome != Outcome::Done) {
            breakWith(ssl->failure());
            end = end == End::None ? End::Truncated : end;
            proceedLater();
            break;
        }
    }
    return done;
}

void TlsSocket::Private::encryptPending(bool mayWait)
{
    if (state == State::Encrypted && pendingFrom < pending.size()) {
        pendingFrom
            += encrypt(pending.constData() + pendingFrom, pending.size() - pendingFrom, mayWait);
        if (pendingFrom >= pending.size()) {
            pending.clear();
            pendingFrom = 0;
        } else if (pendingFrom > pending.size() / 2) {
            pending.remove(0, pendingFrom);
            pendingFrom = 0;
        }
    }
    if (pending.isEmpty() && isWriteEnded && !isEndSaid && state == State::Encrypted && device) {
        isEndSaid = true;
        ssl->sayEnd();
    }
}

void TlsSocket::Private::flush()
{
    if (tcp)
        tcp->flush();
    else if (local)
        local->flush();
}

/// Everything that the device and the operating system take now.
void TlsSocket::Private::pushOut()
{
    const Busy scope(this);
    do {
        hasRoom = false;
        encryptPending(true);
        flush();
    } while (hasRoom && !pending.isEmpty());
}

void TlsSocket::Private::onDeviceWritten()
{
    if (busy > 0) {
        hasRoom = true; // who is at it looks afterwards
        return;
    }
    const QPointer<TlsSocket> guard(q);
    ++inSlots;
    pushOut();
    tellWritten();
    if (guard)
        --inSlots;
}

void TlsSocket::Private::tellWritten()
{
    if (isDeviceGone || !device)
        return;
    const qint64 left = inDevice();
    written += handedOver - left;
    handedOver = left;
    if (isTellingWritten)
        return; // no recursion, however often a slot writes
    const QPointer<TlsSocket> guard(q);
    isTellingWritten = true;
    while (written > 0 && state == State::Encrypted) {
        Q_EMIT q->bytesWritten(std::exchange(written, 0));
        if (!guard)
            return;
    }
    isTellingWritten = false;
}

qint64 TlsSocket::bytesToWrite() const
{
    return QIODevice::bytesToWrite() + d->pending.size() - d->pendingFrom + d->inDevice();
}

void TlsSocket::endWriting()
{
    if (d->state != Private::State::Encrypted || d->isWriteEnded)
        return;
    d->isWriteEnded = true;
    d->onDeviceWritten();
}

} // namespace headrace::tls

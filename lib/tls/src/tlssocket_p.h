#pragma once

#include "sslconnection_p.h"
#include "tls/tlssocket.h"

#include <QAbstractSocket>
#include <QBasicTimer>
#include <QLocalSocket>
#include <QPointer>

namespace headrace::tls {

struct TlsSocket::Private
{
    enum class State
    {
        Idle,
        AwaitingHello, ///< Servers
        Handshaking,
        Encrypted,
        Broken, ///< What was read can still be taken; no more goes in or out.
        Closed
    };
    enum class End
    {
        None,
        Orderly,
        Truncated
    };
    using Outcome = SslConnection::Outcome;

    explicit Private(TlsSocket *socket, QIODevice *io)
        : q(socket)
        , device(io)
        , tcp(qobject_cast<QAbstractSocket *>(io))
        , local(qobject_cast<QLocalSocket *>(io))
    {
    }

    /// While the device or OpenSSL works: what the device says is looked at afterwards, so that no slot of the
    /// owner is called from within.
    class Busy
    {
    public:
        explicit Busy(Private *d)
            : m_d(d)
        {
            ++m_d->busy;
        }

        ~Busy() { --m_d->busy; }

        Q_DISABLE_COPY_MOVE(Busy)

    private:
        Private *m_d;
    };

    void watchDevice();
    void proceed();
    void proceedLater();
    void advance();
    void onDeviceEnd();
    void onDeviceGone();

    bool readHello();
    void shakeHands();
    void refuse(TlsFailure cause);
    void takeFacts();
    TlsFailure gone() const;

    bool isDeviceEmpty() const { return !device || device->bytesAvailable() == 0; }

    qint64 available() const { return clear.size() - clearFrom; }

    void decrypt();
    void fillClear();
    void breakWith(const TlsFailure &failure);
    void tellReadable();
    void tellEnd();
    void tellGone();

    qint64 inDevice() const { return qMin(handedOver, device ? device->bytesToWrite() : 0); }

    qint64 encrypt(const char *data, qint64 size, bool mayWait);
    void encryptPending(bool mayWait);
    void pushOut();
    void flush();
    void tellWritten();
    void onDeviceWritten();
    void forget();

    TlsSocket *q;
    QPointer<QIODevice> device;
    QPointer<QAbstractSocket> tcp;
    QPointer<QLocalSocket> local;
    std::unique_ptr<SslConnection> ssl;
    ServerOptions server;
    ClientOptions client;
    ClientHello hello;
    TlsFacts facts;
    TlsFailure failure;
    QBasicTimer timer;
    QString deviceError;
    int busy = 0;
    int inSlots = 0; ///< Of the device's signals: it must not be deleted at once.

    State state = State::Idle;
    End end = End::None;
    bool isServer = false;
    bool wasEncrypted = false;
    bool isDeviceEnded = false;
    bool isDeviceGone = false;
    bool isEndTold = false;
    bool isWriteEnded = false; ///< endWriting() was called.
    bool isEndSaid = false; ///< close_notify is behind all that was written.
    bool isOrderly = false; ///< close() was called, not abort().
    bool isGoneTold = false;

    QByteArray clear; ///< What was read, from clearFrom on.
    qsizetype clearFrom = 0;
    bool isHeld = false; ///< There may be more behind BufferSize.
    bool hasArrived = false; ///< readyRead() is due.
    bool isTelling = false;
    bool isPosted = false;

    QByteArray pending; ///< What is to be encrypted, from pendingFrom on.
    qsizetype pendingFrom = 0;
    qint64 handedOver = 0; ///< Clear octets that the device had not sent when it was asked last.
    bool hasRoom = false; ///< The device has sent something meanwhile.
    qint64 written = 0; ///< bytesWritten() is due.
    bool isTellingWritten = false;
};

} // namespace headrace::tls

#pragma once

#include "contexts_p.h"
#include "tls/tlsoptions.h"

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::tls {

/** One connection as OpenSSL has it, on a device: no signals, no buffers of its own. Reads what lies in the device,
    writes into its buffer. */
class SslConnection
{
public:
    enum class Outcome
    {
        Done,
        Wait, ///< Octets of the peer are needed.
        End, ///< The peer said close_notify.
        Failed, ///< failure() says why; nothing more can be done with it.
    };

    struct Count
    {
        Outcome outcome = Outcome::Done;
        qint64 octets = 0;
    };

    /// \a device: borrowed, and outlives all calls. Null and *failure: OpenSSL refuses.
    static std::unique_ptr<SslConnection> makeServer(QIODevice *device,
        const ServerOptions &options, const Identity &identity, TlsFailure *failure);
    static std::unique_ptr<SslConnection> makeClient(
        QIODevice *device, const ClientOptions &options, TlsFailure *failure);

    Outcome shakeHands();
    Count read(char *data, qint64 size);
    Count write(const char *data, qint64 size); ///< One record at most.
    void sayEnd(); ///< close_notify

    TlsFacts facts() const; ///< As far as it went.
    bool hasShownCertificate() const; ///< Servers.

    /// Clients: a sentence on why the server may have gone; empty: none. Servers seldom say it: TLS 1.2 has no alert for it.
    QString hintAtCertificate() const;

    const TlsFailure &failure() const { return m_failure; }

private:
    using Pointer = std::unique_ptr<SSL, Freed<SSL_free>>;
    SslConnection() = default;

    bool open(SSL_CTX *context, QIODevice *device);
    Outcome outcomeOf(int result, const QString &what);

    Handshake m_handshake; // the callbacks', and so it goes after m_ssl
    Pointer m_ssl;
    TlsFailure m_failure;
};

} // namespace headrace::tls

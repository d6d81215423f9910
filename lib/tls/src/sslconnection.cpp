#include "devicebio_p.h"
#include "parsedidentity_p.h"
#include "sslconnection_p.h"

#include <openssl/err.h>

namespace headrace::tls {

using wire::ErrorCode;

namespace {

constexpr qint64 mostOfRecord = SSL3_RT_MAX_PLAIN_LENGTH;

bool isAboutCertificate(int alert)
{
    switch (alert) {
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
        return true;
    default:
        return false;
    }
}

bool isOfOtherProtocol(int reason)
{
    switch (reason) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
    case SSL_R_UNKNOWN_PROTOCOL:
    case SSL_R_UNEXPECTED_MESSAGE:
        return true;
    default:
        return false;
    }
}

QString reasonOf(unsigned long error)
{
    const char *text = ERR_reason_error_string(error);
    return text ? QString::fromLatin1(text) : QStringLiteral("unknown reason");
}

/// "unknown ca" of "tlsv1 alert unknown ca".
QString alertOf(unsigned long error)
{
    const QString reason = reasonOf(error);
    const QString word = QStringLiteral("alert ");
    const qsizetype at = reason.indexOf(word);
    return at < 0 ? reason : reason.sliced(at + word.size());
}

TlsFailure failureOf(unsigned long error, bool isServer, const QString &what)
{
    const QString peer = isServer ? QStringLiteral("client") : QStringLiteral("server");
    TlsFailure failure;
    failure.code = ErrorCode::ProtocolFailure;
    const int reason = ERR_GET_REASON(error);
    if (ERR_GET_LIB(error) != ERR_LIB_SSL) {
        failure.message = QStringLiteral("%1: %2.").arg(what, reasonOf(error));
    } else if (reason >= SSL_AD_REASON_OFFSET && reason <= SSL_AD_REASON_OFFSET + 255) {
        failure.alert = reason - SSL_AD_REASON_OFFSET;
        failure.isCertificateRefused = isAboutCertificate(failure.alert);
        failure.message = (failure.isCertificateRefused
                ? QStringLiteral("The %1 does not take the certificate that it was shown: %2 "
                                 "(alert %3).")
                : QStringLiteral("The %1 refused TLS: %2 (alert %3)."))
                              .arg(peer, alertOf(error))
                              .arg(failure.alert);
    } else if (isOfOtherProtocol(reason)) {
        failure.message
            = QStringLiteral("The %1 does not speak TLS here: %2.").arg(peer, reasonOf(error));
    } else {
        failure.message = QStringLiteral("%1: %2.").arg(what, reasonOf(error));
    }
    return failure;
}

TlsFailure opensslFailure(ErrorCode code, const QString &what)
{
    return { code, opensslError(what).message + u'.', -1, false, false };
}

} // namespace

bool SslConnection::open(SSL_CTX *context, QIODevice *device)
{
    ERR_clear_error();
    m_ssl.reset(context ? SSL_new(context) : nullptr);
    BioPointer bio = makeDeviceBio(device);
    if (!m_ssl || !bio) {
        m_failure = opensslFailure(
            ErrorCode::ProtocolFailure, QStringLiteral("OpenSSL cannot begin a connection"));
        return false;
    }
    BIO *raw = bio.release(); // the connection has it, once for both
    SSL_set_bio(m_ssl.get(), raw, raw);
    Contexts::setHandshake(m_ssl.get(), &m_handshake);
    return true;
}

std::unique_ptr<SslConnection> SslConnection::makeServer(
    QIODevice *device, const ServerOptions &options, const Identity &identity, TlsFailure *failure)
{
    std::unique_ptr<SslConnection> made(new SslConnection);
    made->m_handshake.keyLog = options.keyLog;
    made->m_handshake.alpn = toWire(options.alpn);
    if (made->open(Contexts::ofThread().server(), device)
        && !useIdentity(made->m_ssl.get(), identity)) {
        made->m_failure = opensslFailure(ErrorCode::InvalidArgument,
            QStringLiteral("The certificate to be shown cannot be used with its key"));
    }
    if (made->m_failure) {
        *failure = made->m_failure;
        return {};
    }
    SSL_set_accept_state(made->m_ssl.get());
    return made;
}

std::unique_ptr<SslConnection> SslConnection::makeClient(
    QIODevice *device, const ClientOptions &options, TlsFailure *failure)
{
    std::unique_ptr<SslConnection> made(new SslConnection);
    Contexts &contexts = Contexts::ofThread();
    Handshake &handshake = made->m_handshake;
    const auto name = readHostName(options.serverName);
    handshake.keyLog = options.keyLog;
    // What no certificate can be for is compared as it is, and in vain.
    handshake.peer = name ? *name : HostName { false, options.serverName.toUtf8() };
    handshake.shownName = options.serverName;
    handshake.verifies = options.verifies;
    handshake.acceptedLeaves = options.acceptedLeaves;
    if (!made->open(contexts.client(), device)) {
        *failure = made->m_failure;
        return {};
    }
    SSL *ssl = made->m_ssl.get();
    const auto trust = options.trust ? options.trust : TrustStore::system();
    SSL_set1_verify_cert_store(ssl, trust->handle());
    if (name && !name->isAddress) {
        handshake.facts.serverName = QString::fromLatin1(name->octets);
        SSL_set_tlsext_host_name(ssl, name->octets.constData());
    }
    if (const QByteArray alpn = toWire(options.alpn); !alpn.isEmpty())
        SSL_set_alpn_protos(
            ssl, reinterpret_cast<const unsigned char *>(alpn.constData()), unsigned(alpn.size()));
    if (!options.identity.isNull() && !useIdentity(ssl, options.identity)) {
        *failure = opensslFailure(ErrorCode::InvalidArgument,
            QStringLiteral("The client certificate cannot be used with its key"));
        return {};
    }
    if (!options.resumptionKey.isEmpty()) {
        // Nothing that decides about the peer, or is shown to it, may differ.
        handshake.sessionKey = options.resumptionKey + '\n' + handshake.peer.octets + '\n'
            + toWire(options.alpn) + '\n' + QByteArray::number(quintptr(trust->handle()), 16) + '\n'
            + options.identity.certificate;
        if (const SessionPointer session = contexts.sessions().take(handshake.sessionKey))
            SSL_set_session(ssl, session.get());
    }
    SSL_set_connect_state(ssl);
    return made;
}

SslConnection::Outcome SslConnection::outcomeOf(int result, const QString &what)
{
    if (result > 0)
        return Outcome::Done;
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return Outcome::Wait;
    case SSL_ERROR_ZERO_RETURN:
        return Outcome::End;
    default:
        break;
    }
    const unsigned long error = ERR_peek_error();
    const bool isOurs = ERR_GET_LIB(error) == ERR_LIB_SSL
        && ERR_GET_REASON(error) == SSL_R_CERTIFICATE_VERIFY_FAILED;
    if (isOurs && m_handshake.facts.verification)
        m_failure = m_handshake.facts.verification;
    else if (error != 0)
        m_failure = failureOf(error, SSL_is_server(m_ssl.get()) != 0, what);
    else
        m_failure = { ErrorCode::ConnectionReset, QStringLiteral("The connection is closed."), -1,
            false, false };
    if (m_failure.alert >= 0)
        m_failure.message += hintAtCertificate();
    ERR_clear_error();
    return Outcome::Failed;
}

SslConnection::Outcome SslConnection::shakeHands()
{
    ERR_clear_error();
    return outcomeOf(SSL_do_handshake(m_ssl.get()), QStringLiteral("The TLS handshake failed"));
}

SslConnection::Count SslConnection::read(char *data, qint64 size)
{
    ERR_clear_error();
    size_t octets = 0;
    const int result = SSL_read_ex(m_ssl.get(), data, size_t(size), &octets);
    return { outcomeOf(result, QStringLiteral("TLS broke")), qint64(octets) };
}

SslConnection::Count SslConnection::write(const char *data, qint64 size)
{
    ERR_clear_error();
    size_t octets = 0;
    const int result = SSL_write_ex(m_ssl.get(), data, size_t(qMin(size, mostOfRecord)), &octets);
    return { outcomeOf(result, QStringLiteral("TLS broke")), qint64(octets) };
}

void SslConnection::sayEnd()
{
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
    ERR_clear_error();
}

QString SslConnection::hintAtCertificate() const
{
    const bool isMissing
        = m_handshake.facts.isCertificateAsked && !SSL_get_certificate(m_ssl.get());
    return isMissing ? QStringLiteral(" It asked for a client certificate, and none was shown.")
                     : QString();
}

bool SslConnection::hasShownCertificate() const
{
    // Behind the server's first flight, whatever the version calls it.
    const OSSL_HANDSHAKE_STATE state = SSL_get_state(m_ssl.get());
    return SSL_is_server(m_ssl.get()) != 0 && state != TLS_ST_BEFORE
        && state != TLS_ST_SR_CLNT_HELLO;
}

TlsFacts SslConnection::facts() const
{
    const SSL *ssl = m_ssl.get();
    TlsFacts facts = m_handshake.facts;
    if (SSL_is_init_finished(ssl) == 0)
        return facts;
    facts.protocol = QString::fromLatin1(SSL_get_version(ssl));
    facts.cipher = QString::fromLatin1(SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)));
    facts.isResumed = SSL_session_reused(ssl) != 0;
    const unsigned char *alpn = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(ssl, &alpn, &size);
    facts.alpn = QByteArray(reinterpret_cast<const char *>(alpn), size);
    if (facts.peerCertificates.isEmpty()) { // nothing was verified anew
        const STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
        for (int i = 0; i < sk_X509_num(chain); ++i)
            facts.peerCertificates += toDer(sk_X509_value(chain, i));
    }
    return facts;
}

} // namespace headrace::tls

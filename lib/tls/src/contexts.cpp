#include "contexts_p.h"
#include "verification_p.h"

#include <QCryptographicHash>

namespace headrace::tls {

namespace {

constexpr qsizetype mostOctetsOfProtocol = 255; // RFC 7301 section 3.1

Handshake *handshakeOf(const SSL *ssl) { return static_cast<Handshake *>(SSL_get_app_data(ssl)); }

void logKey(const SSL *ssl, const char *line)
{
    if (KeyLog *log = handshakeOf(ssl)->keyLog.get())
        log->append(line);
}

int chooseProtocol(SSL *ssl, const unsigned char **chosen, unsigned char *size,
    const unsigned char *offered, unsigned int offeredSize, void *)
{
    const QByteArray &ours = handshakeOf(ssl)->alpn;
    if (ours.isEmpty())
        return SSL_TLSEXT_ERR_NOACK;
    unsigned char *found = nullptr;
    const int result = SSL_select_next_proto(&found, size,
        reinterpret_cast<const unsigned char *>(ours.constData()), unsigned(ours.size()), offered,
        offeredSize);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool isAccepted(const Handshake &handshake, X509 *leaf)
{
    return leaf && !handshake.acceptedLeaves.isEmpty()
        && handshake.acceptedLeaves.contains(
            QCryptographicHash::hash(toDer(leaf), QCryptographicHash::Sha256));
}

int verify(X509_STORE_CTX *context, void *)
{
    const auto *ssl = static_cast<const SSL *>(
        X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
    Handshake *handshake = handshakeOf(ssl);
    const STACK_OF(X509) *shown = X509_STORE_CTX_get0_untrusted(context);
    for (int i = 0; i < sk_X509_num(shown); ++i)
        handshake->facts.peerCertificates += toDer(sk_X509_value(shown, i));
    handshake->facts.verification = verifyPeer(context, handshake->peer, handshake->shownName);
    const bool isTaken = !handshake->verifies || !handshake->facts.verification
        || isAccepted(*handshake, X509_STORE_CTX_get0_cert(context));
    return isTaken ? 1 : 0;
}

int noteCertificateRequest(SSL *ssl, void *)
{
    if (SSL_is_server(ssl) == 0)
        handshakeOf(ssl)->facts.isCertificateAsked = true;
    return 1;
}

int keepSession(SSL *ssl, SSL_SESSION *session)
{
    const Handshake *handshake = handshakeOf(ssl);
    // A certificate that was not verified must not be taken without a look next time.
    if (handshake->sessionKey.isEmpty() || handshake->facts.verification)
        return 0;
    Contexts::ofThread().sessions().put(handshake->sessionKey, SessionPointer(session));
    return 1;
}

void setUp(SSL_CTX *context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // Idle tunnels are many, and each record costs two reads of the device without read-ahead.
    SSL_CTX_set_mode(context,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE
            | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_keylog_callback(context, logKey);
}

} // namespace

QByteArray toWire(const QList<QByteArray> &protocols)
{
    QByteArray list;
    for (const QByteArray &protocol : protocols) {
        if (!protocol.isEmpty() && protocol.size() <= mostOctetsOfProtocol)
            list += char(protocol.size()) + protocol;
    }
    return list;
}

Contexts::Contexts()
    : m_server(SSL_CTX_new(TLS_server_method()))
    , m_client(SSL_CTX_new(TLS_client_method()))
{
    if (m_server) {
        setUp(m_server.get());
        SSL_CTX_set_options(m_server.get(), SSL_OP_NO_RENEGOTIATION);
        SSL_CTX_set_session_cache_mode(m_server.get(), SSL_SESS_CACHE_OFF); // tickets do it
        SSL_CTX_set_num_tickets(m_server.get(), 1);
        SSL_CTX_set_alpn_select_cb(m_server.get(), chooseProtocol, nullptr);
    }
    if (m_client) {
        setUp(m_client.get());
        // What a server still asks for in TLS 1.2 is done (certificates of clients), as others do it.
        SSL_CTX_set_verify(m_client.get(), SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_cert_verify_callback(m_client.get(), verify, nullptr);
        SSL_CTX_set_cert_cb(m_client.get(), noteCertificateRequest, nullptr);
        SSL_CTX_set_session_cache_mode(
            m_client.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(m_client.get(), keepSession);
    }
}

Contexts &Contexts::ofThread()
{
    thread_local Contexts contexts;
    return contexts;
}

void Contexts::setHandshake(SSL *ssl, Handshake *handshake) { SSL_set_app_data(ssl, handshake); }

} // namespace headrace::tls

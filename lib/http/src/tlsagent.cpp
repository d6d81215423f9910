#include "http/tlsagent.h"

#include "connecting.h"
#include "threadglobal.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslSocket>

namespace headrace::http {

namespace {

/// The system's authorities and those of SSL_CERT_FILE, as other tools read it, and ALPN. Reading them
/// takes long, so it is done once, for the first connection.
const QSslConfiguration &defaultConfiguration()
{
    static const QSslConfiguration configuration = [] {
        QSslConfiguration made = QSslConfiguration::defaultConfiguration();
        made.setAllowedNextProtocols({ QByteArrayLiteral("http/1.1") });
        const QString file = qEnvironmentVariable("SSL_CERT_FILE");
        if (!file.isEmpty())
            made.addCaCertificates(file);
        return made;
    }();
    return configuration;
}

/// Tells configurations apart by what decides with whom, and how well, a connection is protected.
QByteArray fingerprint(const QSslConfiguration &configuration)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto addCertificates = [&hash](const QList<QSslCertificate> &certificates) {
        for (const QSslCertificate &certificate : certificates)
            hash.addData(certificate.toDer());
        hash.addData(QByteArrayLiteral(";"));
    };
    addCertificates(configuration.caCertificates());
    addCertificates(configuration.localCertificateChain());
    const QList<QSslCipher> ciphers = configuration.ciphers();
    for (const QSslCipher &cipher : ciphers)
        hash.addData(cipher.name().toLatin1() + ',');
    const QList<QByteArray> protocols = configuration.allowedNextProtocols();
    for (const QByteArray &protocol : protocols)
        hash.addData(protocol + ',');
    for (const int value : { int(configuration.protocol()), int(configuration.peerVerifyMode()),
             configuration.peerVerifyDepth() })
        hash.addData(QByteArray::number(value) + ',');
    return hash.result().toHex();
}

} // namespace

TlsAgent::TlsAgent(QObject *parent)
    : TlsAgent(AgentOptions(), parent)
{
}

TlsAgent::TlsAgent(AgentOptions options, QObject *parent)
    : Agent(std::move(options), parent)
{
}

void TlsAgent::setSslConfiguration(const QSslConfiguration &configuration)
{
    m_configuration = configuration;
}

QSslConfiguration TlsAgent::sslConfiguration() const
{
    return m_configuration.isNull() ? defaultConfiguration() : m_configuration;
}

QIODevice *TlsAgent::createConnection(
    const ConnectOptions &options, RequestOptions::ConnectionCallback)
{
    auto *socket = new QSslSocket(this);
    socket->setSslConfiguration(options.ssl ? *options.ssl : sslConfiguration());
    if (!options.rejectUnauthorized.value_or(
            true)) // what is ignored before the handshake starts, Qt forgets
        connect(socket, &QSslSocket::sslErrors, socket, [socket] { socket->ignoreSslErrors(); });
    return connectDevice(options, socket);
}

void TlsAgent::startConnecting(QTcpSocket *socket, const ConnectOptions &options)
{
    const QString name = options.serverName.isEmpty() ? options.host : options.serverName;
    static_cast<QSslSocket *>(socket)->connectToHostEncrypted(
        options.host, options.port, name, QIODevice::ReadWrite, protocolOf(options));
}

QByteArray TlsAgent::getName(const ConnectOptions &options) const
{
    QByteArray name = Agent::getName(options);
    name += ':';
    if (options.ssl) { // what all requests of this agent share need not tell them apart
        if (m_named != *options.ssl) { // many requests, few configurations: it is costly
            m_named = *options.ssl;
            m_fingerprint = fingerprint(m_named);
        }
        name += m_fingerprint;
    }
    name += options.rejectUnauthorized.value_or(true) ? QByteArrayLiteral(":true")
                                                      : QByteArrayLiteral(":false");
    name += ':';
    if (options.serverName != options.host)
        name += options.serverName.toUtf8();
    return name;
}

quint16 TlsAgent::defaultPort() const { return 443; }

QByteArray TlsAgent::protocol() const { return QByteArrayLiteral("https:"); }

TlsAgent *globalTlsAgent() { return ThreadGlobal<TlsAgent>::get(); }

void setGlobalTlsAgent(TlsAgent *agent) { ThreadGlobal<TlsAgent>::replace(agent); }

} // namespace headrace::http

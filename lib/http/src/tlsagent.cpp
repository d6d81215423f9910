#include "http/tlsagent.h"

#include "threadglobal.h"

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
    if (!options.rejectUnauthorized) // what is ignored before the handshake starts, Qt forgets
        connect(socket, &QSslSocket::sslErrors, socket, [socket] { socket->ignoreSslErrors(); });
    return connectDevice(options, socket);
}

void TlsAgent::startConnecting(QTcpSocket *socket, const ConnectOptions &options)
{
    const QString name = options.serverName.isEmpty() ? options.host : options.serverName;
    static_cast<QSslSocket *>(socket)->connectToHostEncrypted(options.host, options.port, name);
}

QByteArray TlsAgent::getName(const ConnectOptions &options) const
{
    QByteArray name = Agent::getName(options);
    if (options.ssl) { // what all requests of this agent share need not tell them apart
        name += ':' + QByteArray::number(options.ssl->caCertificates().size());
        name += ':' + options.ssl->localCertificate().digest().toHex() + ':';
        const QList<QSslCipher> ciphers = options.ssl->ciphers();
        for (const QSslCipher &cipher : ciphers)
            name += cipher.name().toLatin1() + ',';
    } else {
        name += ":::";
    }
    name += options.rejectUnauthorized ? QByteArrayLiteral(":true") : QByteArrayLiteral(":false");
    name += ':';
    if (options.serverName != options.host)
        name += options.serverName.toUtf8();
    return name;
}

quint16 TlsAgent::defaultPort() const { return 443; }

QByteArray TlsAgent::protocol() const { return QByteArrayLiteral("https:"); }

TlsAgent *globalTlsAgent() { return threadGlobal<TlsAgent>(); }

} // namespace headrace::http

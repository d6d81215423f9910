#include "http/tlsagent.h"

#include "threadglobal.h"

#include <QSslCertificate>
#include <QSslCipher>
#include <QSslSocket>

namespace headrace::http {

namespace {

/// The system's authorities, those of SSL_CERT_FILE as other tools read it, and ALPN.
QSslConfiguration defaultConfiguration()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setAllowedNextProtocols({ QByteArrayLiteral("http/1.1") });
    const QString file = qEnvironmentVariable("SSL_CERT_FILE");
    if (!file.isEmpty())
        configuration.addCaCertificates(file);
    return configuration;
}

} // namespace

TlsAgent::TlsAgent(QObject *parent)
    : TlsAgent(AgentOptions(), parent)
{
}

TlsAgent::TlsAgent(AgentOptions options, QObject *parent)
    : Agent(std::move(options), parent)
    , m_configuration(defaultConfiguration())
{
}

void TlsAgent::setSslConfiguration(const QSslConfiguration &configuration)
{
    m_configuration = configuration;
}

QSslConfiguration TlsAgent::sslConfiguration() const { return m_configuration; }

QIODevice *TlsAgent::createConnection(
    const ConnectOptions &options, RequestOptions::ConnectionCallback)
{
    auto *socket = new QSslSocket(this);
    socket->setSslConfiguration(options.ssl.value_or(m_configuration));
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
    const QSslConfiguration configuration = options.ssl.value_or(m_configuration);
    QByteArray name = Agent::getName(options);
    name += ':' + QByteArray::number(configuration.caCertificates().size());
    name += ':' + configuration.localCertificate().digest().toHex();
    name += ':';
    const QList<QSslCipher> ciphers = configuration.ciphers();
    for (const QSslCipher &cipher : ciphers)
        name += cipher.name().toLatin1() + ',';
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

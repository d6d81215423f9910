#pragma once

#include "http/agent.h"

#include <QSslConfiguration>

namespace headrace::http {

/** An agent whose connections are QSslSockets: https. Certificate errors fail the request with the
    reference's code (DEPTH_ZERO_SELF_SIGNED_CERT, ERR_TLS_CERT_ALTNAME_INVALID, …) unless
    ConnectOptions::rejectUnauthorized is false. Source: reference https.Agent. */
class TlsAgent : public Agent
{
    Q_OBJECT

public:
    explicit TlsAgent(QObject *parent = nullptr);
    explicit TlsAgent(AgentOptions options, QObject *parent = nullptr);

    void setSslConfiguration(const QSslConfiguration &configuration);
    QSslConfiguration sslConfiguration() const;

    QIODevice *createConnection(
        const ConnectOptions &options, RequestOptions::ConnectionCallback callback) override;
    /// Also the TLS configuration of \a options, rejectUnauthorized and serverName.
    QByteArray getName(const ConnectOptions &options) const override;
    quint16 defaultPort() const override; ///< 443
    QByteArray protocol() const override; ///< "https:"

protected:
    void startConnecting(QTcpSocket *socket, const ConnectOptions &options) override;

private:
    QSslConfiguration m_configuration;
    mutable QSslConfiguration m_named; ///< m_fingerprint is of this one.
    mutable QByteArray m_fingerprint;
};

/// The agent of https requests that name none. One per thread. Source: reference https.globalAgent.
TlsAgent *globalTlsAgent();

/// As setGlobalAgent(), for https.
void setGlobalTlsAgent(TlsAgent *agent);

} // namespace headrace::http

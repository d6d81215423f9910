#include "session/proxyaccess.h"

#include <QHostAddress>
#include <QNetworkInterface>

namespace headrace::session {

namespace {

QString name(const char *text) { return QString::fromLatin1(text); }

// Programs differ in which case they read; curl, for one, takes http_proxy in small letters only.
constexpr const char *ProxyNames[]
    = { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
          "GLOBAL_AGENT_HTTP_PROXY", "GLOBAL_AGENT_HTTPS_PROXY", "CARGO_HTTP_PROXY",
          "npm_config_proxy", "npm_config_https_proxy", "YARN_HTTP_PROXY", "YARN_HTTPS_PROXY" };

constexpr const char *ExemptingNames[] = { "no_proxy", "NO_PROXY", "GLOBAL_AGENT_NO_PROXY",
    "npm_config_noproxy", "npm_config_no_proxy" };

// The file takes the place of the system's roots.
constexpr const char *BundleNames[]
    = { "SSL_CERT_FILE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "REQUESTS_CA_BUNDLE", "PIP_CERT",
          "HTTPLIB2_CA_CERTS", "AWS_CA_BUNDLE", "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE",
          "CARGO_HTTP_CAINFO", "PERL_LWP_SSL_CA_FILE", "HTTPS_CA_FILE", "npm_config_cafile",
          "YARN_HTTPS_CA_FILE_PATH", "BUNDLE_SSL_CA_CERT", "COMPOSER_CAFILE", "NIX_SSL_CERT_FILE",
          "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "JULIA_SSL_CA_ROOTS_PATH" };

// The certificate is trusted beside those that are trusted anyway.
constexpr const char *AdditionNames[] = { "NODE_EXTRA_CA_CERTS", "DENO_CERT" };

/// What a Java program is told. Paths with blanks are quoted, as the launcher reads them.
QString javaOptions(const ProxyAccess &access)
{
    const auto option = [](const char *key, const QString &value) {
        const QString text = QStringLiteral("-D%1=%2").arg(name(key), value);
        return text.contains(u' ') ? u'"' + text + u'"' : text;
    };
    const QString port = QString::number(access.port);
    return QStringList { option("http.proxyHost", access.host), option("http.proxyPort", port),
        option("https.proxyHost", access.host), option("https.proxyPort", port),
        option("http.nonProxyHosts", {}),
        option("javax.net.ssl.trustStore", access.trust.javaStore),
        option("javax.net.ssl.trustStoreType", name("jks")),
        option("javax.net.ssl.trustStorePassword", name(JavaStorePassword)) }
        .join(u' ');
}

/// What a Node program is told. The path is quoted, as Node reads it.
QString nodeOptions(const ProxyAccess &access)
{
    QString path = access.trust.nodeScript;
    path.replace(u'\\', QLatin1String("\\\\")).replace(u'"', QLatin1String("\\\""));
    return QStringLiteral("--require \"%1\"").arg(path);
}

/// Behind those that are there.
void addOptions(QProcessEnvironment &environment, const char *variable, const QString &options)
{
    const QString there = environment.value(name(variable));
    if (!there.contains(options)) // as in a command within a command
        environment.insert(name(variable), QString(there + u' ' + options).trimmed());
}

} // namespace

QUrl ProxyAccess::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(host);
    url.setPort(port);
    if (credentials) {
        url.setUserName(credentials->user);
        url.setPassword(credentials->password);
    }
    return url;
}

QProcessEnvironment environmentThrough(const ProxyAccess &access, const QProcessEnvironment &base)
{
    QProcessEnvironment environment = base;
    const QString url = access.url().toString(QUrl::FullyEncoded);
    for (const char *variable : ProxyNames)
        environment.insert(name(variable), url);
    for (const char *variable : ExemptingNames)
        environment.remove(name(variable));
    for (const char *variable : BundleNames)
        environment.insert(name(variable), access.trust.bundle);
    for (const char *variable : AdditionNames)
        environment.insert(name(variable), access.trust.certificate);
    // Node 24 and Deno read the proxy's address by themselves when they are told to.
    environment.insert(name("NODE_USE_ENV_PROXY"), name("1"));
    addOptions(environment, "NODE_OPTIONS", nodeOptions(access));
    addOptions(environment, "JAVA_TOOL_OPTIONS", javaOptions(access));
    environment.insert(name("HEADRACE_PROXY"), url);
    return environment;
}

QStringList networkAddresses()
{
    QStringList first;
    QStringList second;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp)
            || flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            const QHostAddress address = entry.ip();
            if (address.isLoopback() || address.isLinkLocal())
                continue;
            const bool isFour = address.protocol() == QAbstractSocket::IPv4Protocol;
            (isFour ? first : second) += address.toString();
        }
    }
    return first + second;
}

} // namespace headrace::session

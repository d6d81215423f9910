#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace headrace::proxy {

struct Credentials
{
    QString user;
    QString password;
    friend bool operator==(const Credentials &, const Credentials &) = default;
};

/// Where the proxy listens.
struct ListenAddress
{
    static constexpr quint16 DefaultPort = 8080;

    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = DefaultPort; ///< 0: any free one.
    bool takesNextFree
        = true; ///< When the port is taken: the next one that is free, of the next hundred.

    bool isLoopback() const { return address.isLoopback(); }

    friend bool operator==(const ListenAddress &, const ListenAddress &) = default;
};

/// The proxy behind this one.
struct Upstream
{
    enum class Choice
    {
        None,
        Environment, ///< http_proxy, https_proxy, all_proxy, no_proxy, in both cases.
        Fixed
    };

    Choice choice = Choice::Environment;
    QUrl url; ///< Fixed: http or https, host, port; user and password for Basic authentication.
    QStringList except; ///< Fixed: hosts that are asked directly, as no_proxy has them.
    friend bool operator==(const Upstream &, const Upstream &) = default;
};

/// Shown to servers of these hosts that ask for one. Files are PEM.
struct ClientCertificate
{
    QString host; ///< As in Settings::notIntercepted.
    QString certificateFile;
    QString keyFile;
    friend bool operator==(const ClientCertificate &, const ClientCertificate &) = default;
};

/// A certificate of an origin that does not verify, and is taken all the same: this one, and no other.
struct AcceptedCertificate
{
    QString host; ///< As in Settings::notIntercepted.
    QByteArray sha256; ///< Of its DER form. Shape: 32 octets.
    QString subject; ///< For people.
    friend bool operator==(const AcceptedCertificate &, const AcceptedCertificate &) = default;
};

/** How a proxy works. Lists of hosts have names ("api.example.test", "*.example.test" for all below it, "*" for all) and
    addresses, with a port if it matters ("10.0.0.1:8443"). */
struct Settings
{
    QList<ListenAddress> listeners { ListenAddress() };
    std::optional<Credentials>
        clientCredentials; ///< What clients have to show; nothing: any may come.
    std::optional<QUrl> reverse; ///< Requests in origin-form go there: it is a reverse proxy then.
    Upstream upstream;

    bool interceptsTls = true; ///< Off: all tunnels pass through unseen.
    QStringList notIntercepted; ///< Their tunnels pass through: applications that pin certificates.
    QStringList unverified; ///< Their certificates are taken as they are, whichever they show.
    QList<AcceptedCertificate> acceptedCertificates;
    QStringList
        lenient; ///< For them the parser is lenient, and ambiguous framing is passed on and flagged.
    QList<ClientCertificate> clientCertificates;
    QString keyLogFile; ///< For Wireshark; default: `$SSLKEYLOGFILE`. Empty: none.

    friend bool operator==(const Settings &, const Settings &) = default;
};

/// What is going on in a proxy.
struct Counters
{
    qint64 exchanges = 0; ///< That have begun.
    qint64 active = 0; ///< That go on.
    qint64 held = 0;
    qint64 clientConnections = 0; ///< That are open.
    qint64 originConnections = 0;
    qint64 tunnels = 0; ///< Of them, those that pass through unseen, or as another protocol.
    friend bool operator==(const Counters &, const Counters &) = default;
};

} // namespace headrace::proxy

Q_DECLARE_METATYPE(headrace::proxy::Settings)
Q_DECLARE_METATYPE(headrace::proxy::Counters)

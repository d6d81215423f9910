#pragma once

#include "proxy/hostlist.h"

#include <QDateTime>
#include <QHash>
#include <QHostAddress>
#include <QList>

namespace headrace::tls {
struct ClientHello;
struct TlsFailure;
} // namespace headrace::tls

namespace headrace::proxy {

struct Settings;

/** Which tunnels are looked into. By the settings; and one whose client has refused our certificate again and again
    passes through, as its application pins another, or does not trust ours. Programs at one address are told apart by
    how they begin TLS, so that one that pins does not hide what a browser says to the same host. Bounded.
    Thread: its own. */
class InterceptionPolicy
{
public:
    static constexpr int MostRefusals = 3; ///< In a row, of one client for one host and port.
    static constexpr qint64 PassSeconds = 60 * 60; ///< Then it is tried anew.
    static constexpr qsizetype MostRemembered = 1000; ///< Those that refused last.

    /// Who is in a tunnel.
    struct Client
    {
        QHostAddress address;
        QByteArray program; ///< tls::ClientHello::fingerprint(); empty: it is not known.

        Client(const QHostAddress &from = {}, const QByteArray &fingerprint = {})
            : address(from)
            , program(fingerprint)
        {
        }

        bool operator==(const Client &) const = default;
    };

    /// A host that passes through by itself.
    struct Passed
    {
        QString host;
        quint16 port = 0;
        Client client;
        QDateTime until; ///< UTC.
        QString reason; ///< As whyNotIntercept() answers.
    };

    InterceptionPolicy() = default;
    explicit InterceptionPolicy(const Settings &settings);

    void setSettings(const Settings &settings); ///< What was refused stays remembered.

    /** Why a tunnel passes through, for people; empty: it is intercepted. \a host and \a port are those of CONNECT.
        \a now: UTC; for tests, here and below. */
    QString whyNotIntercept(const QString &host, quint16 port, const Client &client,
        const QDateTime &now = QDateTime::currentDateTimeUtc()) const;

    /// The same, once the first octets are there: the name in \a hello counts, too, whose program it is, and whether
    /// HTTP/1.1 can be spoken with it at all.
    QString whyNotIntercept(const QString &host, quint16 port, const Client &client,
        const tls::ClientHello &hello,
        const QDateTime &now = QDateTime::currentDateTimeUtc()) const;

    /** A handshake with a client failed. Only what can be about our certificate counts: TlsFailure's
        isCertificateRefused and isSilent. Clients that look at certificates after the handshake close without a
        request: that is isSilent, too. True: from now on it passes through. */
    bool noteRefusal(const QString &host, quint16 port, const Client &client,
        const tls::TlsFailure &failure, const QDateTime &now = QDateTime::currentDateTimeUtc());

    /// A request came through TLS: it is trusted, and no refusal counts any more.
    void noteSuccess(const QString &host, quint16 port, const Client &client);

    QList<Passed> passed(const QDateTime &now = QDateTime::currentDateTimeUtc()) const;
    void forget(); ///< All refusals.
    void forget(const QString &host, quint16 port); ///< Of all clients.

private:
    struct Key
    {
        QString host; ///< Lower case.
        quint16 port = 0;
        Client client;

        bool operator==(const Key &) const = default;

        friend size_t qHash(const Key &key, size_t seed) noexcept
        {
            return qHashMulti(seed, key.host, key.port, key.client.address, key.client.program);
        }
    };

    struct Refusals
    {
        int count = 0;
        QDateTime last;
        QString cause;
    };

    static Key keyOf(const QString &host, quint16 port, const Client &client);
    static QString reasonOf(const Key &key, const Refusals &refusals);
    void makeRoom(const QDateTime &now);

    bool m_intercepts = true;
    HostList m_notIntercepted;
    QHash<Key, Refusals> m_refusals;
};

} // namespace headrace::proxy

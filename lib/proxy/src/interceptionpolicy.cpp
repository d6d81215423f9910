#include "proxy/interceptionpolicy.h"

#include "proxy/settings.h"

#include <tls/clienthello.h>
#include <tls/tlsfailure.h>

#include <algorithm>

namespace headrace::proxy {

namespace {

bool isPast(const QDateTime &last, const QDateTime &now)
{
    return last.addSecs(InterceptionPolicy::PassSeconds) <= now;
}

} // namespace

InterceptionPolicy::InterceptionPolicy(const Settings &settings) { setSettings(settings); }

void InterceptionPolicy::setSettings(const Settings &settings)
{
    m_intercepts = settings.interceptsTls;
    m_notIntercepted = HostList(settings.notIntercepted);
}

InterceptionPolicy::Key InterceptionPolicy::keyOf(
    const QString &host, quint16 port, const Client &client)
{
    return { host.toLower(), port, client };
}

QString InterceptionPolicy::reasonOf(const Key &key, const Refusals &refusals)
{
    return QStringLiteral(
        "A program at %1 refused the proxy's certificate for %2 %3 times in a row. %4")
        .arg(key.client.address.toString(), key.host)
        .arg(refusals.count)
        .arg(refusals.cause)
        .trimmed();
}

QString InterceptionPolicy::whyNotIntercept(
    const QString &host, quint16 port, const Client &client, const QDateTime &now) const
{
    if (!m_intercepts)
        return QStringLiteral("TLS interception is turned off.");
    if (const QString pattern = m_notIntercepted.match(host, port); !pattern.isNull())
        return QStringLiteral("The settings say not to intercept %1.").arg(pattern);
    const auto found = m_refusals.constFind(keyOf(host, port, client));
    if (found == m_refusals.cend() || found->count < MostRefusals || isPast(found->last, now))
        return {};
    return reasonOf(found.key(), *found);
}

QString InterceptionPolicy::whyNotIntercept(const QString &host, quint16 port, const Client &client,
    const tls::ClientHello &hello, const QDateTime &now) const
{
    if (const QString reason
        = whyNotIntercept(host, port, { client.address, hello.fingerprint() }, now);
        !reason.isEmpty())
        return reason;
    if (const QString pattern = m_notIntercepted.match(hello.serverName, port); !pattern.isNull())
        return QStringLiteral("The settings say not to intercept %1.").arg(pattern);
    if (!hello.takesHttp1())
        return QStringLiteral("The client does not offer HTTP/1.1, only %1.")
            .arg(QString::fromLatin1(hello.alpn.join(", ")).left(300));
    return {};
}

bool InterceptionPolicy::noteRefusal(const QString &host, quint16 port, const Client &client,
    const tls::TlsFailure &failure, const QDateTime &now)
{
    if (!failure.isCertificateRefused && !failure.isSilent)
        return false;
    const Key key = keyOf(host, port, client);
    if (!m_refusals.contains(key))
        makeRoom(now);
    Refusals &refusals = m_refusals[key];
    if (refusals.count > 0 && isPast(refusals.last, now))
        refusals = {};
    ++refusals.count;
    refusals.last = now;
    refusals.cause = failure.message;
    return refusals.count == MostRefusals;
}

void InterceptionPolicy::noteSuccess(const QString &host, quint16 port, const Client &client)
{
    if (!m_refusals.isEmpty())
        m_refusals.remove(keyOf(host, port, client));
}

void InterceptionPolicy::makeRoom(const QDateTime &now)
{
    if (m_refusals.size() < MostRemembered)
        return;
    m_refusals.removeIf([&now](const auto &entry) { return isPast(entry.value().last, now); });
    if (m_refusals.size() < MostRemembered)
        return;
    const auto oldest = std::min_element(m_refusals.cbegin(), m_refusals.cend(),
        [](const Refusals &one, const Refusals &other) { return one.last < other.last; });
    m_refusals.erase(oldest);
}

QList<InterceptionPolicy::Passed> InterceptionPolicy::passed(const QDateTime &now) const
{
    QList<Passed> list;
    for (auto it = m_refusals.cbegin(); it != m_refusals.cend(); ++it) {
        if (it->count >= MostRefusals && !isPast(it->last, now))
            list += { it.key().host, it.key().port, it.key().client, it->last.addSecs(PassSeconds),
                reasonOf(it.key(), *it) };
    }
    std::sort(list.begin(), list.end(),
        [](const Passed &one, const Passed &other) { return one.until < other.until; });
    return list;
}

void InterceptionPolicy::forget() { m_refusals.clear(); }

void InterceptionPolicy::forget(const QString &host, quint16 port)
{
    const QString name = host.toLower();
    m_refusals.removeIf(
        [&](const auto &entry) { return entry.key().host == name && entry.key().port == port; });
}

} // namespace headrace::proxy

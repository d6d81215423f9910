#include "proxy/requesttarget.h"
#include "rules/ruleaction.h"

#include <QUrl>

namespace headrace::proxy {

namespace {

/// Where a rule sends requests: its text, taken apart.
struct Destination
{
    QByteArray scheme; ///< Empty: that of the request.
    QString host; ///< IPv6 without brackets.
    int port = -1; ///< -1: the scheme's own; without scheme that of the request.
    QByteArray path; ///< Put before that of the request; without a slash at its end.
    QString problem;
};

Destination destinationOf(const QString &text)
{
    Destination result;
    const bool hasScheme = text.contains(QLatin1String("://"));
    const QUrl url(hasScheme ? text : QStringLiteral("http://") + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        result.problem
            = QStringLiteral("Write where it goes as https://host:port/path, or host:port.");
        return result;
    }
    if (hasScheme) {
        result.scheme = url.scheme().toLower().toLatin1();
        if (result.scheme != "http" && result.scheme != "https") {
            result.problem
                = QStringLiteral("Requests go to http or https, not to %1.").arg(url.scheme());
            return result;
        }
    }
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment()) {
        result.problem = QStringLiteral("Leave out user, query and fragment of where it goes.");
        return result;
    }
    if (!hasScheme && !url.path().isEmpty()) {
        result.problem = QStringLiteral("With a path, begin with https:// or http://.");
        return result;
    }
    result.host = url.host(QUrl::FullyEncoded);
    result.port = url.port();
    result.path = url.path(QUrl::FullyEncoded).toLatin1();
    while (result.path.endsWith('/'))
        result.path.chop(1);
    return result;
}

class MapRemoteAction : public RuleAction
{
public:
    explicit MapRemoteAction(const MapRemote &map)
        : m_to(destinationOf(map.url))
        , m_keepsHost(map.keepsHost)
    {
    }

    bool worksOn(exchange::Direction direction) const override
    {
        return direction == exchange::Direction::Request;
    }

    Outcome apply(RuleTurn &turn) const override
    {
        const Route before = turn.transit().route();
        const Route after = routeFrom(before);
        const QString summary
            = QStringLiteral("sent to %1").arg(QString::fromUtf8(originOf(after) + m_to.path));
        MessageHead &head = turn.message().head;
        const MessageHead headBefore = head;
        {
            const ChangeScope scope(turn.transit(), messageIndex(turn.direction()),
                exchange::Change::Cause::Rule, turn.rule(), summary);
            changeHead(head, after);
        }
        turn.transit().route() = after;
        if (head == headBefore) {
            if (before == after)
                return Outcome::Untouched;
            turn.note(summary);
        }
        return Outcome::Done;
    }

private:
    Route routeFrom(const Route &before) const
    {
        Route route = before;
        route.host = m_to.host;
        if (!m_to.scheme.isEmpty()) {
            route.isSecure = m_to.scheme == "https";
            route.port = route.defaultPort();
        }
        if (m_to.port > 0)
            route.port = quint16(m_to.port);
        return route;
    }

    void changeHead(MessageHead &head, const Route &route) const
    {
        if (head.method() == "CONNECT")
            return; // the route alone says where a tunnel goes
        auto target = RequestTarget::parse(head.method(), head.target());
        if (target && target->hasPath()) {
            target->path.prepend(m_to.path);
            if (!target->origin.isEmpty())
                target->origin = originOf(route);
            head.setTarget(target->text());
        }
        if (!m_keepsHost)
            head.set("Host", Authority::of(route));
    }

    Destination m_to;
    bool m_keepsHost;
};

} // namespace

QString problemOf(const MapRemote &map) { return destinationOf(map.url).problem; }

std::unique_ptr<RuleAction> makeAction(const MapRemote &map)
{
    return std::make_unique<MapRemoteAction>(map);
}

} // namespace headrace::proxy

#include "rules/ruleaction.h"

#include <QStringList>

namespace headrace::proxy {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longestLatency = 10min;

class ThrottleAction : public RuleAction
{
public:
    explicit ThrottleAction(const Throttle &throttle)
        : m_throttle(throttle)
    {
    }

    bool worksOn(exchange::Direction) const override { return true; }

    Outcome apply(RuleTurn &turn) const override
    {
        QStringList done;
        Transit &transit = turn.transit();
        if (turn.direction() == exchange::Direction::Request
            && narrow(
                transit.shaping(exchange::Direction::Request), m_throttle.upOctetsPerSecond, 0ms))
            done += QStringLiteral("up %1 B/s").arg(grouped(m_throttle.upOctetsPerSecond));
        if (narrow(transit.shaping(exchange::Direction::Response), m_throttle.downOctetsPerSecond,
                m_throttle.latency)) {
            if (m_throttle.downOctetsPerSecond > 0)
                done += QStringLiteral("down %1 B/s").arg(grouped(m_throttle.downOctetsPerSecond));
            if (m_throttle.latency > 0ms)
                done += QStringLiteral("latency %1 ms").arg(grouped(m_throttle.latency.count()));
        }
        if (done.isEmpty())
            return Outcome::Untouched;
        turn.note(QStringLiteral("throttled: ") + done.join(QLatin1String(", ")));
        return Outcome::Done;
    }

private:
    /// Of several rules the slowest counts. True: this one is slower than what was there.
    static bool narrow(Shaping &shaping, qint64 octetsPerSecond, std::chrono::milliseconds latency)
    {
        const Shaping before = shaping;
        if (octetsPerSecond > 0
            && (shaping.octetsPerSecond == 0 || octetsPerSecond < shaping.octetsPerSecond))
            shaping.octetsPerSecond = octetsPerSecond;
        shaping.latency = qMax(shaping.latency, latency);
        return shaping != before;
    }

    Throttle m_throttle;
};

} // namespace

QString problemOf(const Throttle &throttle)
{
    if (throttle.upOctetsPerSecond < 0 || throttle.downOctetsPerSecond < 0)
        return QStringLiteral("A speed is a number of octets in a second, or 0 for no bound.");
    if (throttle.latency < 0ms || throttle.latency > longestLatency)
        return QStringLiteral("A latency is from 0 to 600,000 ms.");
    return {};
}

std::unique_ptr<RuleAction> makeAction(const Throttle &throttle)
{
    return std::make_unique<ThrottleAction>(throttle);
}

} // namespace headrace::proxy

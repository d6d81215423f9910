#include "rules/ruleaction.h"

namespace headrace::proxy {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longest = 1h;

class DelayAction : public RuleAction
{
public:
    explicit DelayAction(const Delay &delay)
        : m_delay(delay)
    {
    }

    bool worksOn(exchange::Direction direction) const override
    {
        return direction == directionOf(m_delay.target);
    }

    Outcome apply(RuleTurn &turn) const override
    {
        if (m_delay.time == 0ms)
            return Outcome::Untouched;
        turn.note(QStringLiteral("delayed by %1 ms").arg(grouped(m_delay.time.count())));
        turn.continueAfter(m_delay.time);
        return Outcome::Wait;
    }

private:
    Delay m_delay;
};

} // namespace

QString problemOf(const Delay &delay)
{
    if (delay.time < 0ms || delay.time > longest)
        return QStringLiteral("A delay is from 0 to 3,600,000 ms.");
    return {};
}

std::unique_ptr<RuleAction> makeAction(const Delay &delay)
{
    return std::make_unique<DelayAction>(delay);
}

} // namespace headrace::proxy

#include "rules/ruleaction.h"

namespace headrace::proxy {

namespace {

Shaping::Fault faultOf(Fault::Kind kind)
{
    switch (kind) {
    case Fault::Kind::Reset:
        return Shaping::Fault::Reset;
    case Fault::Kind::Truncate:
        return Shaping::Fault::Truncate;
    case Fault::Kind::Stall:
        return Shaping::Fault::Stall;
    case Fault::Kind::MalformedChunk:
        return Shaping::Fault::MalformedChunk;
    }
    return Shaping::Fault::None;
}

QString textOf(Fault::Kind kind)
{
    switch (kind) {
    case Fault::Kind::Reset:
        return QStringLiteral("reset");
    case Fault::Kind::Truncate:
        return QStringLiteral("truncated");
    case Fault::Kind::Stall:
        return QStringLiteral("stalled");
    case Fault::Kind::MalformedChunk:
        return QStringLiteral("chunks malformed");
    }
    return {};
}

class FaultAction : public RuleAction
{
public:
    explicit FaultAction(const Fault &fault)
        : m_fault(fault)
    {
    }

    bool worksOn(exchange::Direction direction) const override
    {
        return direction == directionOf(m_fault.target);
    }

    // Of several the first to happen does happen.
    Outcome apply(RuleTurn &turn) const override
    {
        Shaping &shaping = turn.transit().shaping(turn.direction());
        if (shaping.fault != Shaping::Fault::None && shaping.faultAt <= m_fault.afterOctets)
            return Outcome::Untouched;
        shaping.fault = faultOf(m_fault.kind);
        shaping.faultAt = m_fault.afterOctets;
        turn.note(QStringLiteral("%1 after %2 octets")
                      .arg(textOf(m_fault.kind), grouped(m_fault.afterOctets)));
        return Outcome::Done;
    }

private:
    Fault m_fault;
};

} // namespace

QString problemOf(const Fault &fault)
{
    if (fault.afterOctets < 0)
        return QStringLiteral("A fault comes after 0 octets or more.");
    return {};
}

std::unique_ptr<RuleAction> makeAction(const Fault &fault)
{
    return std::make_unique<FaultAction>(fault);
}

} // namespace headrace::proxy

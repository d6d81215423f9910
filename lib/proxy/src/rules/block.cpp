#include "rules/ruleaction.h"

namespace headrace::proxy {

namespace {

class BlockAction : public RuleAction
{
public:
    explicit BlockAction(Block::Manner manner)
        : m_manner(manner)
    {
    }

    bool worksOn(exchange::Direction direction) const override
    {
        return direction == exchange::Direction::Request;
    }

    Outcome apply(RuleTurn &turn) const override
    {
        const QString why = QStringLiteral("Blocked by rule \"%1\"").arg(turn.rule());
        switch (m_manner) {
        case Block::Manner::Answer:
            turn.note(QStringLiteral("blocked: answered 403"));
            turn.transit().answer({ MessageHead::makeResponse(403, {},
                                        { { "Content-Type", "text/plain; charset=utf-8" } }),
                why.toUtf8() + " of Headrace.\n", {} });
            break;
        case Block::Manner::Close:
            turn.note(QStringLiteral("blocked: connection closed"));
            turn.transit().drop(false, why);
            break;
        case Block::Manner::Reset:
            turn.note(QStringLiteral("blocked: connection reset"));
            turn.transit().drop(true, why);
            break;
        }
        return Outcome::Over;
    }

private:
    Block::Manner m_manner;
};

} // namespace

QString problemOf(const Block &) { return {}; }

std::unique_ptr<RuleAction> makeAction(const Block &block)
{
    return std::make_unique<BlockAction>(block.manner);
}

} // namespace headrace::proxy

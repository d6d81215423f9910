#pragma once

#include "proxy/rule.h"
#include "proxy/scriptrunner.h"
#include "proxy/transit.h"

#include <chrono>
#include <functional>
#include <memory>

namespace headrace::proxy {

/// One rule's turn with one exchange. Lives while RuleAction::apply() runs.
class RuleTurn
{
public:
    virtual ~RuleTurn() = default;

    virtual Transit &transit() = 0;
    virtual Stage stage() const = 0;
    virtual const QString &rule() const = 0; ///< Its name.

    /// The next rule comes when this is called, later, if the exchange has not ended till then.
    virtual std::function<void(ScriptRunner::Outcome)> continuation() = 0;
    virtual void continueAfter(std::chrono::milliseconds time) = 0;

    /// The request or the response, by the stage.
    TransitMessage &message();
    exchange::Direction direction() const;

    /// Into the record: something was done that no changed octet shows, or could not be done.
    void note(const QString &summary);
};

/// What one rule does. Has no state: exchanges share it. Thread: the proxy's.
class RuleAction
{
public:
    enum class Outcome
    {
        Untouched, ///< It had nothing to do.
        Done,
        Over, ///< Answered or dropped.
        Wait ///< RuleTurn::continuation() or continueAfter() goes on.
    };

    virtual ~RuleAction() = default;

    /// Does something with that message; its filter is asked then.
    virtual bool worksOn(exchange::Direction direction) const = 0;

    /// Comes at the body's stage too, when the filter held at the head's.
    virtual bool wantsBody(Transit &transit, exchange::Direction direction) const
    {
        Q_UNUSED(transit)
        Q_UNUSED(direction)
        return false;
    }

    virtual Outcome apply(RuleTurn &turn) const = 0;
};

/// Null: \a problem says why. \a scripts may be null.
std::unique_ptr<RuleAction> makeAction(const Rule &rule, ScriptRunner *scripts, QString *problem);

inline exchange::Direction directionOf(Target target)
{
    return target == Target::Request ? exchange::Direction::Request : exchange::Direction::Response;
}

constexpr int messageIndex(exchange::Direction direction) ///< As Change::message.
{
    return direction == exchange::Direction::Request ? -1 : 0;
}

QString grouped(qint64 number); ///< "1,000"

// Of each kind of action: what is wrong with it, or nothing, and the action.
QString problemOf(const MapLocal &map);
QString problemOf(const MapRemote &map);
QString problemOf(const Answer &answer);
QString problemOf(const ChangeField &change);
QString problemOf(const ReplaceInBody &replace);
QString problemOf(const Block &block);
QString problemOf(const Delay &delay);
QString problemOf(const Throttle &throttle);
QString problemOf(const Fault &fault);
QString problemOf(const RunScript &script);

std::unique_ptr<RuleAction> makeAction(const MapLocal &map);
std::unique_ptr<RuleAction> makeAction(const MapRemote &map);
std::unique_ptr<RuleAction> makeAction(const Answer &answer);
std::unique_ptr<RuleAction> makeAction(const ChangeField &change);
std::unique_ptr<RuleAction> makeAction(const ReplaceInBody &replace);
std::unique_ptr<RuleAction> makeAction(const Block &block);
std::unique_ptr<RuleAction> makeAction(const Delay &delay);
std::unique_ptr<RuleAction> makeAction(const Throttle &throttle);
std::unique_ptr<RuleAction> makeAction(const Fault &fault);
std::unique_ptr<RuleAction> makeAction(const RunScript &script, ScriptRunner &scripts);

} // namespace headrace::proxy

#pragma once

#include "rules/ruleset.h"

#include <QTimer>

#include <memory>
#include <vector>

namespace headrace::proxy {

/** One exchange on its way through a set of rules. Shared, because a call into the exchange may end it.
    Thread: the proxy's. */
class RuleRun : public std::enable_shared_from_this<RuleRun>
{
public:
    /// \a touched: called when a rule did something with this exchange for the first time.
    RuleRun(Transit &transit, std::shared_ptr<const RuleSet> set, std::function<void()> touched);

    bool wantsBody(exchange::Direction direction) const;
    Interceptor::Verdict enter(Stage stage);
    void end(); ///< The exchange is not touched any more.

private:
    class Turn;

    enum class Progress
    {
        Passed, ///< All rules have had their turn.
        Waiting,
        Over ///< Answered or dropped; an answer may have passed its own stages meanwhile.
    };

    /// Deleted later: it may be what calls.
    struct StopTimer
    {
        void operator()(QTimer *timer) const
        {
            timer->stop();
            timer->deleteLater();
        }
    };

    struct State
    {
        bool holds[2] = { false, false }; ///< The filter, at the head of that direction.
        bool isCounted = false;
    };

    Progress advance();
    RuleAction::Outcome step(size_t index);
    bool isDue(size_t index);
    void proceed(quint64 wait, size_t index, RuleAction::Outcome outcome);
    void count(size_t index);

    Transit &m_transit;
    std::shared_ptr<const RuleSet> m_set;
    std::function<void()> m_touched;
    std::vector<State> m_states; ///< Of the rules.
    Stage m_stage = Stage::RequestHead;
    size_t m_first = 0; ///< Of the rules, at all stages: behind the one that has answered.
    size_t m_next = 0; ///< Of the rules at this stage.
    bool m_isInTurn = false; ///< The one before it; a response that comes meanwhile is its answer.
    quint64 m_wait = 0; ///< Which wait it is: a call that comes too late has an older one.
    bool m_isOver = false;
    std::unique_ptr<QTimer, StopTimer> m_timer;
};

} // namespace headrace::proxy

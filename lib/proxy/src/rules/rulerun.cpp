#include "rules/rulerun.h"

namespace headrace::proxy {

using Verdict = Interceptor::Verdict;
using Outcome = RuleAction::Outcome;

namespace {

Outcome outcomeOf(ScriptRunner::Outcome outcome)
{
    switch (outcome) {
    case ScriptRunner::Outcome::Untouched:
        return Outcome::Untouched;
    case ScriptRunner::Outcome::Done:
        return Outcome::Done;
    case ScriptRunner::Outcome::Over:
        return Outcome::Over;
    }
    return Outcome::Done;
}

bool isBodyStage(Stage stage)
{
    return stage == Stage::RequestBody || stage == Stage::ResponseBody;
}

exchange::Direction directionOf(Stage stage)
{
    return stage == Stage::RequestHead || stage == Stage::RequestBody
        ? exchange::Direction::Request
        : exchange::Direction::Response;
}

} // namespace

class RuleRun::Turn : public RuleTurn
{
public:
    Turn(RuleRun &run, const QString &rule)
        : m_run(run)
        , m_rule(rule)
    {
    }

    Transit &transit() override { return m_run.m_transit; }

    Stage stage() const override { return m_run.m_stage; }

    const QString &rule() const override { return m_rule; }

    std::function<void(ScriptRunner::Outcome)> continuation() override
    {
        // Kept: what it has done counts, even if that was the exchange's end.
        return
            [run = m_run.shared_from_this(), wait = m_run.m_wait, index = m_run.m_next - 1](
                ScriptRunner::Outcome outcome) { run->proceed(wait, index, outcomeOf(outcome)); };
    }

    void continueAfter(std::chrono::milliseconds time) override
    {
        m_run.m_timer.reset(new QTimer);
        m_run.m_timer->setSingleShot(true);
        m_run.m_timer->setTimerType(Qt::PreciseTimer);
        QObject::connect(m_run.m_timer.get(), &QTimer::timeout, m_run.m_timer.get(),
            [run = m_run.weak_from_this(), wait = m_run.m_wait, index = m_run.m_next - 1] {
                if (const auto self = run.lock())
                    self->proceed(wait, index, Outcome::Done);
            });
        m_run.count(m_run.m_next - 1);
        m_run.m_timer->start(time);
    }

private:
    RuleRun &m_run;
    QString m_rule; // a copy: the set may go away with the exchange
};

RuleRun::RuleRun(
    Transit &transit, std::shared_ptr<const RuleSet> set, std::function<void()> touched)
    : m_transit(transit)
    , m_set(std::move(set))
    , m_touched(std::move(touched))
    , m_states(m_set->items().size())
{
}

bool RuleRun::wantsBody(exchange::Direction direction) const
{
    const auto &items = m_set->items();
    for (size_t i = m_first; i < items.size(); ++i) {
        if (!items[i].action->worksOn(direction))
            continue;
        if (items[i].filterNeedsBody
            || (m_states[i].holds[int(direction)]
                && items[i].action->wantsBody(m_transit, direction)))
            return true;
    }
    return false;
}

Verdict RuleRun::enter(Stage stage)
{
    if (m_isOver || m_states.empty())
        return Verdict::Proceed;
    if (std::exchange(m_isInTurn, false))
        m_first = m_next;
    m_stage = stage;
    m_next = m_first;
    ++m_wait;
    return advance() == Progress::Waiting ? Verdict::Wait : Verdict::Proceed;
}

void RuleRun::end()
{
    m_isOver = true;
    m_timer.reset();
}

RuleRun::Progress RuleRun::advance()
{
    const auto self = shared_from_this();
    while (m_next < m_set->items().size()) {
        const size_t index = m_next++;
        m_isInTurn = true;
        const Outcome outcome = step(index);
        if (outcome != Outcome::Untouched && outcome != Outcome::Wait)
            count(index);
        if (outcome == Outcome::Over
            || m_isOver) // what is kept here may be that of the answer's stages
            return Progress::Over;
        if (outcome == Outcome::Wait)
            return Progress::Waiting;
        m_isInTurn = false;
    }
    return Progress::Passed;
}

Outcome RuleRun::step(size_t index)
{
    if (!isDue(index))
        return Outcome::Untouched;
    const RuleSet::Item &item = m_set->items()[index];
    Turn turn(*this, item.name);
    return item.action->apply(turn);
}

bool RuleRun::isDue(size_t index)
{
    const RuleSet::Item &item = m_set->items()[index];
    const exchange::Direction direction = directionOf(m_stage);
    if (!item.action->worksOn(direction))
        return false;
    if (item.filterNeedsBody)
        return isBodyStage(m_stage) && item.matcher.matches(m_transit.subject());
    bool &holds = m_states[index].holds[int(direction)];
    if (isBodyStage(m_stage))
        return holds && item.action->wantsBody(m_transit, direction);
    holds = item.matcher.matches(m_transit.subject());
    return holds;
}

void RuleRun::proceed(quint64 wait, size_t index, Outcome outcome)
{
    if (outcome != Outcome::Untouched)
        count(index);
    if (m_isOver || wait != m_wait)
        return;
    ++m_wait;
    if (outcome == Outcome::Over)
        return;
    m_isInTurn = false;
    if (advance() == Progress::Passed)
        m_transit.resume();
}

void RuleRun::count(size_t index)
{
    if (std::exchange(m_states[index].isCounted, true))
        return;
    ++*m_set->items()[index].count;
    m_touched();
}

} // namespace headrace::proxy

#include "rules/ruleaction.h"

#include <QDir>

namespace headrace::proxy {

namespace {

RuleAction::Outcome outcomeOf(const std::optional<ScriptRunner::Outcome> &outcome)
{
    if (!outcome)
        return RuleAction::Outcome::Wait;
    switch (*outcome) {
    case ScriptRunner::Outcome::Untouched:
        return RuleAction::Outcome::Untouched;
    case ScriptRunner::Outcome::Done:
        return RuleAction::Outcome::Done;
    case ScriptRunner::Outcome::Over:
        return RuleAction::Outcome::Over;
    }
    return RuleAction::Outcome::Untouched;
}

class RunScriptAction : public RuleAction
{
public:
    RunScriptAction(const RunScript &script, ScriptRunner &scripts)
        : m_script(script)
        , m_scripts(scripts)
    {
    }

    bool worksOn(exchange::Direction) const override { return true; }

    bool wantsBody(Transit &transit, exchange::Direction direction) const override
    {
        return m_scripts.wantsBody(m_script, transit, direction);
    }

    Outcome apply(RuleTurn &turn) const override
    {
        return outcomeOf(m_scripts.run(
            m_script, turn.rule(), turn.transit(), turn.stage(), turn.continuation()));
    }

private:
    RunScript m_script;
    ScriptRunner &m_scripts;
};

} // namespace

QString problemOf(const RunScript &script)
{
    if (script.file.isEmpty() && script.source.isEmpty())
        return QStringLiteral("Say which script it is.");
    if (!script.file.isEmpty() && !QDir::isAbsolutePath(script.file))
        return QStringLiteral("The path of the script begins at the root.");
    return {};
}

std::unique_ptr<RuleAction> makeAction(const RunScript &script, ScriptRunner &scripts)
{
    return std::make_unique<RunScriptAction>(script, scripts);
}

} // namespace headrace::proxy

#include "proxy/rulebook.h"

#include "rules/rulerun.h"
#include "rules/ruleset.h"

#include <algorithm>
#include <variant>

namespace headrace::proxy {

namespace {

/// Says that scripts can run; is never asked to.
class NoScripts : public ScriptRunner
{
public:
    bool wantsBody(const RunScript &, Transit &, exchange::Direction) override { return false; }

    std::optional<Outcome> run(
        const RunScript &, const QString &, Transit &, Stage, Answered) override
    {
        return Outcome::Untouched;
    }

    void ended(Transit &) override { }
};

} // namespace

RuleBook::RuleBook(ScriptRunner *scripts)
    : m_scripts(scripts)
    , m_matchListener(std::make_shared<std::function<void()>>())
    , m_set(std::make_shared<RuleSet>(QList<Rule>(), scripts, nullptr))
{
}

RuleBook::~RuleBook()
{
    for (const auto &run : std::as_const(m_runs)) {
        if (run)
            run->end();
    }
}

void RuleBook::setRules(const QList<Rule> &rules)
{
    m_set = std::make_shared<RuleSet>(rules, m_scripts, m_set.get());
}

QList<Rule> RuleBook::rules() const { return m_set->rules(); }

QHash<QString, QString> RuleBook::problems() const { return m_set->problems(); }

QString RuleBook::problemOf(const Rule &rule)
{
    NoScripts scripts;
    return RuleSet({ rule }, &scripts, nullptr).problems().value(rule.id);
}

QHash<QString, qint64> RuleBook::matches() const { return m_set->counts(); }

void RuleBook::setMatchListener(const std::function<void()> &listener)
{
    *m_matchListener = listener;
}

bool RuleBook::mayAnswer() const
{
    const QList<Rule> &rules = m_set->rules();
    return std::any_of(rules.cbegin(), rules.cend(), [](const Rule &rule) {
        return rule.isEnabled
            && (std::holds_alternative<MapLocal>(rule.action)
                || std::holds_alternative<MapRemote>(rule.action)
                || std::holds_alternative<Answer>(rule.action)
                || std::holds_alternative<RunScript>(rule.action));
    });
}

bool RuleBook::wantsBody(Transit &transit, exchange::Direction direction)
{
    const auto run = m_runs.value(&transit);
    return run && run->wantsBody(direction);
}

Interceptor::Verdict RuleBook::intercept(Transit &transit, Stage stage)
{
    auto entry = m_runs.find(&transit);
    if (entry == m_runs.end()) {
        std::shared_ptr<RuleRun> made; // none without rules, which most exchanges go by
        if (!m_set->items().empty()) {
            made = std::make_shared<RuleRun>(
                transit, m_set, [weak = std::weak_ptr(m_matchListener)] {
                    if (const auto listener = weak.lock(); listener && *listener)
                        (*listener)();
                });
        }
        entry = m_runs.insert(&transit, made);
    }
    const std::shared_ptr<RuleRun> run = *entry; // the exchange may end meanwhile
    return run ? run->enter(stage) : Verdict::Proceed;
}

void RuleBook::ended(Transit &transit, const QString &why)
{
    Q_UNUSED(why)
    if (const auto run = m_runs.take(&transit))
        run->end();
    if (m_scripts)
        m_scripts->ended(transit);
}

} // namespace headrace::proxy

#include "rules/ruleset.h"

#include <exchange/filter.h>

#include <algorithm>

namespace headrace::proxy {

namespace {

QString textOf(const exchange::FilterError &error, const QString &filter)
{
    const QString what = filter.mid(error.position, error.length);
    return what.isEmpty()
        ? QStringLiteral("The filter is none: %1.").arg(error.message)
        : QStringLiteral("The filter is none at \"%1\": %2.").arg(what, error.message);
}

} // namespace

RuleSet::RuleSet(const QList<Rule> &rules, ScriptRunner *scripts, const RuleSet *before)
    : m_rules(rules)
{
    m_items.reserve(size_t(rules.size()));
    for (const Rule &rule : rules) {
        auto count = before ? before->countOf(rule) : nullptr;
        if (!count)
            count = std::make_shared<qint64>(0);
        m_counts.insert(rule.id, count);
        const exchange::ParsedFilter filter = exchange::parseFilter(rule.filter);
        QString problem;
        std::unique_ptr<RuleAction> action = makeAction(rule, scripts, &problem);
        if (problem.isEmpty() && filter.error)
            problem = textOf(*filter.error, rule.filter);
        if (!problem.isEmpty())
            m_problems.insert(rule.id, problem);
        else if (rule.isEnabled)
            m_items.push_back({ rule.name, exchange::FilterMatcher(filter.filter),
                exchange::costOf(filter.filter) == exchange::FilterCost::Body, std::move(action),
                count });
    }
}

std::shared_ptr<qint64> RuleSet::countOf(const Rule &rule) const
{
    const auto same = std::find_if(m_rules.cbegin(), m_rules.cend(), [&](const Rule &one) {
        return one.id == rule.id && one.filter == rule.filter && one.action == rule.action;
    });
    return same == m_rules.cend() ? nullptr : m_counts.value(rule.id);
}

QHash<QString, qint64> RuleSet::counts() const
{
    QHash<QString, qint64> counts;
    for (auto it = m_counts.cbegin(); it != m_counts.cend(); ++it)
        counts.insert(it.key(), **it);
    return counts;
}

} // namespace headrace::proxy

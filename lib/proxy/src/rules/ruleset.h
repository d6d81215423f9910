#pragma once

#include "rules/ruleaction.h"

#include <exchange/filtermatcher.h>

#include <QHash>
#include <QList>

#include <memory>
#include <vector>

namespace headrace::proxy {

/// Rules made ready. Does not change: exchanges keep the one with which they began. Thread: the proxy's.
class RuleSet
{
public:
    /// A rule that is on.
    struct Item
    {
        QString name;
        exchange::FilterMatcher matcher;
        bool filterNeedsBody = false;
        std::unique_ptr<RuleAction> action;
        std::shared_ptr<qint64> count; ///< Exchanges in which it did something.
    };

    /// \a before: whose counts go on.
    RuleSet(const QList<Rule> &rules, ScriptRunner *scripts, const RuleSet *before);

    const QList<Rule> &rules() const { return m_rules; }

    const QHash<QString, QString> &problems() const { return m_problems; }

    const std::vector<Item> &items() const { return m_items; }

    QHash<QString, qint64> counts() const;

private:
    std::shared_ptr<qint64> countOf(const Rule &rule) const;

    QList<Rule> m_rules;
    QHash<QString, QString> m_problems;
    QHash<QString, std::shared_ptr<qint64>> m_counts;
    std::vector<Item> m_items;
};

} // namespace headrace::proxy

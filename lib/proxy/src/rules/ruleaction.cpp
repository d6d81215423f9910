#include "rules/ruleaction.h"

#include <QLocale>

#include <type_traits>

namespace headrace::proxy {

TransitMessage &RuleTurn::message()
{
    return direction() == exchange::Direction::Request ? transit().request() : transit().response();
}

exchange::Direction RuleTurn::direction() const
{
    return stage() == Stage::RequestHead || stage() == Stage::RequestBody
        ? exchange::Direction::Request
        : exchange::Direction::Response;
}

void RuleTurn::note(const QString &summary)
{
    exchange::Change change;
    change.message = messageIndex(direction());
    change.cause = exchange::Change::Cause::Rule;
    change.by = rule();
    change.summary = summary;
    transit().addChange(std::move(change));
}

std::unique_ptr<RuleAction> makeAction(const Rule &rule, ScriptRunner *scripts, QString *problem)
{
    *problem = std::visit([](const auto &action) { return problemOf(action); }, rule.action);
    if (!problem->isEmpty())
        return nullptr;
    return std::visit(
        [&](const auto &action) -> std::unique_ptr<RuleAction> {
            if constexpr (std::is_same_v<std::decay_t<decltype(action)>, RunScript>) {
                if (scripts)
                    return makeAction(action, *scripts);
                *problem = QStringLiteral("Scripts cannot run here.");
                return nullptr;
            } else {
                return makeAction(action);
            }
        },
        rule.action);
}

QString grouped(qint64 number) { return QLocale(QLocale::English).toString(number); }

} // namespace headrace::proxy

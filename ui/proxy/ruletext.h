#pragma once

#include <proxy/rule.h>

#include <QStringList>

#include <optional>

namespace headrace::ui {

/// What a rule can do, in the order of proxy::Action.
enum class ActionKind
{
    MapLocal,
    MapRemote,
    Answer,
    ChangeField,
    ReplaceInBody,
    Block,
    Delay,
    Throttle,
    Fault,
    RunScript
};
inline constexpr int ActionKindCount = 10;

ActionKind kindOf(const proxy::Action &action);

QString displayName(ActionKind kind); ///< "Map to a file or folder"
QString explanation(ActionKind kind); ///< One sentence: what it does to an exchange.

/// An action of that kind that does something one can see, to begin with.
proxy::Action exampleAction(ActionKind kind);

/// A new rule with an id of its own.
proxy::Rule newRule(ActionKind kind);

proxy::Breakpoint newBreakpoint();

/// A copy of \a rule with an id of its own.
proxy::Rule duplicateOf(const proxy::Rule &rule);

/// In a few words: "set X-Trace: 1 in the request", "404 Not Found · 12 B".
QString shortDescription(const proxy::Action &action);

/// Name of a rule as it is shown: what it does, if it has none.
QString titleOf(const proxy::Rule &rule);

QString filterProblem(const QString &filter); ///< One sentence; empty: it is a filter.
QString actionProblem(const proxy::Action &action); ///< One sentence; empty: it can be done.

QString describe(proxy::HoldAts at); ///< "request head, response body"

} // namespace headrace::ui

#pragma once

#include "proxy/rule.h"
#include "proxy/transit.h"

#include <functional>
#include <optional>

namespace headrace::proxy {

/** Runs the scripts of rules; lib/session has one. All calls are for exchanges that a rule's filter has taken.
    What a script changes, and what goes wrong in it, the runner puts into the record itself. Thread: the proxy's. */
class ScriptRunner
{
public:
    enum class Outcome
    {
        Untouched, ///< It had nothing to do with this stage.
        Done, ///< The exchange goes on.
        Over ///< Transit::answer() or drop() was called.
    };

    using Answered = std::function<void(Outcome outcome)>;

    virtual ~ScriptRunner() = default;

    /// The hook for that message works on the whole body: it is run at the body's stage then, and not at the head's.
    /// Asked after run() for the head of \a transit's message is done.
    virtual bool wantsBody(const RunScript &script, Transit &transit, exchange::Direction direction)
        = 0;

    /** Runs the hooks for \a stage. At a head it also sets the filters of pieces and WebSocket messages that the script
        has. Nothing: it is not done yet; \a answered is called later, once, and never inside this call, unless the
        exchange ends before. \a rule: its name. */
    virtual std::optional<Outcome> run(const RunScript &script, const QString &rule,
        Transit &transit, Stage stage, Answered answered)
        = 0;

    /// \a transit is over, and no more to be used.
    virtual void ended(Transit &transit) = 0;
};

} // namespace headrace::proxy

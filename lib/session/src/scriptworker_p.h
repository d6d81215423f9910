#pragma once

#include "hookscript_p.h"

#include <QHash>
#include <QObject>
#include <QVariantList>

#include <memory>

namespace headrace::session {

/** The scripts of the proxy in their own thread: a hook that takes its time holds up no exchange but those that wait for it,
    or for another script. They have numbers; functions for one that is not there do nothing. Thread: its own, from the first
    function on; signals go to others. */
class ScriptWorker : public QObject
{
    Q_OBJECT

public:
    using ScriptId = quint64;
    using CallId = quint64;

    explicit ScriptWorker(const ScriptHost::Surroundings &surroundings);
    ~ScriptWorker() override;

    void load(ScriptId id, const proxy::RunScript &script, const QString &name);
    void unload(ScriptId id);
    void call(ScriptId id, CallId call, HookScript::Hook hook, const QVariantList &arguments);
    void forget(ScriptId id, exchange::ExchangeId exchange);
    void note(ScriptId id, const QString &text); ///< Beside the output of the script.
    void tellFailure(ScriptId id, const script::ScriptError &error);

Q_SIGNALS:
    /// It is loaded, or something else has happened to it. Before the answers to calls that this is about.
    void changed(quint64 id, const headrace::session::HookFacts &facts);
    void fileLoaded(
        quint64 id, const QString &path); ///< One that people edit; also one that is not there.
    void answered(quint64 id, quint64 call, const headrace::script::Runtime::Answer &answer);

private:
    HookScript *find(ScriptId id) const;

    ScriptHost::Surroundings m_surroundings;
    QHash<ScriptId, std::shared_ptr<HookScript>> m_scripts;
};

} // namespace headrace::session

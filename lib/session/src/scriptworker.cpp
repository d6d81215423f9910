#include "scriptworker_p.h"

namespace headrace::session {

ScriptWorker::ScriptWorker(const ScriptHost::Surroundings &surroundings)
    : m_surroundings(surroundings)
{
}

ScriptWorker::~ScriptWorker() = default;

HookScript *ScriptWorker::find(ScriptId id) const { return m_scripts.value(id).get(); }

void ScriptWorker::load(ScriptId id, const proxy::RunScript &script, const QString &name)
{
    // Deleted by the event loop, as it may be what calls; with this at the latest.
    const std::shared_ptr<HookScript> loaded(new HookScript(script, name, m_surroundings, this),
        [](HookScript *over) { over->deleteLater(); });
    m_scripts.insert(id, loaded);
    for (const QString &path : loaded->files())
        Q_EMIT fileLoaded(id, path);
    connect(loaded.get(), &HookScript::fileLoaded, this,
        [this, id](const QString &path) { Q_EMIT fileLoaded(id, path); });
    connect(loaded.get(), &HookScript::changed, this,
        [this, id](const HookFacts &facts) { Q_EMIT changed(id, facts); });
    if (loaded->facts().isSettled)
        Q_EMIT changed(id, loaded->facts());
}

void ScriptWorker::unload(ScriptId id) { m_scripts.remove(id); }

void ScriptWorker::call(
    ScriptId id, CallId call, HookScript::Hook hook, const QVariantList &arguments)
{
    if (HookScript *script = find(id))
        script->call(hook, arguments, [this, id, call](const script::Runtime::Answer &answer) {
            Q_EMIT answered(id, call, answer);
        });
}

void ScriptWorker::forget(ScriptId id, exchange::ExchangeId exchange)
{
    if (HookScript *script = find(id))
        script->forget(exchange);
}

void ScriptWorker::note(ScriptId id, const QString &text)
{
    if (HookScript *script = find(id))
        script->host().note(text);
}

void ScriptWorker::tellFailure(ScriptId id, const script::ScriptError &error)
{
    if (HookScript *script = find(id))
        script->host().tellFailure(error);
}

} // namespace headrace::session

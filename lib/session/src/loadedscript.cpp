#include "loadedscript_p.h"

#include <QFileInfo>

#include <utility>

namespace headrace::session {

LoadedScript::LoadedScript(ScriptWorker &worker, ScriptWorker::ScriptId id,
    const proxy::RunScript &script, const QString &name)
    : m_worker(worker)
    , m_id(id)
    , m_script(script)
    , m_name(script.file.isEmpty() ? name : QFileInfo(script.file).fileName())
{
    inWorker([&worker, id, script, name] { worker.load(id, script, name); });
}

LoadedScript::~LoadedScript()
{
    inWorker([&worker = m_worker, id = m_id] { worker.unload(id); });
}

void LoadedScript::whenLoaded(std::function<void()> run) { m_waiting.push_back(std::move(run)); }

void LoadedScript::setFacts(const HookFacts &facts)
{
    m_facts = facts;
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &run : waiting)
        run();
}

void LoadedScript::call(Hook hook, const QVariantList &arguments, Answered answered)
{
    const ScriptWorker::CallId call = ++m_lastCall;
    m_calls.insert(call, std::move(answered));
    inWorker([&worker = m_worker, id = m_id, call, hook, arguments] {
        worker.call(id, call, hook, arguments);
    });
}

void LoadedScript::answer(ScriptWorker::CallId call, const script::Runtime::Answer &answer)
{
    if (const Answered answered = m_calls.take(call))
        answered(answer);
}

void LoadedScript::forget(exchange::ExchangeId exchange)
{
    inWorker([&worker = m_worker, id = m_id, exchange] { worker.forget(id, exchange); });
}

void LoadedScript::note(const QString &text)
{
    inWorker([&worker = m_worker, id = m_id, text] { worker.note(id, text); });
}

void LoadedScript::tellFailure(const QString &message)
{
    const script::ScriptError error { message, {}, {}, -1, -1 };
    inWorker([&worker = m_worker, id = m_id, error] { worker.tellFailure(id, error); });
}

} // namespace headrace::session

#pragma once

#include "scriptworker_p.h"

#include <QHash>

#include <functional>
#include <vector>

namespace headrace::session {

/// A script of a ScriptWorker, as the proxy's thread has it. Thread: the proxy's; answers come by its event loop.
class LoadedScript
{
public:
    using Hook = HookScript::Hook;
    using Answered = std::function<void(const script::Runtime::Answer &)>;

    /// Loads it. \a worker: borrowed, in another thread. \a name: of the rule; how a script without a file is called.
    LoadedScript(ScriptWorker &worker, ScriptWorker::ScriptId id, const proxy::RunScript &script,
        const QString &name);
    ~LoadedScript(); ///< Who waits for an answer gets none.
    Q_DISABLE_COPY_MOVE(LoadedScript)

    ScriptWorker::ScriptId id() const { return m_id; }

    const proxy::RunScript &script() const { return m_script; }

    /// For people and records: its file's name, or the rule's.
    const QString &name() const { return m_name; }

    bool isLoaded() const
    {
        return m_facts.isSettled;
    } ///< Or failed to be; the following is known.

    void whenLoaded(std::function<void()> run); ///< It is not.

    /// Why it cannot be called any more; empty: it can.
    const QString &problem() const { return m_facts.problem; }

    bool isSwitchedOff() const { return m_facts.isSwitchedOff; }

    bool has(Hook hook) const { return m_facts.hooks.contains(HookScript::nameOf(hook)); }

    bool needsBody(exchange::Direction direction) const ///< exports.needsBody
    {
        return direction == exchange::Direction::Request ? m_facts.needsRequestBody
                                                         : m_facts.needsResponseBody;
    }

    const QStringList &files() const
    {
        return m_files;
    } ///< That it has read, of those that people edit.

    void call(Hook hook, const QVariantList &arguments, Answered answered);
    void forget(exchange::ExchangeId exchange); ///< Of which it was called.
    void note(const QString &text);
    void tellFailure(const QString &message);

    // --- what the worker tells
    void setFacts(const HookFacts &facts);

    void addFile(const QString &path) { m_files.append(path); }

    void answer(ScriptWorker::CallId call, const script::Runtime::Answer &answer);

private:
    template <class Function>
    void inWorker(Function function)
    {
        QMetaObject::invokeMethod(&m_worker, std::move(function), Qt::QueuedConnection);
    }

    ScriptWorker &m_worker;
    const ScriptWorker::ScriptId m_id;
    proxy::RunScript m_script;
    QString m_name;
    HookFacts m_facts;
    QStringList m_files;
    std::vector<std::function<void()>> m_waiting; // for it to be loaded
    QHash<ScriptWorker::CallId, Answered> m_calls;
    ScriptWorker::CallId m_lastCall = 0;
};

} // namespace headrace::session

#pragma once

#include "scripthost_p.h"

#include <exchange/exchange.h>
#include <proxy/rule.h>

#include <QStringList>

#include <memory>

namespace headrace::session {

/// A script of the proxy that was loaded: its hooks can be called. Thread: the proxy's.
class HookScript : public QObject
{
    Q_OBJECT

public:
    enum class Hook
    {
        Request,
        Response,
        Chunk,
        WebSocketMessage
    };

    /// Loads it. \a name: of the rule; how a script without a file is called.
    HookScript(const proxy::RunScript &script, const QString &name,
        const ScriptHost::Surroundings &surroundings, QObject *parent = nullptr);
    ~HookScript() override;

    const proxy::RunScript &script() const { return m_script; }

    /// For people and records: its file's name, or the rule's.
    const QString &name() const { return m_name; }

    /// Why it cannot be called any more; empty: it can.
    QString problem() const;

    /// It was interrupted, as it held up its thread.
    bool isSwitchedOff() const { return m_isSwitchedOff; }

    bool has(Hook hook) const { return m_hooks.contains(nameOf(hook)); }

    bool needsBody(exchange::Direction direction) const ///< exports.needsBody
    {
        return direction == exchange::Direction::Request ? m_needsRequestBody : m_needsResponseBody;
    }

    /// Calls it as hooks.js has it; \a answered as script::Runtime::call(), and an error is told before.
    void call(Hook hook, const QVariantList &arguments,
        const std::function<void(const script::Runtime::Answer &)> &answered);
    void forget(exchange::ExchangeId id); ///< Of which it was called.

    const QStringList &files() const
    {
        return m_files;
    } ///< That it has read, of those that people edit.

    ScriptHost &host() { return *m_host; }

    qint64 memoryOctets() const { return m_host->runtime().memoryOctets(); }

    static QString nameOf(Hook hook); ///< "onRequest"

Q_SIGNALS:
    void fileLoaded(const QString &path); ///< It is one of files() now.

private:
    void onFailed(const script::ScriptError &error);
    void load();
    void take(const script::Runtime::Answer &loaded);

    proxy::RunScript m_script;
    QString m_name;
    std::unique_ptr<ScriptHost> m_host;
    QStringList m_files;
    QStringList m_hooks;
    bool m_needsRequestBody = false;
    bool m_needsResponseBody = false;
    bool m_isSwitchedOff = false;
    QString m_problem; ///< Why it could not be loaded, or has ended.
};

} // namespace headrace::session

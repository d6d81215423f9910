#pragma once

#include "scripthost_p.h"

#include <exchange/exchange.h>
#include <proxy/rule.h>

#include <QStringList>

#include <memory>

namespace headrace::session {

/// What is known of a script of the proxy.
struct HookFacts
{
    bool isSettled = false; ///< It was loaded, or could not be.
    QStringList hooks; ///< "onRequest"
    bool needsRequestBody = false; ///< exports.needsBody
    bool needsResponseBody = false;
    bool isSwitchedOff = false; ///< It was interrupted, as it held up its thread.
    QString problem; ///< Why it cannot be called any more; empty: it can.
};

/// A script of the proxy that was loaded: its hooks can be called. Thread: that of scripts.
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

    HookFacts facts() const;

    /// Calls it as hooks.js has it; \a answered as script::Runtime::call(), and an error is told before.
    void call(Hook hook, const QVariantList &arguments,
        const std::function<void(const script::Runtime::Answer &)> &answered);
    void forget(exchange::ExchangeId id); ///< Of which it was called.

    const QStringList &files() const
    {
        return m_files;
    } ///< That it has read, of those that people edit.

    ScriptHost &host() { return *m_host; }

    static QString nameOf(Hook hook); ///< "onRequest"

Q_SIGNALS:
    void changed(const headrace::session::HookFacts &facts);
    void fileLoaded(const QString &path); ///< It is one of files() now.

private:
    void onFailed(const script::ScriptError &error);
    void load();
    void take(const script::Runtime::Answer &loaded);

    proxy::RunScript m_script;
    QString m_name;
    std::unique_ptr<ScriptHost> m_host;
    QStringList m_files;
    HookFacts m_facts; ///< Its problem: why it could not be loaded, or has ended.
};

} // namespace headrace::session

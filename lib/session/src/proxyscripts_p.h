#pragma once

#include "loadedscript_p.h"
#include "session/filewatch.h"
#include "stuckwatch_p.h"

#include <proxy/scriptrunner.h>

#include <QHash>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace headrace::session {

/** Runs the scripts of the proxy's rules, in a thread of their own. A script is loaded for the first exchange that it is to
    see, which waits for it, and again for the next one after a file of it has changed; exchanges keep the version that they
    began with, and rules with the same script share one, and what it remembers. One that cannot be loaded, or was ended
    by a loop, is off until a file of it changes, or the rules have been without it.

    What a script throws goes to the outbox and into the record, and the exchange goes on as it was.
    Thread: the proxy's, with an event loop. */
class ProxyScripts : public QObject, public proxy::ScriptRunner
{
    Q_OBJECT

public:
    /// What a script may take without a pause, while other exchanges wait for theirs; then it is interrupted, and off.
    static constexpr std::chrono::milliseconds DefaultLimit { 2000 };

    explicit ProxyScripts(const ScriptHost::Surroundings &surroundings, QObject *parent = nullptr);
    ~ProxyScripts() override; ///< Waits for its thread, and interrupts what runs there.

    void setLimit(std::chrono::milliseconds limit); ///< Of what runs now, too.

    /// Gives up the scripts that none of \a rules has, or only ones that are off. Beside RuleBook::setRules().
    void setRules(const QList<proxy::Rule> &rules);

    bool isEmpty() const { return m_scripts.empty(); }

    bool wantsBody(const proxy::RunScript &script, proxy::Transit &transit,
        exchange::Direction direction) override;
    std::optional<Outcome> run(const proxy::RunScript &script, const QString &rule,
        proxy::Transit &transit, proxy::Stage stage, Answered answered) override;
    void ended(proxy::Transit &transit) override;

private:
    using ScriptPointer = std::shared_ptr<LoadedScript>;

    /// A script that has seen an exchange.
    struct Use
    {
        ScriptPointer script;
        QString rule;
        bool isFailureNoted = false; ///< Of chunks and messages, of which there are many.
    };

    /// An exchange that scripts have seen.
    struct Exchange
    {
        std::vector<std::unique_ptr<Use>> uses;
        std::vector<Use *> chunkFilters[2]; ///< By direction, in the order of the rules.
        std::vector<Use *> webSocketFilters;
    };

    struct ChunkPass;
    struct MessagePass;

    ScriptPointer load(const proxy::RunScript &script, const QString &rule);
    Use &useOf(proxy::Transit &transit, const proxy::RunScript &script, const QString &rule);
    bool setFilters(proxy::Transit &transit, Use &use, proxy::Stage stage);
    void addChunkFilter(proxy::Transit &transit, Use &use, exchange::Direction direction);
    void addWebSocketFilter(proxy::Transit &transit, Use &use);
    void passChunk(const std::shared_ptr<ChunkPass> &pass);
    static void callChunk(const ChunkPass &pass, Use &use, const QByteArray &piece,
        const std::function<void(const QByteArray &result)> &done);
    void passMessage(const std::shared_ptr<MessagePass> &pass);
    void takeMessage(
        const std::shared_ptr<MessagePass> &pass, Use &use, const script::Runtime::Answer &answer);
    std::optional<Outcome> runLoaded(
        proxy::Transit &transit, Use &use, proxy::Stage stage, const Answered &answered);
    void callHook(proxy::Transit &transit, Use &use, proxy::Stage stage, const Answered &answered);
    Outcome apply(proxy::Transit &transit, const Use &use, proxy::Stage stage,
        const script::Runtime::Answer &answer);
    Outcome applyEdit(
        proxy::Transit &transit, const Use &use, proxy::Stage stage, const QVariantMap &facts);

    ScriptPointer find(ScriptWorker::ScriptId id) const;
    void addFile(ScriptWorker::ScriptId id, const QString &path);

    ScriptHost::Surroundings m_surroundings;
    QThread m_thread; // of scripts
    ScriptWorker *m_worker; // in it; deleted when it ends
    StuckWatch m_watch;
    std::chrono::milliseconds m_limit = DefaultLimit;
    FileWatch m_files;
    std::vector<ScriptPointer> m_scripts;
    QHash<ScriptWorker::ScriptId, std::weak_ptr<LoadedScript>> m_loaded; ///< All that somebody has.
    ScriptWorker::ScriptId m_lastScript = 0;
    QHash<proxy::Transit *, std::shared_ptr<Exchange>> m_exchanges;
};

} // namespace headrace::session

#pragma once

#include "proxyscripts_p.h"

#include <exchange/store.h>
#include <proxy/breakpoints.h>
#include <proxy/proxyserver.h>
#include <proxy/rulebook.h>
#include <proxy/settings.h>

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>

namespace headrace::session {

/** What a session runs in its proxy thread: the server with its rules and breakpoints. All members but the constructor are
    called in that thread. */
class ProxyEngine : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed, and used in the proxy's thread.
    ProxyEngine(exchange::Sink &sink, qint64 messageLimit, const QString &authorityFolder,
        ScriptOutbox &outbox, RunningScripts &running);
    ~ProxyEngine() override;

    void setSettings(const proxy::Settings &settings);
    void start();
    void stop();
    void setRules(const QList<proxy::Rule> &rules);
    void setBreakpoints(const QList<proxy::Breakpoint> &breakpoints);
    void resume(proxy::HoldId id, const std::optional<proxy::TransitMessage> &message);
    void resumeAll();
    void drop(proxy::HoldId id);
    void answer(proxy::HoldId id, const proxy::TransitMessage &response);
    void interceptAgain(const QString &host, quint16 port);
    void interceptAllAgain();
    void shutDown(); ///< stop(), then finished().

Q_SIGNALS:
    void started(const QStringList &addresses, quint16 port);
    void noticed(const QString &text);
    void failed(const QString &code, const QString &message);
    void stopped();
    void holdAdded(const headrace::proxy::Hold &hold);
    void holdChanged(const headrace::proxy::Hold &hold);
    void holdRemoved(quint64 id);
    void breakpointsChanged(const QList<headrace::proxy::Breakpoint> &breakpoints);
    void passedHostsChanged(const QList<headrace::proxy::InterceptionPolicy::Passed> &hosts);
    void countersChanged(const headrace::proxy::Counters &counters);
    void matchesChanged(const QHash<QString, qint64> &matches);
    void finished();

private:
    void make();
    void settleInterceptors();
    void tell();

    exchange::Sink &m_sink;
    const qint64 m_messageLimit;
    const QString m_authorityFolder;
    proxy::Settings m_settings;
    ProxyScripts m_scripts;
    proxy::RuleBook m_rules; // uses the scripts: behind them
    proxy::Breakpoints m_breakpoints;
    std::unique_ptr<proxy::ProxyServer> m_server; // made in the proxy's thread
    QTimer m_tellTimer;
    proxy::Counters m_told;
    bool m_areMatchesChanged = false;
};

} // namespace headrace::session

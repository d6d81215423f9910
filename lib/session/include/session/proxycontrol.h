#pragma once

#include <proxy/breakpoints.h>
#include <proxy/interceptionpolicy.h>
#include <proxy/rule.h>
#include <proxy/settings.h>
#include <proxy/transit.h>

#include <QHash>
#include <QObject>

#include <memory>

namespace headrace::exchange {
class Sink;
} // namespace headrace::exchange

namespace headrace::session {

class ScriptOutbox;

using HoldId = proxy::HoldId;
using HeldExchange = proxy::Hold;
using PassedHost = proxy::InterceptionPolicy::Passed;

/** The proxy of a session: runs in a thread of its own, with its rules, breakpoints and scripts. This object, its signals
    and its values are the GUI thread's. What it records goes to the session's store with Source::Proxy.
    Owner: the session. */
class ProxyControl : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed. \a sink is used in the proxy's thread.
    ProxyControl(exchange::Sink &sink, qint64 messageLimit, ScriptOutbox &outbox);
    ~ProxyControl() override; ///< Stops it and joins its thread.

    /// Takes effect on the next connection; listeners on the next start().
    void setSettings(const proxy::Settings &settings);
    proxy::Settings settings() const;

    void start(); ///< Answers through started() or failed().
    void stop(); ///< Answers through stopped(). What goes on ends as Canceled.
    bool isRunning() const;

    /// Where it listens: "127.0.0.1:8081".
    QStringList addresses() const;
    quint16 port() const; ///< Of the first; 0: it does not run.

    /// Take effect on the next exchange.
    void setRules(const QList<proxy::Rule> &rules);
    void setBreakpoints(const QList<proxy::Breakpoint> &breakpoints);
    QList<proxy::Breakpoint>
    breakpoints() const; ///< As they are now: "only the next match" turns them off.

    QList<HeldExchange> held() const; ///< In the order in which they came.

    /// \a message takes the place of the one that is held: the request or the response, by the stage.
    void resume(HoldId id, const proxy::TransitMessage &message);
    void resume(HoldId id); ///< As it is.
    void resumeAll();
    void drop(HoldId id); ///< The client's connection is closed.
    void answer(HoldId id, const proxy::TransitMessage &response); ///< In place of the origin.

    proxy::Counters counters() const;

    /// Whose tunnels pass through for now, as their clients refused our certificates again and again.
    QList<PassedHost> passedHosts() const;
    void interceptAgain(const QString &host, quint16 port); ///< One of them, for all clients.
    void interceptAllAgain();

    /// By Rule::id: exchanges that it touched since it was set, or the start.
    QHash<QString, qint64> matches() const;

    /// Folder of ca.pem and ca.key; made on first use.
    QString authorityFolder() const;

Q_SIGNALS:
    void started(const QStringList &addresses);

    /// Beside started(), for people: the port was taken, or it is open to others.
    void noticed(const QString &text);
    void failed(const QString &code, const QString &message);
    void stopped();

    void holdAdded(const headrace::session::HeldExchange &held);
    void holdChanged(const headrace::session::HeldExchange &held); ///< Somebody gave up.
    void holdRemoved(headrace::session::HoldId id);
    void breakpointsChanged(); ///< By themselves.
    void passedHostsChanged(); ///< Not when the time of one runs out.

    // Gathered, some ten a second at most.
    void countersChanged();
    void matchesChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::session

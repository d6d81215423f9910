#include "session/proxycontrol.h"

#include "proxyengine_p.h"
#include "runningscripts_p.h"

#include <tls/authorityfile.h>

#include <QThread>

#include <algorithm>
#include <variant>

namespace headrace::session {

namespace {

constexpr unsigned long stopPatience = 250; // milliseconds; then what a script runs is interrupted

} // namespace

struct ProxyControl::Private
{
    RunningScripts running;
    QThread thread;
    ProxyEngine *engine = nullptr; // of the thread; deleted when it ends
    QString authorityFolder;
    proxy::Settings settings;
    QList<proxy::Breakpoint> breakpoints;
    QList<HeldExchange> held;
    QStringList addresses;
    quint16 port = 0;
    proxy::Counters counters;
    QHash<QString, qint64> matches;
    QList<PassedHost> passedHosts;
    bool isRunning = false;

    QList<HeldExchange>::iterator find(HoldId id)
    {
        return std::find_if(
            held.begin(), held.end(), [id](const HeldExchange &each) { return each.id == id; });
    }

    template <class Function>
    void inEngine(Function function)
    {
        QMetaObject::invokeMethod(engine, std::move(function), Qt::QueuedConnection);
    }
};

ProxyControl::ProxyControl(exchange::Sink &sink, qint64 messageLimit, ScriptOutbox &outbox)
    : d(std::make_unique<Private>())
{
    d->authorityFolder = tls::AuthorityFile::defaultFolder();
    d->thread.setObjectName(QStringLiteral("proxy"));
    d->engine = new ProxyEngine(sink, messageLimit, d->authorityFolder, outbox, d->running);
    d->engine->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->engine, &QObject::deleteLater);
    connect(d->engine, &ProxyEngine::finished, &d->thread, &QThread::quit, Qt::DirectConnection);
    connect(
        d->engine, &ProxyEngine::started, this, [this](const QStringList &addresses, quint16 port) {
            d->isRunning = true;
            d->addresses = addresses;
            d->port = port;
            Q_EMIT started(addresses);
        });
    connect(d->engine, &ProxyEngine::noticed, this, &ProxyControl::noticed);
    connect(d->engine, &ProxyEngine::failed, this, &ProxyControl::failed);
    connect(d->engine, &ProxyEngine::stopped, this, [this] {
        d->isRunning = false;
        d->addresses.clear();
        d->port = 0;
        Q_EMIT stopped();
    });
    connect(d->engine, &ProxyEngine::holdAdded, this, [this](const HeldExchange &hold) {
        d->held.append(hold);
        Q_EMIT holdAdded(hold);
    });
    connect(d->engine, &ProxyEngine::holdChanged, this, [this](const HeldExchange &hold) {
        if (const auto known = d->find(hold.id); known != d->held.end())
            *known = hold;
        Q_EMIT holdChanged(hold);
    });
    connect(d->engine, &ProxyEngine::holdRemoved, this, [this](HoldId id) {
        if (const auto known = d->find(id); known != d->held.end())
            d->held.erase(known);
        Q_EMIT holdRemoved(id);
    });
    connect(d->engine, &ProxyEngine::breakpointsChanged, this,
        [this](const QList<proxy::Breakpoint> &breakpoints) {
            d->breakpoints = breakpoints;
            Q_EMIT breakpointsChanged();
        });
    connect(
        d->engine, &ProxyEngine::passedHostsChanged, this, [this](const QList<PassedHost> &hosts) {
            d->passedHosts = hosts;
            Q_EMIT passedHostsChanged();
        });
    connect(
        d->engine, &ProxyEngine::countersChanged, this, [this](const proxy::Counters &counters) {
            d->counters = counters;
            Q_EMIT countersChanged();
        });
    connect(d->engine, &ProxyEngine::matchesChanged, this,
        [this](const QHash<QString, qint64> &matches) {
            d->matches = matches;
            Q_EMIT matchesChanged();
        });
    d->thread.start();
}

ProxyControl::~ProxyControl()
{
    disconnect(d->engine, nullptr, this, nullptr);
    d->inEngine([engine = d->engine] { engine->shutDown(); });
    while (!d->thread.wait(stopPatience))
        d->running.interruptAll();
}

void ProxyControl::setSettings(const proxy::Settings &settings)
{
    d->settings = settings;
    d->inEngine([engine = d->engine, settings] { engine->setSettings(settings); });
}

proxy::Settings ProxyControl::settings() const { return d->settings; }

void ProxyControl::start()
{
    d->inEngine([engine = d->engine] { engine->start(); });
}

void ProxyControl::stop()
{
    d->inEngine([engine = d->engine] { engine->stop(); });
}

bool ProxyControl::isRunning() const { return d->isRunning; }

QStringList ProxyControl::addresses() const { return d->addresses; }

quint16 ProxyControl::port() const { return d->port; }

void ProxyControl::setRules(const QList<proxy::Rule> &rules)
{
    d->inEngine([engine = d->engine, rules] { engine->setRules(rules); });
}

void ProxyControl::setBreakpoints(const QList<proxy::Breakpoint> &breakpoints)
{
    d->breakpoints = breakpoints;
    d->inEngine([engine = d->engine, breakpoints] { engine->setBreakpoints(breakpoints); });
}

QList<proxy::Breakpoint> ProxyControl::breakpoints() const { return d->breakpoints; }

QList<HeldExchange> ProxyControl::held() const { return d->held; }

void ProxyControl::resume(HoldId id, const proxy::TransitMessage &message)
{
    d->inEngine([engine = d->engine, id, message] { engine->resume(id, message); });
}

void ProxyControl::resume(HoldId id)
{
    d->inEngine([engine = d->engine, id] { engine->resume(id, std::nullopt); });
}

void ProxyControl::resumeAll()
{
    d->inEngine([engine = d->engine] { engine->resumeAll(); });
}

void ProxyControl::drop(HoldId id)
{
    d->inEngine([engine = d->engine, id] { engine->drop(id); });
}

void ProxyControl::answer(HoldId id, const proxy::TransitMessage &response)
{
    d->inEngine([engine = d->engine, id, response] { engine->answer(id, response); });
}

QList<PassedHost> ProxyControl::passedHosts() const
{
    QList<PassedHost> hosts = d->passedHosts;
    hosts.removeIf([now = QDateTime::currentDateTimeUtc()](
                       const PassedHost &host) { return host.until <= now; });
    return hosts;
}

void ProxyControl::interceptAgain(const QString &host, quint16 port)
{
    d->inEngine([engine = d->engine, host, port] { engine->interceptAgain(host, port); });
}

void ProxyControl::interceptAllAgain()
{
    d->inEngine([engine = d->engine] { engine->interceptAllAgain(); });
}

proxy::Counters ProxyControl::counters() const { return d->counters; }

QHash<QString, qint64> ProxyControl::matches() const { return d->matches; }

QString ProxyControl::authorityFolder() const { return d->authorityFolder; }

} // namespace headrace::session

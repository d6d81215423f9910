#include "proxyengine_p.h"

#include <tls/authorityfile.h>
#include <tls/certificateauthority.h>

#include <utility>

namespace headrace::session {

namespace {

using namespace std::chrono_literals;

constexpr auto tellInterval = 100ms;

} // namespace

ProxyEngine::ProxyEngine(exchange::Sink &sink, qint64 messageLimit, const QString &authorityFolder,
    ScriptOutbox &outbox, RunningScripts &running)
    : m_sink(sink)
    , m_messageLimit(messageLimit)
    , m_authorityFolder(authorityFolder)
    , m_scripts({ outbox, running }, this)
    , m_rules(&m_scripts)
    , m_tellTimer(this)
{
    m_tellTimer.setSingleShot(true);
    m_tellTimer.setInterval(tellInterval);
    connect(&m_tellTimer, &QTimer::timeout, this, &ProxyEngine::tell);
    const auto tellLater = [this] {
        if (!m_tellTimer.isActive())
            m_tellTimer.start();
    };
    m_rules.setMatchListener([this, tellLater] {
        m_areMatchesChanged = true;
        tellLater();
    });
    proxy::Breakpoints::Listener listener;
    listener.added = [this](const proxy::Hold &hold) { Q_EMIT holdAdded(hold); };
    listener.changed = [this](const proxy::Hold &hold) { Q_EMIT holdChanged(hold); };
    listener.removed = [this](proxy::HoldId id) { Q_EMIT holdRemoved(id); };
    listener.breakpointsChanged
        = [this] { Q_EMIT breakpointsChanged(m_breakpoints.breakpoints()); };
    m_breakpoints.setListener(listener);
}

ProxyEngine::~ProxyEngine() = default;

void ProxyEngine::make()
{
    if (m_server)
        return;
    m_server = std::make_unique<proxy::ProxyServer>(m_sink, m_messageLimit);
    connect(m_server.get(), &proxy::ProxyServer::countersChanged, this, [this] {
        if (!m_tellTimer.isActive())
            m_tellTimer.start();
    });
    connect(m_server.get(), &proxy::ProxyServer::passedHostsChanged, this,
        [this] { Q_EMIT passedHostsChanged(m_server->passedHosts()); });
    settleInterceptors();
    m_server->setSettings(m_settings);
    tls::TlsError error;
    if (auto authority = tls::AuthorityFile(m_authorityFolder).open(&error))
        m_server->setAuthority(std::move(authority));
    else
        Q_EMIT noticed(QStringLiteral("TLS passes through unseen: %1").arg(error.message));
}

/// Who has nothing to do is not asked: then heads need not be taken apart.
void ProxyEngine::settleInterceptors()
{
    if (!m_server)
        return;
    std::vector<proxy::Interceptor *> interceptors;
    if (!m_rules.rules().isEmpty())
        interceptors.push_back(&m_rules);
    if (!m_breakpoints.breakpoints().isEmpty())
        interceptors.push_back(&m_breakpoints);
    m_server->setInterceptors(std::move(interceptors));
}

void ProxyEngine::setSettings(const proxy::Settings &settings)
{
    m_settings = settings;
    if (m_server)
        m_server->setSettings(settings);
}

void ProxyEngine::start()
{
    make();
    QStringList notices;
    if (const http::Error error = m_server->start(&notices)) {
        Q_EMIT failed(QString(wire::name(error.code)), error.message);
        return;
    }
    Q_EMIT started(m_server->addresses(), m_server->port());
    for (const QString &notice : std::as_const(notices))
        Q_EMIT noticed(notice);
}

void ProxyEngine::stop()
{
    if (!m_server || !m_server->isRunning())
        return;
    m_server->stop();
    tell();
    Q_EMIT stopped();
}

void ProxyEngine::shutDown()
{
    if (m_server)
        m_server->stop();
    m_server.reset();
    Q_EMIT finished();
}

void ProxyEngine::setRules(const QList<proxy::Rule> &rules)
{
    m_rules.setRules(rules);
    m_scripts.setRules(rules);
    settleInterceptors();
}

void ProxyEngine::setBreakpoints(const QList<proxy::Breakpoint> &breakpoints)
{
    m_breakpoints.setBreakpoints(breakpoints);
    settleInterceptors();
}

void ProxyEngine::resume(proxy::HoldId id, const std::optional<proxy::TransitMessage> &message)
{
    m_breakpoints.resume(id, message);
}

void ProxyEngine::resumeAll() { m_breakpoints.resumeAll(); }

void ProxyEngine::drop(proxy::HoldId id) { m_breakpoints.drop(id); }

void ProxyEngine::answer(proxy::HoldId id, const proxy::TransitMessage &response)
{
    m_breakpoints.answer(id, response);
}

void ProxyEngine::interceptAgain(const QString &host, quint16 port)
{
    if (m_server)
        m_server->forgetRefusals(host, port);
}

void ProxyEngine::interceptAllAgain()
{
    if (m_server)
        m_server->forgetRefusals();
}

void ProxyEngine::tell()
{
    m_tellTimer.stop();
    if (!m_server)
        return;
    proxy::Counters counters = m_server->counters();
    counters.held = m_breakpoints.held().size();
    if (counters != m_told) {
        m_told = counters;
        Q_EMIT countersChanged(counters);
    }
    if (std::exchange(m_areMatchesChanged, false))
        Q_EMIT matchesChanged(m_rules.matches());
}

} // namespace headrace::session

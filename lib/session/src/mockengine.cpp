#include "mockengine_p.h"

#include <http/ticks.h>
#include <wire/errorcode.h>

namespace headrace::session {

namespace {

constexpr std::chrono::seconds memoryInterval { 1 };
constexpr std::chrono::seconds shutDownTimeout { 1 };

} // namespace

MockEngine::MockEngine(
    exchange::Sink &sink, qint64 messageLimit, ScriptOutbox &outbox, RunningScripts &running)
    : m_recorder(sink, exchange::Source::Mock)
    , m_routeScripts({ outbox, running, &m_recorder }, this)
    , m_program({ outbox, running, &m_recorder }, this)
    , m_memoryTimer(this)
{
    m_recorder.setMessageLimit(messageLimit);
    m_memoryTimer.setInterval(memoryInterval);
    connect(&m_memoryTimer, &QTimer::timeout, this, &MockEngine::measure);
    connect(&m_program, &ScriptProgram::listening, this, [this](quint16 port) {
        setPorts(m_ports + QList<quint16> { port });
        measure();
    });
    connect(&m_program, &ScriptProgram::restarted, this, [this] { setPorts({}); });
    connect(&m_program, &ScriptProgram::finished, this, [this](int exitCode) {
        setPorts({});
        Q_EMIT programEnded(exitCode);
        onStopped();
    });
}

MockEngine::~MockEngine()
{
    m_server.reset();
    m_routeScripts.clear();
    m_recorder.endAll();
}

void MockEngine::setDefinition(const mock::Definition &definition)
{
    m_definition = definition;
    m_routeScripts.setDefinition(definition.isScripted ? mock::Definition() : definition);
    if (m_server)
        m_server->setDefinition(definition);
}

void MockEngine::start(quint16 port)
{
    const http::IoScope scope;
    m_memoryTimer.start();
    if (m_definition.isScripted) {
        Q_EMIT started(0);
        m_program.start(m_definition.script, port);
    } else {
        startServer(port);
    }
}

void MockEngine::startServer(quint16 port)
{
    if (!m_server) {
        m_server = std::make_unique<mock::MockServer>();
        m_server->setObserver(&m_recorder);
        m_server->setHandler(&m_routeScripts);
        m_server->setDefinition(m_definition);
        connect(m_server.get(), &mock::MockServer::started, this, &MockEngine::started);
        connect(m_server.get(), &mock::MockServer::stopped, this, &MockEngine::onStopped);
        connect(m_server.get(), &mock::MockServer::failed, this, [this](const http::Error &error) {
            Q_EMIT failed(QString(wire::name(error.code)), error.message);
        });
    }
    m_server->listen(port);
}

void MockEngine::stop()
{
    const http::IoScope scope;
    if (m_program.isRunning())
        m_program.stop();
    else if (m_server)
        m_server->stop();
    else
        onStopped();
}

void MockEngine::onStopped()
{
    m_routeScripts.clear();
    m_routeScripts.setDefinition(m_definition.isScripted ? mock::Definition() : m_definition);
    m_memoryTimer.stop();
    measure();
    Q_EMIT stopped();
    if (m_isShuttingDown)
        Q_EMIT finished();
}

void MockEngine::setPorts(const QList<quint16> &ports)
{
    if (ports == m_ports)
        return;
    m_ports = ports;
    Q_EMIT portsChanged(ports);
}

void MockEngine::measure()
{
    const qint64 octets = qMax(m_program.memoryOctets(), m_routeScripts.memoryOctets());
    if (octets == m_memoryOctets)
        return;
    m_memoryOctets = octets;
    Q_EMIT memoryChanged(octets);
}

bool MockEngine::isServing() const
{
    return m_program.isRunning() || (m_server && m_server->isListening());
}

void MockEngine::shutDown()
{
    const http::IoScope scope;
    m_isShuttingDown = true;
    QTimer::singleShot(shutDownTimeout, this, &MockEngine::finished);
    if (isServing())
        stop();
    else
        QMetaObject::invokeMethod(this, &MockEngine::finished, Qt::QueuedConnection);
}

} // namespace headrace::session

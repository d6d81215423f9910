#include "scriptprogram_p.h"

#include <QFileInfo>

namespace headrace::session {

ScriptProgram::ScriptProgram(const ScriptHost::Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_surroundings(surroundings)
    , m_files(this)
{
    connect(&m_files, &FileWatch::changed, this, &ScriptProgram::onFileChanged);
}

ScriptProgram::~ScriptProgram() = default;

void ScriptProgram::start(const mock::Script &script, quint16 port)
{
    m_script = script;
    m_port = port;
    m_isReloaded = false;
    m_files.setFiles(
        script.file.isEmpty() || script.source ? QStringList() : QStringList { script.file });
    run();
}

// The text that an editor holds is not what is on the disk.
void ScriptProgram::watch(const QString &path)
{
    if (isWatchable(path) && !(m_script.source && path == m_script.file))
        m_files.add(path);
}

void ScriptProgram::run()
{
    script::ProgramOptions options;
    options.environment = { { QStringLiteral("PORT"), QString::number(m_port) } };
    m_host = std::make_unique<ScriptHost>(m_script, QString(), std::move(options), m_surroundings);
    connect(&m_host->runtime(), &script::Runtime::serverListening, this, [this](quint16 port) {
        if (port != 0)
            Q_EMIT listening(port);
    });
    connect(&m_host->runtime(), &script::Runtime::fileLoaded, this,
        [this](const QString &path) { watch(path); });
    connect(&m_host->runtime(), &script::Runtime::finished, this, &ScriptProgram::onFinished);
    m_host->note(m_isReloaded ? QStringLiteral("Started anew") : QStringLiteral("Started"));
    m_host->runtime().start();
}

void ScriptProgram::stop()
{
    if (!m_host)
        return;
    m_isStopping = true;
    m_host->runtime().stop();
    m_isStopping = false;
    end(QStringLiteral("Stopped"), 0);
}

void ScriptProgram::onFileChanged(const QString &path)
{
    if (!m_host)
        return;
    m_host->note(QStringLiteral("%1 has changed").arg(QFileInfo(path).fileName()));
    m_isStopping = true;
    m_host->runtime().stop();
    m_isStopping = false;
    m_isReloaded = true;
    Q_EMIT restarted();
    run();
}

void ScriptProgram::onFinished(int exitCode)
{
    if (m_isStopping)
        return;
    if (m_isReloaded && exitCode != 0) {
        m_host->note(QStringLiteral("Ended with exit code %1; waits until %2 changes")
                         .arg(exitCode)
                         .arg(QFileInfo(m_script.file).fileName()));
        Q_EMIT restarted();
        return;
    }
    end(QStringLiteral("Ended with exit code %1").arg(exitCode), exitCode);
}

// Later, because the runtime may be calling.
void ScriptProgram::end(const QString &note, int exitCode)
{
    m_host->note(note);
    m_files.setFiles({});
    m_host.release()->deleteLater();
    Q_EMIT finished(exitCode);
}

bool ScriptProgram::isRunning() const { return m_host != nullptr; }

qint64 ScriptProgram::memoryOctets() const { return m_host ? m_host->runtime().memoryOctets() : 0; }

} // namespace headrace::session

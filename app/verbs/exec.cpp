#include "verbs/exec.h"

#include "verbs/exchangelines.h"
#include "verbs/execoptions.h"
#include "verbs/output.h"
#include "verbs/recordfile.h"
#include "verbs/signalwatch.h"

#include <exchange/filter.h>
#include <proxy/rulefile.h>
#include <session/proxyaccess.h>
#include <session/proxycontrol.h>
#include <session/session.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <optional>

namespace headrace::app {

using session::ProxyControl;

namespace {

using namespace std::chrono_literals;

constexpr int ExitCannotRun = 126; // as shells have it
constexpr int ExitNotFound = 127;
constexpr int SignalBase = 128;
constexpr auto Farewell = 3s; // for what goes on in the proxy when the command is over

/// The terminal sends its signals to the command by itself.
bool isInForeground()
{
    const int terminal = ::open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return false;
    const bool isOurs = ::tcgetpgrp(terminal) == ::getpgrp();
    ::close(terminal);
    return isOurs;
}

class ExecRun : public QObject
{
public:
    ExecRun(const ExecOptions &options, const exchange::Filter &filter)
        : m_options(options)
        , m_filter(filter)
    {
        if (options.proxy.record.isEmpty())
            m_session.emplace();
        else
            m_session.emplace(m_state.path());
    }

    int run()
    {
        if (!m_options.proxy.record.isEmpty()) {
            const QString problem = recordInto(m_session->files(), m_options.proxy.record);
            if (!problem.isEmpty()) {
                complain(problem);
                return ExitFailure;
            }
        }
        if (!m_options.proxy.rules.isEmpty() && !readRules())
            return ExitFailure;
        m_lines.emplace(m_session->store(), m_filter,
            m_options.proxy.record.isEmpty() ? ExchangeLines::Keeps::Nothing
                                             : ExchangeLines::Keeps::Matches,
            [this](const QString &line) {
                if (m_options.isVerbose)
                    QTextStream(stderr) << line << '\n';
            });
        ProxyControl *proxy = m_session->proxy();
        connect(proxy, &ProxyControl::started, this, [this] { startCommand(); });
        connect(proxy, &ProxyControl::failed, this, [](const QString &, const QString &message) {
            complain(message);
            QCoreApplication::exit(ExitFailure);
        });
        connect(proxy, &ProxyControl::stopped, this, [this] {
            m_lines->take(m_session->store()->ids());
            QCoreApplication::exit(m_exitCode);
        });
        for (const int number : { SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2 })
            m_signals.watch(number);
        connect(&m_signals, &SignalWatch::arrived, this, [this](int number) { forward(number); });
        proxy->setSettings(m_options.proxy.settings);
        proxy->start();
        return QCoreApplication::exec();
    }

private:
    bool readRules()
    {
        const QString &path = m_options.proxy.rules;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            complain(QStringLiteral("%1: %2").arg(path, file.errorString()));
            return false;
        }
        const proxy::RuleFileResult read
            = proxy::readRules(file.readAll(), QFileInfo(path).absolutePath());
        for (const QList<proxy::RuleFileNote> &notes : { read.problems, read.remarks }) {
            for (const proxy::RuleFileNote &note : notes)
                complain(note.line > 0
                        ? QStringLiteral("%1:%2: %3").arg(path).arg(note.line).arg(note.message)
                        : QStringLiteral("%1: %2").arg(path, note.message));
        }
        if (read.file)
            m_session->proxy()->setRules(read.file->rules);
        return read.file.has_value();
    }

    void startCommand()
    {
        ProxyControl *proxy = m_session->proxy();
        QString problem;
        const auto trust = session::makeTrustFiles(
            proxy->authorityFolder(), qEnvironmentVariable("SSL_CERT_FILE"), &problem);
        if (!trust) {
            complain(problem);
            end(ExitFailure);
            return;
        }
        session::ProxyAccess access;
        access.port = proxy->port();
        access.trust = *trust;
        m_process.setProcessEnvironment(
            session::environmentThrough(access, QProcessEnvironment::systemEnvironment()));
        m_process.setProgram(m_options.command.constFirst());
        m_process.setArguments(m_options.command.sliced(1));
        m_process.setProcessChannelMode(QProcess::ForwardedChannels);
        m_process.setInputChannelMode(QProcess::ForwardedInputChannel);
        connect(&m_process, &QProcess::finished, this,
            [this](int exitCode, QProcess::ExitStatus status) {
                // Of a process that was ended by a signal, Qt tells its number here.
                end(status == QProcess::CrashExit ? SignalBase + exitCode : exitCode);
            });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error != QProcess::FailedToStart)
                return;
            const QString program = m_process.program();
            const bool isThere = program.contains(u'/')
                ? QFileInfo::exists(program)
                : !QStandardPaths::findExecutable(program).isEmpty();
            complain(isThere ? QStringLiteral("%1: %2").arg(program, m_process.errorString())
                             : QStringLiteral("%1: no such command").arg(program));
            end(isThere ? ExitCannotRun : ExitNotFound);
        });
        m_process.start();
    }

    void forward(int number)
    {
        const bool isOfTerminal = number == SIGINT || number == SIGQUIT;
        // While it starts, it may run already.
        if (m_process.state() != QProcess::NotRunning && m_process.processId() > 0) {
            if (!isOfTerminal || !isInForeground())
                ::kill(pid_t(m_process.processId()), number);
        } else if (!m_isEnding && number != SIGUSR1 && number != SIGUSR2) {
            end(SignalBase + number);
        }
    }

    // What goes on is recorded to its end, if that comes soon.
    void end(int exitCode)
    {
        m_isEnding = true;
        m_exitCode = exitCode;
        m_session->proxy()->stop();
        QTimer::singleShot(Farewell, this, [exitCode] { QCoreApplication::exit(exitCode); });
    }

    ExecOptions m_options;
    exchange::Filter m_filter;
    QTemporaryDir m_state;
    std::optional<session::Session> m_session;
    std::optional<ExchangeLines> m_lines;
    QProcess m_process;
    SignalWatch m_signals { SignalWatch::Nothing() };
    int m_exitCode = 0;
    bool m_isEnding = false;
};

} // namespace

int runExec(const QStringList &arguments)
{
    const ExecOptions options = parseExecOptions(arguments);
    if (!options.error.isEmpty())
        return complainOfUsage(QStringLiteral("exec"), options.error);
    if (options.wantsHelp) {
        Output().write(execHelp().toUtf8());
        return ExitSuccess;
    }
    const exchange::ParsedFilter filter = exchange::parseFilter(options.proxy.filter);
    if (filter.error) {
        complain(QStringLiteral("--filter: %1").arg(filter.error->message));
        return ExitUsage;
    }
    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    QCoreApplication application(count, values);
    return ExecRun(options, filter.filter).run();
}

} // namespace headrace::app

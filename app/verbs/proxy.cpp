#include "verbs/proxy.h"

#include "verbs/descriptorlimit.h"
#include "verbs/exchangelines.h"
#include "verbs/output.h"
#include "verbs/proxyoptions.h"
#include "verbs/recordfile.h"
#include "verbs/scriptlines.h"
#include "verbs/signalwatch.h"

#include <exchange/filter.h>
#include <exchange/store.h>
#include <proxy/rulefile.h>
#include <session/filewatch.h>
#include <session/proxycontrol.h>
#include <session/session.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <optional>

namespace headrace::app {

namespace {

/// What the window runs as its proxy, with lines in the place of views.
class ProxyRun
{
public:
    ProxyRun(const ProxyOptions &options, const exchange::Filter &filter)
        : m_options(options)
        , m_filter(filter)
    {
        if (options.record.isEmpty())
            m_session.emplace();
        else
            m_session.emplace(m_state.path());
    }

    int run()
    {
        using session::ProxyControl;
        if (!m_options.record.isEmpty()) {
            QFile file(m_options.record); // an empty one is a new session
            if (!file.open(QIODevice::ReadWrite)) {
                complain(QStringLiteral("%1: %2").arg(m_options.record, file.errorString()));
                return ExitFailure;
            }
            file.close();
            const QString problem = recordInto(m_session->files(), m_options.record);
            if (!problem.isEmpty()) {
                complain(problem);
                return ExitFailure;
            }
        }
        if (!m_options.rules.isEmpty()) {
            if (!readRules())
                return ExitFailure;
            m_ruleWatch.setFiles({ QFileInfo(m_options.rules).absoluteFilePath() });
            QObject::connect(
                &m_ruleWatch, &session::FileWatch::changed, &m_ruleWatch, [this] { readRules(); });
        }
        ProxyControl *proxy = m_session->proxy();
        QObject::connect(
            proxy, &ProxyControl::started, proxy, [this](const QStringList &addresses) {
                for (const QString &address : addresses)
                    m_output.writeLine(QStringLiteral("proxy on http://%1").arg(address));
            });
        QObject::connect(
            proxy, &ProxyControl::noticed, proxy, [](const QString &text) { complain(text); });
        QObject::connect(
            proxy, &ProxyControl::failed, proxy, [](const QString &, const QString &message) {
                complain(message);
                QCoreApplication::exit(ExitFailure);
            });
        QObject::connect(proxy, &ProxyControl::stopped, proxy, [this] {
            if (m_lines)
                m_lines->take(m_session->store()->ids());
            QCoreApplication::exit(ExitSuccess);
        });
        QObject::connect(&*m_session, &session::Session::scriptMessages, proxy,
            [this](const QList<session::ScriptMessage> &messages) {
                for (const session::ScriptMessage &message : messages)
                    tellScript(message, m_output);
            });
        QObject::connect(&m_signals, &SignalWatch::stopRequested, proxy, &ProxyControl::stop);
        const bool keepsAll = !m_options.record.isEmpty() && m_options.filter.isEmpty();
        if (!m_options.isQuiet || !keepsAll) // else nobody has to look at what is recorded
            m_lines.emplace(m_session->store(), m_filter,
                m_options.record.isEmpty() ? ExchangeLines::Keeps::Nothing
                                           : ExchangeLines::Keeps::Matches,
                [this](const QString &line) {
                    if (!m_options.isQuiet)
                        m_output.writeLine(line);
                });
        proxy->setSettings(m_options.settings);
        proxy->start();
        return QCoreApplication::exec();
    }

private:
    /// False after saying why: the rules stay as they were.
    bool readRules()
    {
        QFile file(m_options.rules);
        if (!file.open(QIODevice::ReadOnly)) {
            complain(QStringLiteral("%1: %2").arg(m_options.rules, file.errorString()));
            return false;
        }
        const proxy::RuleFileResult read
            = proxy::readRules(file.readAll(), QFileInfo(m_options.rules).absolutePath());
        for (const QList<proxy::RuleFileNote> &notes : { read.problems, read.remarks }) {
            for (const proxy::RuleFileNote &note : notes) {
                const QString place = note.line > 0
                    ? m_options.rules + u':' + QString::number(note.line)
                    : m_options.rules;
                complain(place + QLatin1String(": ") + note.message);
            }
        }
        if (!read.file)
            return false;
        m_session->proxy()->setRules(read.file->rules);
        m_session->proxy()->setBreakpoints({}); // there is nobody who could let them go on
        if (!read.file->breakpoints.isEmpty())
            complain(QStringLiteral("%1: breakpoints are the window's; they do not hold here")
                         .arg(m_options.rules));
        return true;
    }

    ProxyOptions m_options;
    exchange::Filter m_filter;
    QTemporaryDir m_state;
    std::optional<session::Session> m_session;
    session::FileWatch m_ruleWatch;
    SignalWatch m_signals;
    Output m_output;
    std::optional<ExchangeLines> m_lines;
};

} // namespace

int runProxy(const QStringList &arguments)
{
    const ProxyOptions options = parseProxyOptions(arguments);
    if (!options.error.isEmpty())
        return complainOfUsage(QStringLiteral("proxy"), options.error);
    if (options.wantsHelp) {
        Output().write(proxyHelp().toUtf8());
        return ExitSuccess;
    }
    const exchange::ParsedFilter filter = exchange::parseFilter(options.filter);
    if (filter.error) {
        complain(QStringLiteral("--filter: %1").arg(filter.error->message));
        return ExitUsage;
    }
    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    raiseDescriptorLimit();
    QCoreApplication application(count, values);
    return ProxyRun(options, filter.filter).run();
}

} // namespace headrace::app

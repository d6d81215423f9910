#include "verbs/proxy.h"

#include "verbs/output.h"
#include "verbs/proxyoptions.h"
#include "verbs/signalwatch.h"

#include <exchange/filter.h>
#include <exchange/filtermatcher.h>
#include <exchange/store.h>
#include <proxy/rulefile.h>
#include <session/filewatch.h>
#include <session/proxycontrol.h>
#include <session/session.h>
#include <session/sessionfiles.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <optional>

namespace headrace::app {

namespace {

QString lineOf(const exchange::Summary &summary)
{
    const QString outcome
        = summary.errorCode.isEmpty() ? QString::number(summary.statusCode) : summary.errorCode;
    QString url = summary.target;
    if (summary.method != u"CONNECT" && url.startsWith(u'/'))
        url = summary.scheme + QLatin1String("://") + summary.host + url;
    return QStringLiteral("%1  %2 %3  %4  %5 B  %6 ms")
        .arg(summary.began.toString(QStringLiteral("HH:mm:ss.zzz")),
            summary.method.isEmpty() ? QStringLiteral("-") : summary.method,
            url.isEmpty() ? QStringLiteral("-") : url, outcome,
            QString::number(summary.responseBodyOctets),
            QString::number(double(summary.duration) / 1000.0, 'f', 3));
}

/// What the window runs as its proxy, with lines in the place of views.
class ProxyRun
{
public:
    ProxyRun(const ProxyOptions &options, const exchange::Filter &filter)
        : m_options(options)
        , m_matcher(filter)
        , m_isFiltered(!options.filter.isEmpty())
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
            const QString problem = m_session->files()->open(m_options.record);
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
            tellExchanges(m_session->store()->ids());
            QCoreApplication::exit(ExitSuccess);
        });
        QObject::connect(&m_signals, &SignalWatch::stopRequested, proxy, &ProxyControl::stop);
        const auto tellEnded
            = [this](const QList<exchange::ExchangeId> &ids) { tellExchanges(ids); };
        exchange::Store *store = m_session->store();
        QObject::connect(store, &exchange::Store::added, store, tellEnded);
        QObject::connect(store, &exchange::Store::changed, store, tellEnded);
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

    // Each once, when it is over; then, unless it is recorded, nobody needs it any more.
    void tellExchanges(const QList<exchange::ExchangeId> &ids)
    {
        const bool isRecorded = !m_options.record.isEmpty();
        exchange::Store *store = m_session->store();
        QList<exchange::ExchangeId> gone;
        QList<exchange::ExchangeId> inOrder = ids;
        std::sort(inOrder.begin(), inOrder.end());
        for (const exchange::Summary &summary : store->summaries(inOrder)) {
            if (summary.state == exchange::State::Active || summary.id <= m_lastTold
                || m_told.contains(summary.id))
                continue;
            bool matches = true;
            if (m_isFiltered) {
                const std::optional<exchange::Exchange> exchange = store->exchange(summary.id);
                matches = exchange && m_matcher.matches(*exchange);
            }
            if (matches && !m_options.isQuiet)
                m_output.writeLine(lineOf(summary));
            if (!isRecorded || !matches)
                gone.append(summary.id);
            else
                noteTold(summary.id);
        }
        if (!gone.isEmpty())
            store->remove(gone);
    }

    /// Ids ascend, so those below the first that goes on need not be kept.
    void noteTold(exchange::ExchangeId id)
    {
        m_told.insert(id);
        while (m_told.remove(m_lastTold + 1))
            ++m_lastTold;
    }

    ProxyOptions m_options;
    exchange::FilterMatcher m_matcher;
    bool m_isFiltered;
    QTemporaryDir m_state;
    std::optional<session::Session> m_session;
    session::FileWatch m_ruleWatch;
    SignalWatch m_signals;
    Output m_output;
    QSet<exchange::ExchangeId> m_told;
    exchange::ExchangeId m_lastTold = 0;
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
    QCoreApplication application(count, values);
    return ProxyRun(options, filter.filter).run();
}

} // namespace headrace::app

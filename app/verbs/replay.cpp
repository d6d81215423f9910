#include "verbs/replay.h"

#include "verbs/findin.h"
#include "verbs/output.h"
#include "verbs/replayarguments.h"
#include "verbs/signalwatch.h"

#include <exchange/recorder.h>
#include <store/exchangestore.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>

#include <limits>
#include <optional>

namespace headrace::app {

using exchange::ExchangeId;
using exchange::Summary;
using session::Replay;
using session::ReplayItem;
using Bodies = ReplayItem::Bodies;

namespace {

constexpr const char *Help
    = "Usage: headrace replay [OPTION...] FILE.headrace\n"
      "Sends the requests of a session again, octet for octet, and adds the new exchanges to it. "
      "Prints one\n"
      "line for each: number, method, URL, status or error, octets of the answer's body, "
      "duration.\n"
      "\n"
      "  --filter TEXT   only those that match, as in the window\n"
      "  --parallel N    so many at once; default: one after the other\n"
      "  --timing        with the recorded gaps between requests, and between the chunks of their "
      "bodies\n"
      "  --to URL        to this origin (scheme, host, port) instead of the recorded ones\n"
      "  --keep-host     with --to: the Host header stays as it was\n"
      "  --timeout S     seconds without traffic until a request is given up, 0: none; default: "
      "30\n"
      "  -k              takes any certificate\n"
      "  --compare       says how each answer differs from the recorded one\n"
      "  -h, --help      this text\n"
      "\n"
      "Exit status: 0 done; 1 a request failed or was not sent, with --compare also: an answer "
      "differs,\n"
      "or the file cannot be used; 2 the arguments are wrong.\n";

QString statusOf(const Summary &summary)
{
    if (summary.state != exchange::State::Complete && !summary.errorCode.isEmpty())
        return summary.errorCode;
    return summary.state == exchange::State::Canceled ? QStringLiteral("canceled")
                                                      : QString::number(summary.statusCode);
}

QString millisecondsOf(const Summary &summary)
{
    return QStringLiteral("%1 ms").arg(double(summary.duration) / 1000, 0, 'f', 3);
}

/// Prints what comes of a replay, and keeps in mind how it went.
class Report
{
public:
    Report(const store::ExchangeStore &store, bool compares)
        : m_store(store)
        , m_compares(compares)
    {
    }

    void tell(const ReplayItem &item)
    {
        if (item.state == ReplayItem::State::Done)
            tellAnswer(item);
        else if (item.state == ReplayItem::State::Skipped)
            tellSkipped(item);
    }

    bool isGood() const { return m_isGood; }

private:
    QString beginOf(const std::optional<Summary> &recorded, ExchangeId id) const
    {
        const Summary summary = recorded.value_or(Summary());
        const bool isAbsolute = !summary.target.startsWith(u'/') && summary.target != u"*";
        return QStringLiteral("#%1  %2 %3")
            .arg(id)
            .arg(summary.method,
                isAbsolute
                    ? summary.target
                    : summary.scheme + QStringLiteral("://") + summary.host + summary.target);
    }

    void tellSkipped(const ReplayItem &item)
    {
        m_isGood = false;
        m_output.writeLine(beginOf(m_store.summary(item.recorded), item.recorded)
            + QStringLiteral("  not sent: ") + item.problem);
    }

    void tellAnswer(const ReplayItem &item)
    {
        const std::optional<Summary> recorded = m_store.summary(item.recorded);
        const std::optional<Summary> replayed = m_store.summary(item.replayed);
        if (!recorded || !replayed)
            return;
        const bool hasFailed = replayed->state != exchange::State::Complete
            && (!m_compares || recorded->state == exchange::State::Complete);
        m_isGood = m_isGood && !hasFailed;
        QString line = beginOf(recorded, item.recorded)
            + QStringLiteral("  %1  %2 B  %3")
                  .arg(statusOf(*replayed))
                  .arg(replayed->responseBodyOctets)
                  .arg(millisecondsOf(*replayed));
        if (m_compares)
            line += QStringLiteral("  ") + differenceOf(item, *recorded, *replayed);
        m_output.writeLine(line);
    }

    QString differenceOf(const ReplayItem &item, const Summary &recorded, const Summary &replayed)
    {
        QStringList differences;
        if (statusOf(recorded) != statusOf(replayed))
            differences += QStringLiteral("was %1").arg(statusOf(recorded));
        if (recorded.responseBodyOctets != replayed.responseBodyOctets)
            differences += QStringLiteral("was %1 B").arg(recorded.responseBodyOctets);
        else if (item.bodies == Bodies::Different)
            differences += QStringLiteral("other body");
        if (differences.isEmpty())
            return item.bodies == Bodies::Same ? QStringLiteral("same")
                                               : QStringLiteral("same, but for the body");
        m_isGood = false;
        return differences.join(QStringLiteral(", "));
    }

    const store::ExchangeStore &m_store;
    bool m_compares;
    bool m_isGood = true;
    Output m_output;
};

} // namespace

int runReplay(const QStringList &arguments)
{
    const ReplayArguments asked = parseReplayArguments(arguments);
    if (asked.wantsHelp) {
        Output().write(Help);
        return ExitSuccess;
    }
    if (!asked.error.isEmpty())
        return complainOfUsage(QStringLiteral("replay"), asked.error);
    const exchange::ParsedFilter filter = exchange::parseFilter(asked.filter);
    if (filter.error)
        return complainOfUsage(QStringLiteral("replay"), filter.error->message);
    if (!QFileInfo(asked.file).isFile()) {
        complain(QStringLiteral("%1: no such file").arg(asked.file));
        return ExitFailure;
    }

    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    const QCoreApplication application(count, values);
    store::ExchangeStore store;
    if (const store::FileError failure = store.open(asked.file)) {
        complain(failure.message);
        return ExitFailure;
    }
    const std::optional<QList<ExchangeId>> ids = findIn(store, filter.filter);
    if (!ids)
        return ExitFailure;
    if (ids->isEmpty()) {
        complain(QStringLiteral("no exchange matches"));
        return ExitFailure;
    }

    Report report(store, asked.compares);
    Replay replay(store, store, std::numeric_limits<qint64>::max()); // it goes to disk
    SignalWatch signal;
    QEventLoop loop;
    QObject::connect(&replay, &Replay::itemChanged, &loop,
        [&](int index) { report.tell(replay.items().at(index)); });
    QObject::connect(&replay, &Replay::finished, &loop, &QEventLoop::quit);
    QObject::connect(&signal, &SignalWatch::stopRequested, &replay, &Replay::cancel);
    bool isCanceled = false;
    QObject::connect(
        &signal, &SignalWatch::stopRequested, &loop, [&isCanceled] { isCanceled = true; });
    replay.start(*ids, asked.options);
    loop.exec();
    return report.isGood() && !isCanceled ? ExitSuccess : ExitFailure;
}

} // namespace headrace::app

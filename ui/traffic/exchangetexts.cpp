#include "traffic/exchangetexts.h"

#include "shell/format.h"

#include <exchange/summarytext.h>

#include <QDir>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::Octets;
using exchange::Summary;

namespace {

constexpr int Request = -1;
constexpr qsizetype MostCopied = qsizetype(64) * 1024 * 1024; // A clipboard is no place for more.

/// Calls \a take for each, in order, until it says false. No more than a page of them is in memory.
template <class Take>
void eachSummary(const exchange::Store &store, const QList<ExchangeId> &ids, Take take)
{
    constexpr qsizetype Page = 500;
    for (qsizetype first = 0; first < ids.size(); first += Page) {
        const QList<Summary> summaries = store.summaries(ids.mid(first, Page));
        for (const Summary &summary : summaries) {
            if (!take(summary))
                return;
        }
    }
}

} // namespace

QString urlsOf(const exchange::Store &store, const QList<ExchangeId> &ids)
{
    QString text;
    eachSummary(store, ids, [&text](const Summary &summary) {
        if (!text.isEmpty())
            text += u'\n';
        text += exchange::urlOf(summary);
        return text.size() < MostCopied;
    });
    return text;
}

QList<BodySaver::Job> saveJobs(
    const exchange::Store &store, const QList<ExchangeId> &ids, int message, const QDir &folder)
{
    QList<BodySaver::Job> jobs;
    eachSummary(store, ids, [&](const Summary &summary) {
        const QString name = BodySaver::fileName(summary, message == Request);
        jobs.append({ summary.id, message,
            folder.filePath(QStringLiteral("%1-%2").arg(QString::number(summary.id), name)) });
        return true;
    });
    return jobs;
}

QString rawTextOf(const exchange::Store &store, const QList<ExchangeId> &ids, int message)
{
    QByteArray all;
    for (const ExchangeId id : ids)
        store.readOctets(id, message, [&all](const Octets &piece) {
            all += piece.octets;
            return all.size() < MostCopied;
        });
    return displayText(all);
}

QString codeOf(
    const exchange::Store &store, const QList<ExchangeId> &ids, formats::CodeTarget target)
{
    QString text;
    for (const ExchangeId id : ids) {
        const auto exchange = store.exchange(id, MostCopied);
        if (!exchange)
            continue;
        if (!text.isEmpty())
            text += u'\n';
        text += displayText(formats::writeCode(formats::requestOf(*exchange), target)).trimmed();
        text += u'\n';
        if (text.size() >= MostCopied)
            break;
    }
    return text;
}

} // namespace headrace::ui

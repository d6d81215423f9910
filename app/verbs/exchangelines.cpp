#include "verbs/exchangelines.h"

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

} // namespace

ExchangeLines::ExchangeLines(exchange::Store *store, const exchange::Filter &filter, Keeps keeps,
    std::function<void(const QString &)> tell, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_matcher(filter)
    , m_isFiltered(filter != exchange::Filter())
    , m_keeps(keeps)
    , m_tell(std::move(tell))
{
    connect(store, &exchange::Store::added, this, &ExchangeLines::take);
    connect(store, &exchange::Store::changed, this, &ExchangeLines::take);
}

// Each once, when it is over; then, unless it is recorded, nobody needs it any more.
void ExchangeLines::take(const QList<exchange::ExchangeId> &ids)
{
    QList<exchange::ExchangeId> gone;
    QList<exchange::ExchangeId> inOrder = ids;
    std::sort(inOrder.begin(), inOrder.end());
    for (const exchange::Summary &summary : m_store->summaries(inOrder)) {
        if (summary.state == exchange::State::Active || summary.id <= m_lastTold
            || m_told.contains(summary.id))
            continue;
        bool matches = true;
        if (m_isFiltered) {
            const std::optional<exchange::Exchange> exchange = m_store->exchange(summary.id);
            matches = exchange && m_matcher.matches(*exchange);
        }
        if (matches)
            m_tell(lineOf(summary));
        if (m_keeps == Keeps::Nothing || !matches)
            gone.append(summary.id);
        else
            note(summary.id);
    }
    if (!gone.isEmpty())
        m_store->remove(gone);
}

/// Ids ascend, so those below the first that goes on need not be kept.
void ExchangeLines::note(exchange::ExchangeId id)
{
    m_told.insert(id);
    while (m_told.remove(m_lastTold + 1))
        ++m_lastTold;
}

} // namespace headrace::app

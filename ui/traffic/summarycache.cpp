#include "traffic/summarycache.h"

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::Summary;

SummaryCache::SummaryCache(const exchange::Store *store, QObject *parent)
    : QObject(parent)
    , m_loader(store)
    , m_summaries(Capacity)
{
    connect(&m_loader, &SummaryLoader::loaded, this, &SummaryCache::take);
}

const Summary *SummaryCache::find(ExchangeId id) const { return m_summaries.object(id); }

QStringList SummaryCache::contentTypes() const
{
    QSet<QString> types;
    const QList<ExchangeId> ids = m_summaries.keys();
    for (const ExchangeId id : ids) {
        const Summary &summary = *m_summaries.object(id);
        types << summary.contentType << summary.requestType;
    }
    types.remove(QString());
    QStringList sorted(types.cbegin(), types.cend());
    sorted.sort();
    return sorted;
}

bool SummaryCache::isSettled(ExchangeId id) const
{
    return m_absent.contains(id) || (m_summaries.contains(id) && !m_stale.contains(id));
}

void SummaryCache::setWishes(const QList<ExchangeId> &ids)
{
    m_wishes = ids;
    loadNext();
}

void SummaryCache::noteChanged(const QList<ExchangeId> &ids)
{
    for (const ExchangeId id : ids) {
        m_absent.remove(id);
        if (m_summaries.contains(id))
            m_stale.insert(id);
        if (m_loader.isBusy())
            m_changedMeanwhile.insert(id);
    }
    if (m_stale.size() > 2 * Capacity)
        m_stale.removeIf([this](ExchangeId id) { return !m_summaries.contains(id); });
}

void SummaryCache::forget(const QList<ExchangeId> &ids)
{
    for (const ExchangeId id : ids) {
        m_summaries.remove(id);
        m_stale.remove(id);
    }
}

void SummaryCache::clear()
{
    m_summaries.clear();
    m_stale.clear();
    m_absent.clear();
    m_wishes.clear();
    m_isOutdated = m_loader.isBusy();
}

void SummaryCache::loadNext()
{
    if (m_loader.isBusy())
        return;
    QList<ExchangeId> page;
    for (const ExchangeId id : std::as_const(m_wishes)) {
        if (page.size() == PageSize)
            break;
        if (!isSettled(id))
            page += id;
    }
    m_changedMeanwhile.clear();
    if (!page.isEmpty())
        m_loader.load(page);
}

void SummaryCache::take(const QList<ExchangeId> &asked, const QList<Summary> &summaries)
{
    if (std::exchange(m_isOutdated, false)) {
        loadNext();
        return;
    }
    if (m_absent.size() > Capacity)
        m_absent.clear();
    m_absent.unite(QSet<ExchangeId>(asked.cbegin(), asked.cend()));
    for (const Summary &summary : summaries) {
        m_absent.remove(summary.id);
        if (!m_changedMeanwhile.contains(summary.id))
            m_stale.remove(summary.id);
        else
            m_stale.insert(summary.id);
        m_summaries.insert(summary.id, new Summary(summary));
    }
    // Whoever hears of it may wish anew, which reads on; else what is wished already is read.
    Q_EMIT loaded(asked);
    loadNext();
}

} // namespace headrace::ui

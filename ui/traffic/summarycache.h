#pragma once

#include "traffic/summaryloader.h"

#include <QCache>
#include <QSet>

namespace headrace::ui {

/** The summaries of the rows in sight and some more, read beside the GUI thread.
    What changed in the store is shown as it was until it is read again. Thread: GUI. */
class SummaryCache : public QObject
{
    Q_OBJECT

public:
    static constexpr int Capacity = 2000; ///< Unit: summaries; some screens full.
    static constexpr qsizetype PageSize = 64;

    /// \a store is borrowed and outlives this.
    explicit SummaryCache(const exchange::Store *store, QObject *parent = nullptr);

    const exchange::Summary *find(exchange::ExchangeId id) const; ///< nullptr: not read yet.

    QStringList contentTypes() const; ///< Of all that are here, each once, sorted.

    /// Whether there is nothing to be read: it is here as it is in the store, or it is not in the store.
    bool isSettled(exchange::ExchangeId id) const;

    /// What to read, most urgent first. What was asked for before and is not here is dropped.
    void setWishes(const QList<exchange::ExchangeId> &ids);

    /// These are others in the store now.
    void noteChanged(const QList<exchange::ExchangeId> &ids);
    void forget(const QList<exchange::ExchangeId> &ids);
    void clear(); ///< The store is another one.

Q_SIGNALS:
    /// Settled, or no longer: read again what is wished.
    void loaded(const QList<headrace::exchange::ExchangeId> &ids);

private:
    void loadNext();
    void take(const QList<exchange::ExchangeId> &asked, const QList<exchange::Summary> &summaries);

    SummaryLoader m_loader;
    QCache<exchange::ExchangeId, exchange::Summary> m_summaries;
    QSet<exchange::ExchangeId> m_stale; ///< Here, but others in the store.
    QSet<exchange::ExchangeId> m_absent; ///< Asked for, not in the store.
    QSet<exchange::ExchangeId> m_changedMeanwhile; ///< While a page was read.
    QList<exchange::ExchangeId> m_wishes;
    bool m_isOutdated = false; ///< The page being read is of another store.
};

} // namespace headrace::ui

#pragma once

#include "traffic/rowlist.h"
#include "traffic/summarycache.h"
#include "traffic/trafficcolumns.h"
#include "traffic/trafficfeed.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace headrace::ui {

/** The exchanges of a store that match a query, as rows in its order.

    Holds ids, and the summaries of the rows in sight; these are read beside the GUI thread, so a row says
    nothing until it is read, and dataChanged() tells then. New rows at the edge that is in sight are
    inserted when they are read. The rows of the query before stay until the first answer of the next one,
    which resets the model. Thread: that of the store. */
class TrafficModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// \a store is borrowed and outlives the model.
    explicit TrafficModel(exchange::Store *store, QObject *parent = nullptr);

    exchange::Store *store() const;
    TrafficFeed *feed() const; ///< The query: for what goes on with it, and for pausing.

    void setFilter(const exchange::Filter &filter);

    /// \a column -1: in order of begin.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Of the rows that are here now.
    RowList::Order order() const;

    exchange::ExchangeId idAt(int row) const; ///< 0 for a row that does not exist.
    int rowOf(exchange::ExchangeId id) const; ///< -1 for an id that is not here.
    const RowList &rows() const;

    QStringList typesRead() const; ///< Media types of the rows in sight and some more, sorted.

    /// The rows in sight, both inclusive; \a last may be beyond the last row. They are read first.
    void setWindow(int first, int last);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    bool isInSight(int row) const;
    void replace(const QList<exchange::ExchangeId> &ids);
    void append(const QList<exchange::ExchangeId> &ids);
    void enter(const QList<exchange::ExchangeId> &ids);
    void insertArrived();
    void insertSorted(const QList<exchange::ExchangeId> &ids);
    void remove(const QList<exchange::ExchangeId> &ids);
    void noteAltered(const QList<exchange::ExchangeId> &ids);
    void noteLoaded(const QList<exchange::ExchangeId> &ids);
    void showAnew(const RowList::Run &run);
    void wishLater() const;
    void wish();

    exchange::Store *m_store;
    TrafficFeed *m_feed;
    SummaryCache *m_cache;
    RowList m_rows;
    int m_first = 0; ///< In sight.
    int m_last = -1;

    QList<exchange::ExchangeId> m_arriving; ///< Inserted when m_awaited is read. Ascending.
    QSet<exchange::ExchangeId> m_awaited;

    mutable QSet<exchange::ExchangeId> m_asked; ///< Shown to somebody out of sight.
    mutable QTimer m_wishTimer;
};

} // namespace headrace::ui

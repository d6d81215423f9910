#pragma once

#include "traffic/trafficcolumns.h"

#include <exchange/store.h>

#include <QAbstractTableModel>
#include <QCache>
#include <QList>

namespace headrace::ui {

/** The exchanges of a store as rows, in order of begin.

    Holds ids only; the summary of a row is fetched when the row is shown and kept in a small cache. New
    rows are inserted once per notification of the store. Thread: the store's own. */
class TrafficModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// \a store is borrowed and outlives the model.
    explicit TrafficModel(exchange::Store *store, QObject *parent = nullptr);

    exchange::Store *store() const;

    exchange::ExchangeId idAt(int row) const; ///< 0 for a row that does not exist.
    int rowOf(exchange::ExchangeId id) const; ///< -1 for an id that is not here.

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The absolute URL an exchange was about.
    static QString urlOf(const exchange::Summary &summary);

    /// What is remarkable: "✕ ECONNRESET", "1xx ×2 · trailers"; empty if nothing is.
    static QString notesOf(const exchange::Summary &summary);

private:
    const exchange::Summary *summaryAt(int row) const;
    QString text(const exchange::Summary &summary, TrafficColumn column) const;
    QVariant sortKey(const exchange::Summary &summary, TrafficColumn column) const;
    QString toolTip(const exchange::Summary &summary, TrafficColumn column) const;

    void addRows(const QList<exchange::ExchangeId> &ids);
    void updateRows(const QList<exchange::ExchangeId> &ids);
    void removeRowsOf(const QList<exchange::ExchangeId> &ids);

    /// The rows of these ids, ascending, without those that are not here.
    QList<int> rowsOf(const QList<exchange::ExchangeId> &ids) const;

    exchange::Store *m_store;
    QList<exchange::ExchangeId> m_ids; ///< Ascending.
    mutable QCache<exchange::ExchangeId, exchange::Summary> m_cache;
};

} // namespace headrace::ui

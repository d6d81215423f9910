#pragma once

#include <exchange/exchange.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// What a proxy changed of an exchange, a line for each change, in order.
class ChangeModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        TimeColumn,
        CauseColumn,
        PlaceColumn,
        SummaryColumn,
        ColumnCount
    };

    enum Role
    {
        CauseRole = Qt::UserRole, ///< int of exchange::Change::Cause.
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// \a isGrown: they begin with those that are there.
    void setChanges(const QList<exchange::Change> &changes, bool isGrown);

    const exchange::Change &change(int row) const { return m_changes.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString shown(const exchange::Change &change, int column) const;

    QList<exchange::Change> m_changes;
};

} // namespace headrace::ui

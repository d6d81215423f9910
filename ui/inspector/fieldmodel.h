#pragma once

#include <exchange/exchange.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// Header fields or trailers as they passed: order, case and duplicates kept. Columns: name, value.
class FieldModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Value
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setFields(const exchange::FieldList &fields); ///< The same list again changes nothing.
    const exchange::FieldList &fields() const;

    QString line(int row) const; ///< "Name: value"
    QString allLines() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    exchange::FieldList m_fields;
};

} // namespace headrace::ui

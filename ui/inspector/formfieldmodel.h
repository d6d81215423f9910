#pragma once

#include <exchange/formfields.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// The pairs of an application/x-www-form-urlencoded body: decoded, and as they were sent.
class FormFieldModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        NameColumn,
        ValueColumn,
        SentColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setFields(const QList<exchange::FormField> &fields);
    const QList<exchange::FormField> &fields() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<exchange::FormField> m_fields;
};

} // namespace headrace::ui

#pragma once

#include "inspector/fieldremarks.h"

#include <QAbstractTableModel>

namespace headrace::ui {

/// Header fields or trailers as they passed: order, case and duplicates kept. Columns: name, value, what is odd.
class FieldModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Value,
        Remark
    };

    enum Role
    {
        WarningRole = Qt::UserRole + 1, ///< bool: a remark of the row is a warning.
        MarkRole ///< Of a remark, where there is no room for its words: "⚠", "2/3", "aA".
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setFields(const exchange::FieldList &fields); ///< The same list again changes nothing.
    const exchange::FieldList &fields() const;

    /// How the lines of the fields were written; as many as there are fields, or none.
    void setLines(const QList<exchange::FieldLine> &lines);

    /// They are trailers, and these names were announced (see announcedTrailers()).
    void setTrailers(const QList<QByteArray> &announced);

    QList<FieldRemark> remarks(int row) const;
    bool hasRemarks() const;

    QString line(int row) const; ///< "Name: value"
    QString allLines() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void updateRemarks();
    QString remarkText(int row) const;
    QString remarkMark(int row) const;

    exchange::FieldList m_fields;
    QList<exchange::FieldLine> m_lines;
    QList<QList<FieldRemark>> m_remarks; ///< Of each row.
    QList<QByteArray> m_announced;
    bool m_isTrailers = false;
};

} // namespace headrace::ui

#pragma once

#include "fields/formtable.h"

class QStandardItemModel;

namespace headrace::ui {

/// A FormTable of texts that are only read, and chosen by rows.
class FormList : public FormTable
{
    Q_OBJECT

public:
    struct Row
    {
        QStringList texts; ///< By column.
        QString toolTip; ///< Empty: each cell's own text.
    };

    /// See FormTable. \a titles: of the columns.
    FormList(const QStringList &titles, const QString &name, const QString &emptyText,
        QWidget *parent = nullptr);

    void setRows(const QList<Row> &rows);

private:
    FormList(QStandardItemModel *model, const QStringList &titles, const QString &name,
        const QString &emptyText, QWidget *parent);

    QStandardItemModel *m_model;
};

} // namespace headrace::ui

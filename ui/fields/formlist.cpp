#include "fields/formlist.h"

#include <QStandardItemModel>
#include <QTableView>

namespace headrace::ui {

namespace {

constexpr int RowsInSight = 3;

} // namespace

FormList::FormList(
    const QStringList &titles, const QString &name, const QString &emptyText, QWidget *parent)
    : FormList(new QStandardItemModel(0, int(titles.size())), titles, name, emptyText, parent)
{
}

FormList::FormList(QStandardItemModel *model, const QStringList &titles, const QString &name,
    const QString &emptyText, QWidget *parent)
    : FormTable(model, name, RowsInSight, emptyText, parent)
    , m_model(model)
{
    model->setParent(this);
    model->setHorizontalHeaderLabels(titles);
    view()->setSelectionBehavior(QAbstractItemView::SelectRows);
    view()->setEditTriggers(QAbstractItemView::NoEditTriggers);
}

void FormList::setRows(const QList<Row> &rows)
{
    m_model->setRowCount(0);
    for (const Row &row : rows) {
        QList<QStandardItem *> items;
        for (const QString &text : row.texts) {
            items += new QStandardItem(text);
            items.constLast()->setToolTip(row.toolTip.isEmpty() ? text : row.toolTip);
        }
        m_model->appendRow(items);
    }
}

} // namespace headrace::ui

#include "traffic/listplace.h"

#include "traffic/trafficmodel.h"
#include "traffic/trafficview.h"

#include <QScrollBar>
#include <QSet>

#include <algorithm>

namespace headrace::ui {

using exchange::ExchangeId;
using Order = RowList::Order;

namespace {

// A selection of more pieces makes the view slow; then only the current row stays selected.
constexpr qsizetype MostRuns = 2000;

} // namespace

ListPlace::ListPlace(TrafficView *view)
    : m_view(view)
{
}

void ListPlace::remember()
{
    const TrafficModel *model = m_view->trafficModel();
    m_topRow = m_view->verticalScrollBar()->value();
    m_top = model->idAt(m_topRow);
    m_orderBefore = int(model->order());
    m_currentOffset = -1;
    if (const ExchangeId current = m_view->currentId(); current != 0) {
        m_current = current;
        m_isToBeShown = false;
        m_selected = m_view->selectedIds();
        std::sort(m_selected.begin(), m_selected.end());
        const int offset = m_view->currentIndex().row() - m_topRow;
        if (offset >= 0 && offset < m_view->rowsInSight())
            m_currentOffset = offset;
    }
}

void ListPlace::restore()
{
    m_view->doItemsLayout(); // So that the scroll bar knows of the rows.
    if (m_current != 0)
        restoreSelection();
    restoreScroll();
}

void ListPlace::restoreSelection()
{
    const TrafficModel *model = m_view->trafficModel();
    const RowList &rows = model->rows();
    const QList<RowList::Run> runs = rows.runsOf(m_selected);
    if (!runs.isEmpty() && runs.size() <= MostRuns) {
        QItemSelection selection;
        for (const RowList::Run &run : runs)
            selection.append(QItemSelectionRange(
                model->index(run.first, 0), model->index(run.last, model->columnCount() - 1)));
        m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
        QSet<ExchangeId> found;
        for (const RowList::Run &run : runs) {
            for (int row = run.first; row <= run.last; ++row)
                found.insert(rows.at(row));
        }
        m_selected.removeIf([&found](ExchangeId id) { return found.contains(id); });
    }
    const int row = rows.rowOf(m_current);
    if (row < 0)
        return;
    m_view->selectionModel()->setCurrentIndex(model->index(row, 0),
        runs.size() <= MostRuns ? QItemSelectionModel::NoUpdate
                                : QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    if (m_isToBeShown)
        makeCurrent(row);
}

void ListPlace::restoreScroll()
{
    const TrafficModel *model = m_view->trafficModel();
    const bool isOrderKept = m_orderBefore == int(model->order());
    const int current = m_view->currentIndex().row();
    int top = isOrderKept ? m_topRow : 0;
    if (current >= 0 && m_currentOffset >= 0)
        top = current - m_currentOffset;
    else if (m_top != 0 && isOrderKept && model->order() != Order::Other)
        top = model->rows().placeOf(m_top);
    m_view->verticalScrollBar()->setValue(top);
    if (current >= 0)
        m_current = 0;
}

bool ListPlace::complete(int first, int last)
{
    if (m_current == 0 && m_selected.isEmpty())
        return false;
    const TrafficModel *model = m_view->trafficModel();
    QItemSelection selection;
    int current = -1;
    for (int row = first; row <= last; ++row) {
        const ExchangeId id = model->idAt(row);
        if (id == m_current)
            current = row;
        if (std::binary_search(m_selected.cbegin(), m_selected.cend(), id)
            && selection.size() < MostRuns)
            selection.append(QItemSelectionRange(
                model->index(row, 0), model->index(row, model->columnCount() - 1)));
    }
    if (!selection.isEmpty())
        m_view->selectionModel()->select(selection, QItemSelectionModel::Select);
    if (current < 0)
        return !selection.isEmpty();
    m_current = 0;
    if (m_isToBeShown)
        makeCurrent(current);
    else
        m_view->selectionModel()->setCurrentIndex(
            model->index(current, 0), QItemSelectionModel::NoUpdate);
    return true;
}

void ListPlace::makeCurrent(int row)
{
    m_isToBeShown = false;
    m_current = 0;
    m_view->setCurrentIndex(m_view->trafficModel()->index(row, 0));
}

void ListPlace::await(ExchangeId id)
{
    m_current = id;
    m_isToBeShown = true;
    m_selected = { id };
    m_currentOffset = -1;
}

void ListPlace::forget()
{
    m_current = 0;
    m_isToBeShown = false;
    m_selected.clear();
}

} // namespace headrace::ui

#include "traffic/trafficfiltermodel.h"

#include "traffic/trafficcolumns.h"

#include <algorithm>

namespace headrace::ui {

TrafficFilterModel::TrafficFilterModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setDynamicSortFilter(true);
}

QString TrafficFilterModel::filter() const { return m_filter; }

void TrafficFilterModel::setFilter(const QString &text)
{
    if (m_filter == text)
        return;
    m_filter = text;
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool TrafficFilterModel::isInOrderOfBegin() const { return sortColumn() < 0; }

void TrafficFilterModel::sort(int column, Qt::SortOrder order)
{
    // The store's own order needs no comparison of a hundred thousand rows.
    if (column == int(TrafficColumn::Number) && order == Qt::AscendingOrder)
        column = -1;
    QSortFilterProxyModel::sort(column, order);
}

bool TrafficFilterModel::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    if (m_words.isEmpty())
        return true;
    const QString text
        = sourceModel()->index(sourceRow, 0, sourceParent).data(SearchTextRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
        [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace headrace::ui

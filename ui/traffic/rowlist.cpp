#include "traffic/rowlist.h"

#include <algorithm>
#include <functional>

namespace headrace::ui {

using exchange::ExchangeId;

RowList::RowList(QList<ExchangeId> ids, Order order)
    : m_ids(std::move(ids))
    , m_order(order)
{
}

RowList::Order RowList::order() const { return m_order; }

int RowList::size() const { return int(m_ids.size()); }

ExchangeId RowList::at(int row) const { return row >= 0 && row < m_ids.size() ? m_ids.at(row) : 0; }

int RowList::rowOf(ExchangeId id) const
{
    if (m_order == Order::Other)
        return int(m_ids.indexOf(id));
    const int row = placeOf(id);
    return at(row) == id && row < size() ? row : -1;
}

int RowList::placeOf(ExchangeId id) const
{
    const auto begin = m_ids.cbegin();
    const auto end = m_ids.cend();
    switch (m_order) {
    case Order::Ascending:
        return int(std::lower_bound(begin, end, id) - begin);
    case Order::Descending:
        return int(std::lower_bound(begin, end, id, std::greater<>()) - begin);
    case Order::Other:
        break;
    }
    return size();
}

QList<RowList::Run> RowList::runsOf(QList<ExchangeId> ids) const
{
    QList<Run> runs;
    const auto add = [&runs](int row) {
        if (!runs.isEmpty() && runs.constLast().last == row)
            return; // Named twice.
        if (!runs.isEmpty() && runs.constLast().last == row - 1)
            runs.last().last = row;
        else
            runs.append({ row, row });
    };
    std::sort(ids.begin(), ids.end());
    if (m_order == Order::Other) {
        for (int row = 0; row < size() && !ids.isEmpty(); ++row) {
            if (std::binary_search(ids.cbegin(), ids.cend(), m_ids.at(row)))
                add(row);
        }
        return runs;
    }
    if (m_order == Order::Descending)
        std::reverse(ids.begin(), ids.end());
    for (const ExchangeId id : std::as_const(ids)) {
        if (const int row = rowOf(id); row >= 0)
            add(row);
    }
    return runs;
}

void RowList::insert(int row, const QList<ExchangeId> &ids)
{
    m_ids.insert(row, ids.size(), 0);
    std::copy(ids.cbegin(), ids.cend(), m_ids.begin() + row);
}

void RowList::remove(const Run &run) { m_ids.remove(run.first, run.last - run.first + 1); }

void RowList::remove(const QList<ExchangeId> &ids)
{
    QList<ExchangeId> sorted = ids;
    std::sort(sorted.begin(), sorted.end());
    m_ids.removeIf([&sorted](ExchangeId id) {
        return std::binary_search(sorted.cbegin(), sorted.cend(), id);
    });
}

} // namespace headrace::ui

#pragma once

#include <exchange/store.h>

namespace headrace::ui {

/** Ids of exchanges as rows. In order of number a row is found by halving; in an order that only the store
    knows, by looking at all. */
class RowList
{
public:
    enum class Order
    {
        Ascending, ///< Of the ids.
        Descending,
        Other,
    };

    struct Run
    {
        int first = 0;
        int last = 0; ///< Inclusive.

        friend bool operator==(const Run &, const Run &) = default;
    };

    RowList() = default;
    RowList(QList<exchange::ExchangeId> ids, Order order);

    Order order() const;
    int size() const;
    exchange::ExchangeId at(int row) const; ///< 0 for a row that does not exist.
    int rowOf(exchange::ExchangeId id) const; ///< -1 for an id that is not here.

    /// Where the row of \a id is or would be; in another order: behind the last.
    int placeOf(exchange::ExchangeId id) const;

    /// The rows of those of \a ids that are here, in ascending runs.
    QList<Run> runsOf(QList<exchange::ExchangeId> ids) const;

    void insert(int row, const QList<exchange::ExchangeId> &ids);
    void remove(const Run &run);
    void remove(const QList<exchange::ExchangeId> &ids); ///< In one pass.

private:
    QList<exchange::ExchangeId> m_ids;
    Order m_order = Order::Ascending;
};

} // namespace headrace::ui

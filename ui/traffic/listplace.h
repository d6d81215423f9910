#pragma once

#include <exchange/exchange.h>

namespace headrace::ui {

class TrafficView;

/** What is current and selected in a list, and how far it is scrolled, by id: kept while its model is reset.
    What the new rows do not have is waited for: it may come with later rows, or with the next query. */
class ListPlace
{
public:
    explicit ListPlace(TrafficView *view); ///< Borrowed.

    void remember(); ///< Before the reset.
    void restore(); ///< After it.

    /// These rows are new. Answers whether something that was waited for is in them.
    bool complete(int first, int last);

    /// Makes the row current and shows it, when it comes.
    void await(exchange::ExchangeId id);
    void forget(); ///< The user chose another.

private:
    void restoreSelection();
    void restoreScroll();
    void makeCurrent(int row);

    TrafficView *m_view;
    exchange::ExchangeId m_current = 0; ///< 0: none, or it is there.
    bool m_isToBeShown = false; ///< By await().
    QList<exchange::ExchangeId> m_selected; ///< Ascending; those that are not there.
    int m_currentOffset = -1; ///< Rows from the top of the view; -1: not in sight.
    exchange::ExchangeId m_top = 0;
    int m_topRow = 0;
    int m_orderBefore = 0;
};

} // namespace headrace::ui

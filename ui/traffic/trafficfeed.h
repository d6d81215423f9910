#pragma once

#include <exchange/store.h>

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace headrace::ui {

/** Which exchanges of a store a list shows, and how that changes: runs the query, lets new and changed
    exchanges through it, and holds them back while the list is paused. Knows no rows; who listens applies
    what is told, in this order of things.

    In order of number, what is new is asked for alone (Query::among). In any other order the store alone
    knows the place, so the whole query is run again, not more often than a fifth of the time.
    Thread: that of the store. */
class TrafficFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds ShortestRefresh { 500 };

    /// appended() does not come more often: a store may tell of ids in small pieces.
    static constexpr std::chrono::milliseconds ShortestAppend { 33 };

    /// More than so many new ones are not asked for alone; the query is run again.
    static constexpr qsizetype MostSifted = 20'000;

    /// \a store is borrowed and outlives this. The first query, of all in order of number, is run at once.
    explicit TrafficFeed(exchange::Store *store, QObject *parent = nullptr);
    ~TrafficFeed() override;

    const exchange::Query &query() const; ///< Without `among`.
    void setQuery(
        const exchange::Query &query); ///< Answers by replaced(); the same one is run again.
    bool isSearching() const; ///< The answer to setQuery() is not complete.
    void cancel(); ///< Of isSearching(): what is found so far stays.

    /// New and changed exchanges wait until it is over; what is removed is gone at once.
    void setPaused(bool isPaused);
    bool isPaused() const;
    qsizetype heldCount() const; ///< New ones that wait.

    /// The user changes these: that is shown also while the list is paused.
    void letThrough(const QList<exchange::ExchangeId> &ids);

Q_SIGNALS:
    void restarted(); ///< No id means what it meant. replaced() follows.
    void replaced(
        const QList<headrace::exchange::ExchangeId> &ids); ///< The list is these, in order.
    void appended(
        const QList<headrace::exchange::ExchangeId> &ids); ///< Behind all others, in order.

    /// In the list; may be there already. Only in order of number, and ascending.
    void entered(const QList<headrace::exchange::ExchangeId> &ids);
    void left(
        const QList<headrace::exchange::ExchangeId> &ids); ///< Not in the list; may not have been.
    void altered(const QList<headrace::exchange::ExchangeId> &ids); ///< They are others now.

    void searchStarted();
    void searchProgressed(double share); ///< As Search::progressed().

    /// \a error: for people; empty if all was looked at, and after cancel().
    void searchFinished(const QString &error);
    void heldCountChanged(qsizetype count);

private:
    enum class Purpose
    {
        Answer, ///< To setQuery(): what is found is shown at once.
        Refresh, ///< The same query again: the whole answer takes the place of the old one.
        Sift, ///< Of m_candidates only.
    };

    void noteAdded(const QList<exchange::ExchangeId> &ids);
    void noteChanged(const QList<exchange::ExchangeId> &ids);
    void noteRemoved(const QList<exchange::ExchangeId> &ids);
    void restart();

    bool isByNumber() const;
    void proceed(); ///< With what is pending, if nothing is in the way.
    void start(Purpose purpose);
    void take(const QList<exchange::ExchangeId> &ids);
    void append(); ///< What was found since the last time.
    void finish(const QString &error);
    void finishSift(QList<exchange::ExchangeId> found, const QString &error);
    void dropSearch();

    exchange::Store *m_store;
    exchange::Query m_query;

    std::unique_ptr<exchange::Search> m_search;
    std::vector<std::unique_ptr<exchange::Search>> m_dropped; ///< Deleted in the next turn.
    Purpose m_purpose = Purpose::Answer;
    bool m_isAnswered = false; ///< Answer: replaced() was told.
    QList<exchange::ExchangeId> m_found; ///< Not told yet.
    QTimer m_appendTimer;
    QList<exchange::ExchangeId> m_candidates; ///< Sift.
    QSet<exchange::ExchangeId> m_gone; ///< Removed while m_search runs.
    QElapsedTimer m_clock; ///< Since m_search began.
    QTimer m_cooldown; ///< No refresh while it runs.

    QList<exchange::ExchangeId> m_added; ///< Pending.
    QSet<exchange::ExchangeId> m_changed; ///< Pending.
    bool m_isPaused = false;
    QList<exchange::ExchangeId> m_heldAdded; ///< Ascending.
    QSet<exchange::ExchangeId> m_heldChanged;
    QSet<exchange::ExchangeId> m_letThrough;
};

} // namespace headrace::ui

#pragma once

#include <exchange/sortorder.h>
#include <exchange/store.h>

#include <QHash>
#include <QMutex>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <functional>

namespace headrace::test {

/** A store of so many exchanges that are made up when they are asked for, so a million take no memory but
    what views make of them. A search answers in pieces, a turn of the event loop for each, and can be held.
    Filters are what matches() says, as the test sets it. Signals come when the test says so. */
class FakeStore : public exchange::Store
{
    Q_OBJECT

public:
    using ExchangeId = exchange::ExchangeId;
    using Summary = exchange::Summary;

    explicit FakeStore(qsizetype count)
    {
        m_ids.reserve(count);
        for (qsizetype i = 1; i <= count; ++i)
            m_ids += ExchangeId(i);
        m_next = ExchangeId(count) + 1;
    }

    /// Whether an exchange passes a filter that is not All. Default: none does.
    std::function<bool(const exchange::Filter &, const Summary &)> matches;
    qsizetype pieceSize = 50'000; ///< Ids in one found().
    bool isHeld = false; ///< Searches that begin now wait for release().
    QString searchError; ///< What searches end with.
    exchange::StoreStatus currentStatus;
    int searches = 0; ///< That were asked for.
    QList<exchange::Query> queries; ///< What they asked.
    std::function<void(const QList<ExchangeId> &)>
        onRead; ///< summaries(), in its thread, before it answers.

    std::function<void()> onPiece; ///< Before each piece of readOctets(), in its thread.

    /// So many more; told at once.
    QList<ExchangeId> add(qsizetype count)
    {
        QList<ExchangeId> ids;
        for (qsizetype i = 0; i < count; ++i)
            ids += m_next++;
        {
            const QMutexLocker lock(&m_mutex);
            m_ids += ids;
        }
        Q_EMIT added(ids);
        return ids;
    }

    /// Others than made up; told at once.
    void set(const Summary &summary)
    {
        {
            const QMutexLocker lock(&m_mutex);
            m_set.insert(summary.id, summary);
        }
        Q_EMIT changed({ summary.id });
    }

    void replaceAll(qsizetype count)
    {
        {
            const QMutexLocker lock(&m_mutex);
            m_ids.clear();
            m_set.clear();
            for (qsizetype i = 1; i <= count; ++i)
                m_ids += ExchangeId(i);
            m_next = ExchangeId(count) + 1;
        }
        Q_EMIT reset();
    }

    void release();

    void setStatus(const exchange::StoreStatus &status)
    {
        currentStatus = status;
        Q_EMIT statusChanged();
    }

    /// What an exchange is made up as: hosts, methods and statuses repeat in cycles.
    static Summary madeUp(ExchangeId id)
    {
        static const QStringList hosts { QStringLiteral("api.example.test"),
            QStringLiteral("cdn.example.test"), QStringLiteral("127.0.0.1:3000"),
            QStringLiteral("login.other.test") };
        static const QList<int> statuses { 200, 200, 304, 404, 200, 503, 201 };
        Summary summary;
        summary.id = id;
        summary.began = QDateTime(QDate(2026, 3, 14), QTime(12, 0)).addMSecs(qint64(id) * 7);
        summary.source = exchange::Source(id % 4);
        summary.state = exchange::State::Complete;
        summary.scheme = id % 3 == 0 ? QStringLiteral("http") : QStringLiteral("https");
        summary.host = hosts.at(qsizetype(id % 4));
        summary.method = id % 5 == 0 ? QStringLiteral("POST") : QStringLiteral("GET");
        summary.target = QStringLiteral("/v1/items/%1?page=%2").arg(id).arg(id % 9);
        summary.statusCode = statuses.at(qsizetype(id % 7));
        summary.contentType
            = id % 2 == 0 ? QStringLiteral("application/json") : QStringLiteral("text/html");
        summary.responseBodyOctets = qint64(id * 7919 % 90'000);
        summary.duration = qint64(id * 104'729 % 900'000);
        summary.pattern = exchange::Pattern::Success;
        return summary;
    }

    qsizetype count() const override
    {
        const QMutexLocker lock(&m_mutex);
        return m_ids.size();
    }

    QList<ExchangeId> ids(ExchangeId first = 0, qsizetype limit = -1) const override
    {
        const QMutexLocker lock(&m_mutex);
        const auto begin = std::lower_bound(m_ids.cbegin(), m_ids.cend(), first);
        return m_ids.mid(begin - m_ids.cbegin(), limit);
    }

    std::optional<Summary> summary(ExchangeId id) const override
    {
        const QMutexLocker lock(&m_mutex);
        if (!std::binary_search(m_ids.cbegin(), m_ids.cend(), id))
            return std::nullopt;
        return m_set.value(id, madeUp(id));
    }

    QList<Summary> summaries(const QList<ExchangeId> &ids) const override
    {
        QList<Summary> found;
        for (const ExchangeId id : ids) {
            if (const auto one = summary(id))
                found += *one;
        }
        if (onRead)
            onRead(ids);
        return found;
    }

    std::optional<exchange::Exchange> exchange(ExchangeId id, qint64) const override
    {
        const auto found = summary(id);
        if (!found)
            return std::nullopt;
        exchange::Exchange exchange;
        exchange.summary = *found;
        exchange.request.startLine = found->method.toLatin1() + " / HTTP/1.1";
        exchange.request.fields = { { "Host", found->host.toLatin1() }, { "X-Id", "1" } };
        exchange.response.startLine = "HTTP/1.1 200 OK";
        exchange.response.fields = { { "Content-Type", "text/html" }, { "x-id", "2" } };
        return exchange;
    }

    void readOctets(ExchangeId, int message,
        const std::function<bool(const exchange::Octets &)> &take) const override
    {
        if (!take({ 0, exchange::Part::Head, "HEAD " }))
            return;
        for (int i = 0; i < 3; ++i) {
            if (onPiece)
                onPiece();
            if (!take({ 0, exchange::Part::Body, message < 0 ? "asked " : "piece " }))
                return;
        }
    }

    std::unique_ptr<exchange::Search> search(const exchange::Query &query) override;

    QList<exchange::HostCount> hosts() const override
    {
        QHash<QString, qint64> counts;
        for (const ExchangeId id : ids())
            ++counts[summary(id)->host];
        QList<exchange::HostCount> result;
        for (auto host = counts.cbegin(); host != counts.cend(); ++host)
            result.append({ host.key(), host.value() });
        std::sort(result.begin(), result.end(),
            [](const auto &one, const auto &other) { return one.host < other.host; });
        return result;
    }

    void setNote(const QList<ExchangeId> &ids, const QString &note) override
    {
        for (const ExchangeId id : ids) {
            if (auto one = summary(id)) {
                one->note = note;
                set(*one);
            }
        }
    }

    void setMark(const QList<ExchangeId> &ids, exchange::Mark mark) override
    {
        for (const ExchangeId id : ids) {
            if (auto one = summary(id)) {
                one->mark = mark;
                set(*one);
            }
        }
    }

    void remove(const QList<ExchangeId> &ids) override
    {
        {
            const QSet<ExchangeId> gone(ids.cbegin(), ids.cend());
            const QMutexLocker lock(&m_mutex);
            m_ids.removeIf([&gone](ExchangeId id) { return gone.contains(id); });
        }
        Q_EMIT removed(ids);
    }

    void clear() override
    {
        {
            const QMutexLocker lock(&m_mutex);
            m_ids.clear();
        }
        Q_EMIT reset();
    }

    exchange::StoreStatus status() const override { return currentStatus; }

private:
    mutable QMutex m_mutex; ///< Guards the next three.
    QList<ExchangeId> m_ids; ///< Ascending.
    QHash<ExchangeId, Summary> m_set;
    ExchangeId m_next = 1;

    friend class FakeSearch;
    QList<QPointer<exchange::Search>> m_heldSearches;
};

class FakeSearch : public exchange::Search
{
    Q_OBJECT

public:
    FakeSearch(FakeStore *store, const exchange::Query &query)
        : m_store(store)
        , m_query(query)
    {
        if (!store->isHeld)
            begin();
    }

    void begin() { QMetaObject::invokeMethod(this, &FakeSearch::prepare, Qt::QueuedConnection); }

    void cancel() override
    {
        m_left.clear();
        m_isCanceled = true;
        QMetaObject::invokeMethod(this, &FakeSearch::tellNext, Qt::QueuedConnection);
    }

private:
    void prepare()
    {
        m_left = m_query.among.value_or(m_store->ids());
        const bool isAll = m_query.filter.isAll();
        m_left.removeIf([this, isAll](exchange::ExchangeId id) {
            const auto summary = isAll && !m_query.among ? std::optional(exchange::Summary())
                                                         : m_store->summary(id);
            return !summary
                || (!isAll && !(m_store->matches && m_store->matches(m_query.filter, *summary)));
        });
        if (m_query.key == exchange::SortKey::Number) {
            if (m_query.isDescending)
                std::reverse(m_left.begin(), m_left.end());
        } else {
            QList<exchange::Summary> rows = m_store->summaries(m_left);
            std::sort(
                rows.begin(), rows.end(), exchange::SortOrder(m_query.key, m_query.isDescending));
            m_left.clear();
            for (const exchange::Summary &row : std::as_const(rows))
                m_left += row.id;
        }
        tellNext();
    }

    void tellNext()
    {
        if (m_isOver)
            return;
        if (m_left.isEmpty()) {
            m_isOver = true;
            Q_EMIT finished(m_isCanceled ? QString() : m_store->searchError);
            return;
        }
        const QList<exchange::ExchangeId> piece
            = m_left.first(qMin(m_left.size(), m_store->pieceSize));
        m_left.remove(0, piece.size());
        QMetaObject::invokeMethod(this, &FakeSearch::tellNext, Qt::QueuedConnection);
        Q_EMIT found(piece);
    }

    FakeStore *m_store;
    exchange::Query m_query;
    QList<exchange::ExchangeId> m_left;
    bool m_isCanceled = false;
    bool m_isOver = false;
};

inline std::unique_ptr<exchange::Search> FakeStore::search(const exchange::Query &query)
{
    ++searches;
    queries += query;
    auto search = std::make_unique<FakeSearch>(this, query);
    if (isHeld)
        m_heldSearches += search.get();
    return search;
}

inline void FakeStore::release()
{
    isHeld = false;
    for (const QPointer<exchange::Search> &search : std::exchange(m_heldSearches, {})) {
        if (search)
            static_cast<FakeSearch *>(search.data())->begin();
    }
}

} // namespace headrace::test

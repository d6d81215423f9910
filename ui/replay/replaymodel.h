#pragma once

#include <exchange/store.h>
#include <session/replay.h>

#include <QAbstractTableModel>

#include <optional>

namespace headrace::ui {

/// The requests of a replay with their old and new answers, side by side. Follows both.
class ReplayModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        NumberColumn, ///< Of the recorded exchange.
        RequestColumn,
        StatusColumn, ///< "200 → 502"
        BodyColumn, ///< "4.1 kB = " or "4.1 kB ≠ 312 B"
        DurationColumn, ///< "38 ms → 91 ms"
        ResultColumn,
        ColumnCount
    };

    enum Role
    {
        VerdictRole = Qt::UserRole, ///< int of Verdict.
    };

    /// What the new answer is against the old one.
    enum class Verdict
    {
        Pending, ///< Not there yet.
        Same, ///< Status and body.
        Different,
        Failed, ///< The new one failed, though the old one had not.
        NotSent
    };

    /// Both are borrowed and outlive this.
    ReplayModel(exchange::Store *store, session::Replay *replay, QObject *parent = nullptr);

    /// These wait for being sent; nothing while a run goes on.
    void setIds(const QList<exchange::ExchangeId> &ids);

    exchange::ExchangeId recordedAt(int row) const;
    exchange::ExchangeId replayedAt(int row) const; ///< 0: none.
    Verdict verdictAt(int row) const;

    int count(Verdict verdict) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void verdictsChanged();

private:
    struct Row
    {
        session::ReplayItem item;
        exchange::Summary recorded;
        std::optional<exchange::Summary> replayed;
        Verdict verdict = Verdict::Pending;
    };

    void take(int index);
    void noteChange(const QList<exchange::ExchangeId> &ids);
    void update(int row);
    static Verdict verdictOf(const Row &row);
    static QString shown(const Row &row, int column);
    static QString resultOf(const Row &row);

    exchange::Store *m_store;
    session::Replay *m_replay;
    QList<Row> m_rows;
};

} // namespace headrace::ui

#pragma once

#include <exchange/store.h>

#include <QAbstractTableModel>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace headrace::ui {

/** The exchanges that shared a connection, in order. Follows its store. Of very many, those around the one
    asked for are rows. Thread: GUI. */
class ConnectionLife : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Number,
        Began, ///< From the begin of the first row.
        Idle, ///< How long the connection had nothing to do before.
        Request,
        Status,
        Duration,
        Line ///< Painted: when on the time line of all rows.
    };

    enum Role
    {
        IsShownRole = Qt::UserRole, ///< The exchange that was asked for.
        BeginRole, ///< Share of the time line, 0 to 1.
        EndRole,
        StatusRole, ///< Status code; 0: none.
        HasFailedRole,
    };

    /// Rows at most.
    static constexpr qsizetype Window = 200;

    explicit ConnectionLife(QObject *parent = nullptr);
    ~ConnectionLife() override;

    /// The connection \a connection of \a store (borrowed; may go) as \a shown saw it; 0: none.
    void setConnection(exchange::Store *store, quint64 connection, exchange::ExchangeId shown);

    qsizetype exchangeCount() const; ///< All, also those that are no rows.
    exchange::ExchangeId idAt(int row) const;
    int rowOf(exchange::ExchangeId id) const; ///< -1: none.
    qint64 busyTime() const; ///< Of the rows, overlaps counted once. Unit: microseconds.
    qint64
    wholeTime() const; ///< From the begin of the first row to the end of the last. Microseconds.

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        exchange::Summary summary;
        qint64 begin = 0; ///< Microseconds from the begin of the first row.
        qint64 end = 0;
        qint64 idle = -1; ///< Before it; -1: others still went on.
    };

    void noteChange(const QList<exchange::ExchangeId> &ids);
    void look();
    void show();
    QString textOf(const Row &row, int column) const;

    QPointer<exchange::Store> m_store;
    quint64 m_connection = 0;
    exchange::ExchangeId m_shown = 0;
    std::unique_ptr<exchange::Search> m_search;
    QList<exchange::ExchangeId> m_found;
    QTimer m_lookAgain;
    qsizetype m_count = 0;
    QList<Row> m_rows;
    qint64 m_whole = 0;
    qint64 m_busy = 0;
};

} // namespace headrace::ui

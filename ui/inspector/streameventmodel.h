#pragma once

#include <exchange/eventstream.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// An event of a stream, as far as a list shows it.
struct StreamRow
{
    exchange::StreamEvent event; ///< Of its data the begin only.
    qint64 time
        = -1; ///< When its last octet came. Microseconds from the begin of the exchange; -1: not known.
};

/// The events of a text/event-stream in their order; a list that grows.
class StreamEventModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        TimeColumn,
        TypeColumn,
        IdColumn,
        RetryColumn,
        DataColumn,
        ColumnCount
    };

    enum Role
    {
        FaintRole = Qt::UserRole, ///< bool: a comment, or what is no event for a browser.
    };

    static constexpr qsizetype ShownData = 400; ///< Octets of data that are kept of each.
    static constexpr qsizetype MostRows = 200'000; ///< Later events are counted only.

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void append(const QList<StreamRow> &rows);
    void setIncomplete(const std::optional<StreamRow> &row); ///< Shown behind all others.
    const StreamRow &row(int row) const;
    qint64 leftOut() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    static QString shown(const StreamRow &row, int column);

    QList<StreamRow> m_rows;
    std::optional<StreamRow> m_incomplete;
    qint64 m_leftOut = 0;
};

} // namespace headrace::ui

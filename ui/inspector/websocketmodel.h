#pragma once

#include <exchange/websocket.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// "normal closure"; empty for codes that have no registered meaning. Source: RFC 6455 section 7.4.1 and its registry.
QString closeCodeMeaning(int code);

/// The messages of a WebSocket in order of time, of both directions; a list that grows.
class WebSocketModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        DirectionColumn,
        TimeColumn,
        TypeColumn,
        SizeColumn,
        DataColumn,
        ColumnCount
    };

    enum Role
    {
        FaintRole = Qt::UserRole, ///< bool: a control frame, or not complete.
        FaultRole, ///< bool: the peer must not do that.
    };

    static constexpr qsizetype ShownData = 400; ///< Octets of data that are kept of each.
    static constexpr qsizetype MostRows = 200'000; ///< Later messages are counted only.

    using QAbstractTableModel::QAbstractTableModel;

    void clear();

    /// Nearly all are later than those that are there.
    void add(const QList<exchange::WebSocketMessage> &messages);

    /// Those that are not complete, shown behind all others.
    void setIncomplete(const QList<exchange::WebSocketMessage> &messages);
    const exchange::WebSocketMessage &message(int row) const;

    qint64 leftOut() const { return m_leftOut; }

    qint64 controlFrames() const { return m_controlFrames; } ///< Among the rows.

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    static QString shown(const exchange::WebSocketMessage &message, int column);
    void insert(qsizetype at, const QList<exchange::WebSocketMessage> &messages);

    QList<exchange::WebSocketMessage> m_messages;
    QList<exchange::WebSocketMessage> m_incomplete;
    qint64 m_leftOut = 0;
    qint64 m_controlFrames = 0;
};

} // namespace headrace::ui

#pragma once

#include <exchange/exchange.h>
#include <exchange/patternmatcher.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/** The events of one exchange in order, with the object each comes from as a lane.
    Lanes are numbered in order of the objects' first event. */
class EventModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Time,
        Delta,
        Object,
        Name,
        Detail
    };

    enum Role
    {
        LaneRole = Qt::UserRole, ///< int, from 0
        LaneCountRole, ///< int
        IsFailureRole, ///< bool: an error or an early close
        IsDepartureRole, ///< bool: here the events leave the documented order
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Events that were there stay; only new ones are inserted, unless it is another list.
    void setEvents(const QList<exchange::Event> &events);
    const QList<exchange::Event> &events() const;

    /// Marks the event where the documented order is left, with what was expected there.
    void setDeparture(const std::optional<exchange::Departure> &departure);

    QStringList lanes() const;

    /// All events, one a line, columns apart by tabs: for the clipboard.
    QString toText() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int row, int column) const;
    bool isDeparture(int row) const;
    void noteLanes(qsizetype first);

    QList<exchange::Event> m_events;
    QStringList m_lanes;
    std::optional<exchange::Departure> m_departure;
};

} // namespace headrace::ui

#include "inspector/eventmodel.h"

#include "shell/format.h"

#include <algorithm>

namespace headrace::ui {

using exchange::Event;

namespace {

bool isSame(const Event &one, const Event &other)
{
    return one.time == other.time && one.name == other.name && one.object == other.object
        && one.detail == other.detail;
}

bool isFailure(const Event &event)
{
    return event.name == u"error" || event.name == u"aborted" || event.name == u"abort"
        || event.name == u"timeout" || event.name == u"clientError";
}

} // namespace

void EventModel::setEvents(const QList<Event> &events)
{
    const bool goesOn = events.size() >= m_events.size()
        && std::equal(m_events.cbegin(), m_events.cend(), events.cbegin(), isSame);
    if (!goesOn || m_events.isEmpty()) {
        if (m_events.isEmpty() && events.isEmpty())
            return;
        beginResetModel();
        m_events = events;
        m_lanes.clear();
        noteLanes(0);
        endResetModel();
        return;
    }
    if (events.size() == m_events.size())
        return;
    const qsizetype first = m_events.size();
    const qsizetype laneCount = m_lanes.size();
    beginInsertRows({}, int(first), int(events.size()) - 1);
    m_events = events;
    noteLanes(first);
    endInsertRows();
    if (m_lanes.size() != laneCount)
        Q_EMIT dataChanged(index(0, Object), index(int(first) - 1, Object), { LaneCountRole });
}

const QList<Event> &EventModel::events() const { return m_events; }

QStringList EventModel::lanes() const { return m_lanes; }

QString EventModel::toText() const
{
    QString result;
    for (int row = 0; row < m_events.size(); ++row) {
        QStringList cells;
        for (int column = Time; column <= Detail; ++column)
            cells += text(row, column);
        result += cells.join(u'\t').trimmed() + QChar(u'\n');
    }
    return result;
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Detail + 1;
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Event &event = m_events.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole:
        return index.column() == Detail ? shortened(event.detail, 2000) : QString();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter | (index.column() <= Delta ? Qt::AlignRight : Qt::AlignLeft));
    case LaneRole:
        return int(m_lanes.indexOf(event.object));
    case LaneCountRole:
        return int(m_lanes.size());
    case IsFailureRole:
        return isFailure(event);
    case IsDepartureRole:
        return isDeparture(index.row());
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (section <= Delta ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == Time)
        return tr("Seconds from the begin of the exchange");
    if (role == Qt::ToolTipRole && section == Delta)
        return tr("Time since the event above");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time (s)");
    case Delta:
        return tr("Δ");
    case Object:
        return tr("Object");
    case Name:
        return tr("Event");
    case Detail:
        return tr("Detail");
    default:
        return {};
    }
}

QString EventModel::text(int row, int column) const
{
    const Event &event = m_events.at(row);
    switch (column) {
    case Time:
        return formatExactTime(event.time);
    case Delta:
        return row == 0
            ? QString()
            : QStringLiteral("+") + formatDuration(event.time - m_events.at(row - 1).time);
    case Object:
        return event.object;
    case Name:
        return event.name;
    case Detail:
        if (!isDeparture(row))
            return event.detail;
        return tr("%1 ← departs here: expected %2")
            .arg(event.detail, m_departure->expected)
            .trimmed();
    default:
        return {};
    }
}

void EventModel::setDeparture(const std::optional<exchange::Departure> &departure)
{
    if (departure == m_departure)
        return;
    m_departure = departure;
    if (!m_events.isEmpty())
        Q_EMIT dataChanged(index(0, Time), index(int(m_events.size()) - 1, Detail));
}

bool EventModel::isDeparture(int row) const
{
    return m_departure && m_departure->eventIndex == row;
}

void EventModel::noteLanes(qsizetype first)
{
    for (qsizetype i = first; i < m_events.size(); ++i) {
        if (!m_lanes.contains(m_events.at(i).object))
            m_lanes += m_events.at(i).object;
    }
}

} // namespace headrace::ui

#include "inspector/eventrows.h"

#include "shell/format.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>
#include <limits>

namespace headrace::ui {

using exchange::Event;
using exchange::Part;
using exchange::Transfer;
using exchange::WireSpan;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("EventRows", text); }

EventRows::Kind kindOf(const Event &event)
{
    if (event.object == u"Socket")
        return EventRows::Kind::Phase;
    return event.object == u"Wire" ? EventRows::Kind::Frame : EventRows::Kind::Documented;
}

/// By bits of Transfer::parts.
constexpr std::array<std::pair<quint32, const char *>, 6> PartNames { {
    { 1u << int(Part::Head), QT_TRANSLATE_NOOP("EventRows", "head") },
    { 1u << int(Part::ChunkHeader) | 1u << int(Part::ChunkEnd),
        QT_TRANSLATE_NOOP("EventRows", "chunks") },
    { 1u << int(Part::Body), QT_TRANSLATE_NOOP("EventRows", "body") },
    { 1u << int(Part::Trailers), QT_TRANSLATE_NOOP("EventRows", "trailers") },
    { 1u << int(Part::Tunnel), QT_TRANSLATE_NOOP("EventRows", "tunnel") },
    { 1u << int(Part::Unparsed), QT_TRANSLATE_NOOP("EventRows", "no part of a message") },
} };

QString partsText(quint32 parts)
{
    QStringList names;
    for (const auto &[bits, name] : PartNames) {
        if (parts & bits)
            names += tr(name);
    }
    return names.join(QStringLiteral(", "));
}

bool isTunnel(const Transfer &transfer) { return transfer.parts & (1u << int(Part::Tunnel)); }

} // namespace

EventRows::EventRows(std::shared_ptr<const exchange::Exchange> exchange, bool withTransfers)
    : m_exchange(std::move(exchange))
    , m_lanes(*m_exchange)
    , m_spans(std::make_shared<exchange::EventSpans>(*m_exchange))
    , m_departure(exchange::departureOf(*m_exchange))
{
    const QList<Event> &events = m_exchange->events;
    m_transfers = exchange::transfersOf(*m_exchange);
    m_rows.reserve(events.size() + (withTransfers ? m_transfers.size() : 0) + 1);
    int next = 0;
    const auto addUntil = [&](qint64 time) {
        for (; withTransfers && next < m_transfers.size() && m_transfers.at(next).time <= time;
             ++next)
            addTransfer(next);
    };
    // Octets come before what they cause; what causes them to be written has an earlier time.
    for (int i = 0; i < events.size(); ++i) {
        addUntil(events.at(i).time);
        addEvent(i);
    }
    addUntil(std::numeric_limits<qint64>::max());
    if (m_departure && m_departure->eventIndex >= events.size()) {
        const qint64 end = m_rows.isEmpty() ? 0 : m_rows.constLast().time;
        const int lane = m_lanes.laneOf(m_lanes.ownSide() == exchange::Side::Client
                ? QStringLiteral("ClientRequest")
                : QStringLiteral("ServerResponse"));
        m_rows.append({ end, 0, Kind::Missing, quint8(lane) });
    }
    placePhases();
}

void EventRows::placePhases()
{
    m_phases = phasesOf(*m_exchange);
    for (qsizetype i = 0; i < m_phases.size() && !m_rows.isEmpty(); ++i) {
        const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(),
            [end = m_phases.at(i).end](const Row &row) { return row.time >= end; });
        const qsizetype row = std::min(found - m_rows.cbegin(), m_rows.size() - 1);
        const auto length
            = [this](qsizetype phase) { return m_phases.at(phase).end - m_phases.at(phase).begin; };
        const auto other = m_phaseEnds.constFind(row);
        if (other == m_phaseEnds.constEnd() || length(*other) < length(i))
            m_phaseEnds.insert(row, i);
    }
}

const Phase *EventRows::phaseEndingAt(qsizetype row) const
{
    const auto found = m_phaseEnds.constFind(row);
    return found == m_phaseEnds.constEnd() ? nullptr : &m_phases.at(*found);
}

void EventRows::addEvent(int index)
{
    const Event &event = m_exchange->events.at(index);
    m_rows.append({ event.time, index, kindOf(event), quint8(m_lanes.laneOf(event.object)) });
}

void EventRows::addTransfer(int index)
{
    const Transfer &transfer = m_transfers.at(index);
    const exchange::Direction direction = transfer.span.direction;
    const Kind kind = m_lanes.isSent(direction, isTunnel(transfer)) ? Kind::Write : Kind::Read;
    m_rows.append(
        { transfer.time, index, kind, quint8(m_lanes.octetLane(direction, isTunnel(transfer))) });
}

const Event &EventRows::event(const Row &row) const { return m_exchange->events.at(row.index); }

const Transfer &EventRows::transfer(const Row &row) const { return m_transfers.at(row.index); }

QList<qint64> EventRows::times() const
{
    QList<qint64> times;
    times.reserve(m_rows.size());
    for (const Row &row : m_rows)
        times.append(row.time);
    return times;
}

qint64 EventRows::duration() const
{
    qint64 last
        = m_exchange ? std::max(m_exchange->summary.duration, m_exchange->timings.ended) : 0;
    for (const Row &row : m_rows)
        last = std::max(last, row.time);
    return std::max<qint64>(last, 0);
}

QString EventRows::object(qsizetype index) const
{
    const Row &row = m_rows.at(index);
    switch (row.kind) {
    case Kind::Documented:
    case Kind::Phase:
    case Kind::Frame:
        return event(row).object;
    case Kind::Read:
    case Kind::Write:
        return m_lanes.lanes().at(row.lane).object;
    case Kind::Missing:
    case Kind::Omitted:
        break;
    }
    return {};
}

QString EventRows::name(qsizetype index) const
{
    const Row &row = m_rows.at(index);
    switch (row.kind) {
    case Kind::Documented:
    case Kind::Phase:
    case Kind::Frame:
        return event(row).name;
    case Kind::Read:
        return tr("read");
    case Kind::Write:
        return tr("write");
    case Kind::Missing:
        return tr("ends too early");
    case Kind::Omitted:
        return tr("…");
    }
    return {};
}

QString EventRows::detail(qsizetype index) const
{
    const Row &row = m_rows.at(index);
    switch (row.kind) {
    case Kind::Documented:
    case Kind::Phase:
    case Kind::Frame:
        return event(row).detail;
    case Kind::Read:
    case Kind::Write: {
        const Transfer &passed = transfer(row);
        return tr("%1 B · %2")
            .arg(formatCount(passed.span.end - passed.span.begin), partsText(passed.parts));
    }
    case Kind::Missing:
        break;
    case Kind::Omitted:
        return tr("%1 lines are left out here").arg(formatCount(row.index));
    }
    return {};
}

QString EventRows::timeText(qsizetype row) const
{
    const Kind kind = m_rows.at(row).kind;
    return kind == Kind::Omitted || kind == Kind::Missing ? QString()
                                                          : formatExactTime(m_rows.at(row).time);
}

QString EventRows::deltaText(qsizetype row) const
{
    if (row == 0 || timeText(row).isEmpty() || m_rows.at(row - 1).kind == Kind::Omitted)
        return {};
    const qint64 delta = m_rows.at(row).time - m_rows.at(row - 1).time;
    return delta < 0 ? u'−' + formatDuration(-delta) : u'+' + formatDuration(delta);
}

int EventRows::peerLane(qsizetype row) const
{
    const Transfer &passed = transfer(m_rows.at(row));
    return m_lanes.peerLane(passed.span.direction, isTunnel(passed));
}

bool EventRows::isFailure(qsizetype index) const
{
    const Row &row = m_rows.at(index);
    if (row.kind != Kind::Documented)
        return false;
    const QString &name = event(row).name;
    return name == u"error" || name == u"aborted" || name == u"abort" || name == u"timeout"
        || name == u"clientError";
}

bool EventRows::isDeparture(qsizetype index) const
{
    const Row &row = m_rows.at(index);
    if (row.kind == Kind::Missing)
        return true;
    const bool isEvent
        = row.kind == Kind::Documented || row.kind == Kind::Phase || row.kind == Kind::Frame;
    return isEvent && m_departure && m_departure->eventIndex == row.index;
}

QString EventRows::departureText(qsizetype row) const
{
    if (!isDeparture(row))
        return {};
    return m_rows.at(row).kind == Kind::Missing
        ? tr("The record ends here, but expected was %1.").arg(m_departure->expected)
        : tr("Expected %1 here.").arg(m_departure->expected);
}

std::optional<WireSpan> EventRows::span(qsizetype index) const
{
    const Row &row = m_rows.at(index);
    switch (row.kind) {
    case Kind::Documented:
    case Kind::Phase:
    case Kind::Frame:
        return m_spans->spanOf(row.index);
    case Kind::Read:
    case Kind::Write:
        return transfer(row).span;
    case Kind::Missing:
    case Kind::Omitted:
        break;
    }
    return {};
}

qsizetype EventRows::rowOf(const WireSpan &span) const
{
    const int event = m_spans ? m_spans->eventOf(span) : -1;
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const Row &row) {
        if (event >= 0)
            return row.index == event && row.kind <= Kind::Frame;
        if (row.kind != Kind::Read && row.kind != Kind::Write)
            return false;
        const WireSpan &passed = transfer(row).span;
        return passed.direction == span.direction && passed.begin < span.end
            && span.begin < passed.end;
    });
    return found == m_rows.cend() ? -1 : found - m_rows.cbegin();
}

qsizetype EventRows::find(const Row &row) const
{
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(),
        [&row](const Row &other) { return other.kind == row.kind && other.index == row.index; });
    return found == m_rows.cend() ? -1 : found - m_rows.cbegin();
}

QStringList EventRows::names() const
{
    QSet<QString> names;
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        names.insert(name(i));
    return names.values();
}

QString EventRows::toText(qsizetype first, qsizetype last) const
{
    using Cells = std::array<QString, 5>;
    QList<Cells> lines;
    std::array<qsizetype, 5> widths {};
    for (qsizetype row = first; row <= last && row < m_rows.size(); ++row) {
        const QString detail = (this->detail(row) + u' ' + departureText(row)).simplified();
        const Cells cells { timeText(row), deltaText(row), object(row).simplified(),
            name(row).simplified(), detail };
        for (size_t i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], cells[i].size());
        lines.append(cells);
    }
    QString text;
    for (const Cells &cells : std::as_const(lines)) {
        QString line = cells[0].rightJustified(widths[0]) + QStringLiteral("  ")
            + cells[1].rightJustified(widths[1]);
        for (size_t i = 2; i < cells.size(); ++i)
            line += QStringLiteral("  ") + cells[i].leftJustified(widths[i]);
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    }
    return text;
}

EventRows EventRows::shortened(qsizetype count) const
{
    EventRows result = *this;
    if (m_rows.size() <= count || count < 2)
        return result;
    // The end says more than the middle.
    const qsizetype tail = count / 4;
    const qsizetype head = count - tail - 1;
    const qsizetype left = m_rows.size() - head - tail;
    result.m_rows = m_rows.first(head);
    result.m_rows.append({ m_rows.at(head).time, int(left), Kind::Omitted, m_rows.at(head).lane });
    result.m_rows += m_rows.last(tail);
    result.m_phaseEnds.clear();
    result.placePhases();
    return result;
}

} // namespace headrace::ui

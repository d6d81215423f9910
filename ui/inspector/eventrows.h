#pragma once

#include "inspector/eventlanes.h"
#include "inspector/timingfacts.h"

#include <exchange/eventspans.h>
#include <exchange/patternmatcher.h>
#include <exchange/transfer.h>

#include <QHash>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace headrace::ui {

/** What happened in one exchange, a line each, in order of time: its events, the reads and writes of its
    socket, and at the end what is missing when its pattern wants more. Texts are made when asked for.
    Cheap to copy; of a value type's thread. */
class EventRows
{
public:
    enum class Kind : quint8
    {
        Documented, ///< An event of the reference.
        Phase, ///< A step of the socket.
        Frame, ///< A milestone of the framing.
        Read,
        Write,
        Missing, ///< The record ends too early.
        Omitted, ///< Stands for lines that were left out, see shortened().
    };

    struct Row
    {
        qint64 time = 0; ///< Microseconds from Exchange::began.
        int index = 0; ///< Of the event or the transfer; lines left out.
        Kind kind = Kind::Documented;
        quint8 lane = 0;
    };

    EventRows() = default;

    /// \a exchange is shared, not copied.
    EventRows(std::shared_ptr<const exchange::Exchange> exchange, bool withTransfers);

    qsizetype count() const { return m_rows.size(); }

    const Row &at(qsizetype row) const { return m_rows.at(row); }

    const EventLanes &lanes() const { return m_lanes; }

    const std::optional<exchange::Departure> &departure() const { return m_departure; }

    QList<qint64> times() const;
    qint64
    duration() const; ///< Of the exchange so far, at least to the last line. Unit: microseconds.

    const QList<Phase> &phases() const { return m_phases; }

    /// The longest phase that is over with this line; null: none.
    const Phase *phaseEndingAt(qsizetype row) const;

    QString object(qsizetype row) const;
    QString name(qsizetype row) const; ///< "response"; "read"
    QString detail(qsizetype row) const; ///< "103 Early Hints"; "1,460 B · head"
    QString timeText(qsizetype row) const; ///< "0.000120"
    QString deltaText(qsizetype row) const; ///< "+280 µs"; empty on the first.
    int peerLane(qsizetype row) const; ///< Of a read or a write: at its other end.
    bool isFailure(qsizetype row) const; ///< An error or an early close.
    bool isDeparture(qsizetype row) const; ///< Here the documented order is left.

    /// One sentence: what was expected in place of the event. Empty without isDeparture().
    QString departureText(qsizetype row) const;

    std::optional<exchange::WireSpan> span(qsizetype row) const; ///< The octets that caused it.
    /// The event that these octets caused, else the read or write that they were part of; -1: none.
    qsizetype rowOf(const exchange::WireSpan &span) const;

    qsizetype transferCount() const
    {
        return m_transfers.size();
    } ///< Also those that have no line.

    qsizetype find(const Row &row) const; ///< The line of the same event or transfer; -1: none.

    /// The names that occur, for measuring: each once.
    QStringList names() const;

    /// Lines from \a first to \a last in columns, as text.
    QString toText(qsizetype first, qsizetype last) const;

    /// At most \a count lines: what is too much is left out of the middle, and a line says so.
    EventRows shortened(qsizetype count) const;

private:
    const exchange::Event &event(const Row &row) const;
    const exchange::Transfer &transfer(const Row &row) const;
    void addEvent(int index);
    void addTransfer(int index);
    void placePhases();

    std::shared_ptr<const exchange::Exchange> m_exchange;
    EventLanes m_lanes;
    std::shared_ptr<const exchange::EventSpans> m_spans;
    QList<exchange::Transfer> m_transfers;
    QList<Row> m_rows;
    std::optional<exchange::Departure> m_departure;
    QList<Phase> m_phases;
    QHash<qsizetype, qsizetype> m_phaseEnds; ///< Phases by line.
};

} // namespace headrace::ui

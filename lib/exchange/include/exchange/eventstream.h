#pragma once

#include "exchange/octetspan.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace headrace::exchange {

/// One event of text/event-stream, or a comment between them. Octets are UTF-8.
struct StreamEvent
{
    enum class Kind
    {
        Event,
        Comment, ///< Lines that begin with a colon, outside of an event: they keep the connection open.
        Incomplete, ///< The stream ended, or goes on, within it: browsers would not see it.
    };

    Kind kind = Kind::Event;
    QByteArray type; ///< Of `event`; empty: "message".
    QByteArray data; ///< Lines joined by line feeds; at most LongestData octets of it.
    qint64 dataOctets = 0;
    bool hasData = false; ///< Browsers see no event without.
    QByteArray id; ///< As this event said it; see hasId.
    bool hasId = false;
    std::optional<qint64> retry; ///< Milliseconds.
    QByteArray comment; ///< Without the colons.
    OctetSpan span; ///< Where it is in the stream.

    static constexpr qsizetype LongestData = 256 * 1024;

    bool operator==(const StreamEvent &) const = default;
};

/** Reads text/event-stream as it comes, in pieces of any size. Everything is such a stream: lines with unknown
    fields are left out. Lines end with LF, CR LF or CR; a byte order mark at the begin is skipped. Memory: the event
    that is not complete, LongestData of it.
    Source: HTML Living Standard section 9.2.6. A value. Thread: one at a time. */
class EventStreamReader
{
public:
    /// The events that are complete with this.
    QList<StreamEvent> feed(QByteArrayView octets);

    /// What there is of one that is not complete.
    std::optional<StreamEvent> incomplete() const;

    qint64 octets() const { return m_at; } ///< That were fed.

private:
    void endLine(QList<StreamEvent> *events);
    void takeField(const QByteArray &name, const QByteArray &value);
    void dispatch(QList<StreamEvent> *events);

    QByteArray m_line;
    qint64 m_lineOctets = 0; ///< Of it; more than are kept.
    StreamEvent m_event;
    bool m_hasFields = false; ///< m_event has some.
    bool m_isAfterReturn = false; ///< A CR ended the line before: a LF belongs to it.
    qint64 m_at = 0;
};

} // namespace headrace::exchange

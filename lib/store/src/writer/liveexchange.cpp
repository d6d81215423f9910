#include "writer/liveexchange.h"

#include <algorithm>
#include <utility>

namespace headrace::store {

namespace {

constexpr size_t usualEvents = 12; // kinds of them
constexpr qsizetype usualLog = 1024; // octets of an exchange without much of a body

} // namespace

QList<Segment> LiveExchange::takeSegments()
{
    settleTimings();
    cut();
    m_fullOctets = 0;
    return std::exchange(m_full, {});
}

Row LiveExchange::takeRow()
{
    Row result { m_row.summary, std::exchange(m_row.events, {}), m_row.requestNames,
        m_row.responseNames, m_row.trailerNames };
    m_isRowChanged = false;
    return result;
}

QList<Segment> LiveExchange::segments() const
{
    QList<Segment> result = m_full;
    QByteArray rest = m_log;
    if (m_areTimingsChanged)
        LogWriter(rest).setTimings(m_timings);
    if (!rest.isEmpty())
        result.append({ m_nextSegment, rest });
    return result;
}

qint64 LiveExchange::logOctets() const { return m_fullOctets + m_log.size(); }

// A piece ends where a call does.
void LiveExchange::cut()
{
    if (m_log.isEmpty())
        return;
    m_fullOctets += m_log.size();
    m_full.append({ m_nextSegment++, std::exchange(m_log, {}) });
}

// Phases come one by one, each with all that are known: the last in a row is enough.
void LiveExchange::settleTimings()
{
    if (std::exchange(m_areTimingsChanged, false))
        m_writer.setTimings(m_timings);
}

void LiveExchange::cutOff()
{
    if (m_row.summary.state == exchange::State::Active)
        m_row.summary.state = exchange::State::Canceled;
    end(m_row.summary.id);
}

exchange::ExchangeId LiveExchange::begin(const exchange::Summary &summary)
{
    m_log.reserve(usualLog);
    m_row.summary = summary;
    m_row.summary.connection = 0; // setConnection() tells
    m_row.summary.requestBodyOctets = 0; // they come with the octets
    m_row.summary.responseBodyOctets = 0;
    return summary.id;
}

void LiveExchange::setSummary(exchange::ExchangeId id, const exchange::Summary &summary)
{
    const qint64 requestOctets = m_row.summary.requestBodyOctets;
    const qint64 responseOctets = m_row.summary.responseBodyOctets;
    const quint64 connection = m_row.summary.connection;
    const exchange::Mark mark = m_row.summary.mark;
    const QString note = m_row.summary.note;
    m_row.summary = summary;
    m_row.summary.id = id;
    m_row.summary.requestBodyOctets = requestOctets;
    m_row.summary.responseBodyOctets = responseOctets;
    m_row.summary.connection = connection;
    m_row.summary.mark = mark;
    m_row.summary.note = note;
    m_isRowChanged = true;
}

void LiveExchange::setConnection(exchange::ExchangeId, const exchange::Connection &connection)
{
    m_row.summary.connection = connection.id;
    m_isRowChanged = true;
    m_writer.setConnection(connection);
}

void LiveExchange::setTimings(exchange::ExchangeId, const exchange::Timings &timings)
{
    m_timings = timings;
    m_areTimingsChanged = true;
}

void LiveExchange::setHead(exchange::ExchangeId, int message, const exchange::Message &head)
{
    m_writer.setHead(message, head);
    if (message < 0)
        m_row.requestNames = withFieldNames({}, head.fields);
    else if (message == 0)
        m_row.responseNames = withFieldNames({}, head.fields);
    m_isRowChanged = true;
}

void LiveExchange::addOctets(exchange::ExchangeId id, int message, const exchange::Octets &octets)
{
    if (!m_isKeeping) {
        addUnkept(id, message, octets.part, octets.octets.size());
        return;
    }
    // Large pieces are cut, so that readers and the file have no larger ones.
    for (qsizetype at = 0; at < octets.octets.size(); at += SegmentOctets) {
        if (m_log.size() >= SegmentOctets)
            cut();
        if (octets.octets.size() <= SegmentOctets)
            m_writer.addOctets(message, octets);
        else
            m_writer.addOctets(
                message, { octets.time, octets.part, octets.octets.mid(at, SegmentOctets) });
    }
    countBody(message, octets.part, octets.octets.size());
}

void LiveExchange::addUnkept(exchange::ExchangeId, int message, exchange::Part part, qint64 count)
{
    m_writer.addUnkept(message, part, count);
    countBody(message, part, count);
}

void LiveExchange::countBody(int message, exchange::Part part, qint64 octets)
{
    if (part != exchange::Part::Body || message > 0)
        return;
    (message < 0 ? m_row.summary.requestBodyOctets : m_row.summary.responseBodyOctets) += octets;
    m_isRowChanged = true;
}

void LiveExchange::addChunk(exchange::ExchangeId, int message, const exchange::Chunk &chunk)
{
    m_writer.addChunk(message, chunk);
}

void LiveExchange::setTrailers(
    exchange::ExchangeId, int message, const exchange::FieldList &trailers)
{
    m_writer.setTrailers(message, trailers);
    m_row.trailerNames = withFieldNames(m_row.trailerNames, trailers);
    m_isRowChanged = true;
}

void LiveExchange::setEnd(exchange::ExchangeId, int message, qint64 time)
{
    m_writer.setEnd(message, time);
}

void LiveExchange::addEvent(exchange::ExchangeId, const exchange::Event &event)
{
    m_writer.addEvent(event);
    const auto isKnown = [&event](const std::pair<QString, QString> &known) {
        return known.second == event.name && known.first == event.object;
    };
    if (std::none_of(m_row.events.begin(), m_row.events.end(), isKnown)) {
        if (m_row.events.empty())
            m_row.events.reserve(usualEvents);
        m_row.events.emplace_back(event.object, event.name);
    }
    m_isRowChanged = true;
}

void LiveExchange::setFailure(exchange::ExchangeId, const exchange::Failure &failure)
{
    m_writer.setFailure(failure);
}

void LiveExchange::setClient(exchange::ExchangeId, const exchange::Connection &client)
{
    m_writer.setClient(client);
}

void LiveExchange::addChange(exchange::ExchangeId, const exchange::Change &change)
{
    m_writer.addChange(change);
}

void LiveExchange::end(exchange::ExchangeId)
{
    settleTimings();
    m_isEnded = true;
    m_isRowChanged = true;
}

} // namespace headrace::store

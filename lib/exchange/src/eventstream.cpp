#include "exchange/eventstream.h"

#include <algorithm>
#include <utility>

namespace headrace::exchange {

namespace {

constexpr qsizetype longestLine = StreamEvent::LongestData + 64;

} // namespace

QList<StreamEvent> EventStreamReader::feed(QByteArrayView octets)
{
    QList<StreamEvent> events;
    for (qsizetype at = 0; at < octets.size();) {
        if (std::exchange(m_isAfterReturn, false) && octets[at] == '\n') {
            ++at;
            ++m_at;
            // It belongs to the line before, and so to the event that ended there.
            if (!events.isEmpty() && !m_hasFields && events.constLast().span.end == m_at - 1)
                ++events.last().span.end;
            if (!m_hasFields)
                m_event.span.begin = m_at;
            continue;
        }
        const auto *const end = std::find_if(octets.begin() + at, octets.end(),
            [](char octet) { return octet == '\n' || octet == '\r'; });
        const qsizetype length = end - octets.begin() - at;
        const qsizetype room = std::max<qsizetype>(0, longestLine - m_line.size());
        m_line.append(octets.sliced(at, std::min(length, room)));
        m_lineOctets += length;
        at += length;
        m_at += length;
        if (at == octets.size())
            break;
        m_isAfterReturn = octets[at] == '\r';
        ++at;
        ++m_at;
        endLine(&events);
    }
    return events;
}

void EventStreamReader::endLine(QList<StreamEvent> *events)
{
    QByteArray line = std::exchange(m_line, {});
    const qint64 left = std::exchange(m_lineOctets, 0) - line.size(); // that were not kept
    const bool isFirst = m_at - line.size() - left <= 2;
    if (isFirst && line.startsWith("\xef\xbb\xbf"))
        line.remove(0, 3);
    if (line.isEmpty()) {
        dispatch(events);
        return;
    }
    m_hasFields = true;
    const qsizetype colon = line.indexOf(':');
    if (colon == 0) {
        if (!m_event.comment.isEmpty())
            m_event.comment += '\n';
        m_event.comment += line.mid(line.startsWith(": ") ? 2 : 1).left(StreamEvent::LongestData);
        return;
    }
    QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    takeField(colon < 0 ? line : line.left(colon), value);
    if (line.startsWith("data"))
        m_event.dataOctets += left;
}

void EventStreamReader::takeField(const QByteArray &name, const QByteArray &value)
{
    if (name == "event") {
        m_event.type = value;
    } else if (name == "data") {
        if (m_event.hasData)
            ++m_event.dataOctets; // the line feed between
        if (m_event.hasData && m_event.data.size() < StreamEvent::LongestData)
            m_event.data += '\n';
        m_event.hasData = true;
        m_event.dataOctets += value.size();
        m_event.data
            += value.left(std::max<qsizetype>(0, StreamEvent::LongestData - m_event.data.size()));
    } else if (name == "id" && !value.contains('\0')) {
        m_event.id = value;
        m_event.hasId = true;
    } else if (name == "retry") {
        bool isNumber = !value.isEmpty()
            && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        const qint64 number = isNumber ? value.toLongLong(&isNumber) : 0;
        if (isNumber)
            m_event.retry = number;
    }
}

// An event without data is none for a browser, but what it said counts: the id and the time.
void EventStreamReader::dispatch(QList<StreamEvent> *events)
{
    const bool isOnlyComment
        = !m_event.hasData && !m_event.hasId && m_event.type.isEmpty() && !m_event.retry;
    if (m_hasFields && (!isOnlyComment || !m_event.comment.isEmpty())) {
        m_event.kind = isOnlyComment ? StreamEvent::Kind::Comment : StreamEvent::Kind::Event;
        m_event.span.end = m_at;
        events->append(m_event);
    }
    m_event = {};
    m_event.span.begin = m_at;
    m_hasFields = false;
}

std::optional<StreamEvent> EventStreamReader::incomplete() const
{
    if (!m_hasFields && m_lineOctets == 0)
        return std::nullopt;
    EventStreamReader copy = *this;
    QList<StreamEvent> none;
    if (copy.m_lineOctets > 0)
        copy.endLine(&none);
    StreamEvent event = copy.m_event;
    event.kind = StreamEvent::Kind::Incomplete;
    event.span.end = m_at;
    return event;
}

} // namespace headrace::exchange

#include "handwrittenanswer.h"

namespace headrace::http {

HandWrittenAnswer::HandWrittenAnswer(bool isConnect)
    : m_parser(wire::MessageKind::Response, {}, wire::Lenience::Insecure)
    , m_isConnect(isConnect)
{
}

void HandWrittenAnswer::sent(const QByteArray &octets, const Place &place)
{
    if (m_isOver) {
        place.observer->octets(
            place.exchange, place.connection, Direction::Sent, place.part, octets, monotonicNow());
        return;
    }
    m_parser.feed(octets);
    while (report(place) != Event::NeedMore) { }
}

void HandWrittenAnswer::end(const Place &place)
{
    if (!m_isFinal || m_isOver)
        return;
    m_isOver = true;
    m_parser.feedEof();
    if (m_parser.next() == Event::MessageEnd) // its body was what came until the end
        place.observer->messageComplete(place.exchange, Direction::Sent, monotonicNow());
}

/// Answers NeedMore when all of the octets was told of.
HandWrittenAnswer::Event HandWrittenAnswer::report(const Place &place)
{
    const Event event = m_parser.next();
    const auto octets = [&](wire::MessagePart part) {
        if (!m_parser.octets().isEmpty())
            place.observer->octets(place.exchange, place.connection, Direction::Sent, part,
                m_parser.octets(), monotonicNow());
    };
    switch (event) {
    case Event::Octets:
        octets(m_parser.part());
        break;
    case Event::Head:
        headComplete(place);
        break;
    case Event::ChunkHeader:
        place.observer->chunkBegan(
            place.exchange, Direction::Sent, m_parser.chunkHeader(), monotonicNow());
        break;
    case Event::Trailers:
        place.observer->trailersComplete(
            place.exchange, Direction::Sent, m_parser.trailers(), monotonicNow());
        break;
    case Event::MessageEnd:
        if (m_isFinal) {
            place.observer->messageComplete(place.exchange, Direction::Sent, monotonicNow());
            m_parser.enterTunnel();
        }
        break;
    case Event::Tunnel:
    case Event::Fault:
        m_isOver = true;
        octets(place.part);
        return Event::NeedMore;
    case Event::MessageBegin:
    case Event::ChunkEnd:
    case Event::NeedMore:
        break;
    }
    return event;
}

void HandWrittenAnswer::headComplete(const Place &place)
{
    const wire::Head &head = m_parser.head();
    place.observer->headComplete(place.exchange, Direction::Sent, head, monotonicNow());
    const int status = head.statusCode;
    m_isFinal = status >= 200 || status == 101;
    if (status == 101 || (m_isConnect && status >= 200 && status < 300))
        m_parser.enterTunnel();
}

} // namespace headrace::http

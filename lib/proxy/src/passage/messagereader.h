#pragma once

#include <http/clock.h>
#include <wire/messageparser.h>

#include <QByteArray>

#include <utility>

namespace headrace::proxy {

/** A parser that need not be pulled to its end before more comes: what is read meanwhile waits. */
class MessageReader
{
public:
    using Event = wire::MessageParser::Event;

    explicit MessageReader(wire::MessageParser parser)
        : m_parser(std::move(parser))
    {
    }

    void feed(const QByteArray &octets)
    {
        if (m_isFed) {
            m_waiting += octets;
            return;
        }
        m_isFed = true;
        m_readTime = http::monotonicNow();
        m_parser.feed(octets);
    }

    void feedEof() { m_isEnding = true; }

    Event next()
    {
        while (true) {
            const Event event = m_parser.next();
            if (event != Event::NeedMore)
                return event;
            m_isFed = false;
            if (!m_waiting.isEmpty()) {
                feed(std::exchange(m_waiting, {}));
            } else if (m_isEnding && !m_isEnded) {
                m_isEnded = true;
                m_parser.feedEof();
            } else {
                return Event::NeedMore;
            }
        }
    }

    /// Nothing is left of what came, and more may come. Between messages.
    bool isExhausted() { return next() == Event::NeedMore && !m_isEnding; }

    wire::MessageParser &parser() { return m_parser; }

    const wire::MessageParser &parser() const { return m_parser; }

    qsizetype waiting() const
    {
        return m_waiting.size();
    } ///< Octets behind those that the parser has.

    bool isEnding() const { return m_isEnding; } ///< No more will come.

    http::MonotonicTime readTime() const { return m_readTime; } ///< Of what the parser has.

private:
    wire::MessageParser m_parser;
    QByteArray m_waiting;
    http::MonotonicTime m_readTime = 0;
    bool m_isFed = false; // and not pulled to its end
    bool m_isEnding = false;
    bool m_isEnded = false;
};

} // namespace headrace::proxy

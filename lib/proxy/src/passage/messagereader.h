#pragma once

#include <http/clock.h>
#include <wire/messageparser.h>

#include <QByteArray>

#include <functional>
#include <utility>

namespace headrace::proxy {

/** A parser that need not be pulled to its end before more comes: what is read meanwhile waits. How leniently a request is
    read can depend on its first line: nothing of it is read then before that is there. */
class MessageReader
{
public:
    using Event = wire::MessageParser::Event;

    /// A request line, or what is left of the connection without one, to how its request is read. Without end of line.
    using LenienceChooser = std::function<wire::Lenience(QByteArrayView line)>;

    /// Octets of a first line that are waited for.
    static constexpr qsizetype LongestLine = 64 * 1024;

    explicit MessageReader(wire::MessageParser parser)
        : m_parser(std::move(parser))
    {
    }

    /// From the next message on; empty: all are read as the parser does by itself.
    void setLenienceChooser(LenienceChooser chooser) { m_chooser = std::move(chooser); }

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
        if (m_isUndecided && !decide())
            return Event::NeedMore;
        while (true) {
            const Event event = m_parser.next();
            m_isUndecided = event == Event::MessageBegin && m_chooser;
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
    /// False: the first line is not all there.
    bool decide()
    {
        QByteArray begin = m_parser.unread().toByteArray();
        begin += m_waiting.first(qMin(m_waiting.size(), LongestLine));
        const qsizetype end = begin.indexOf('\n');
        if (end < 0 && begin.size() < LongestLine && !m_isEnding)
            return false;
        m_isUndecided = false;
        m_parser.setLenience(m_chooser(QByteArrayView(begin).first(qMax<qsizetype>(end, 0))));
        return true;
    }

    wire::MessageParser m_parser;
    LenienceChooser m_chooser;
    QByteArray m_waiting;
    http::MonotonicTime m_readTime = 0;
    bool m_isFed = false; // and not pulled to its end
    bool m_isUndecided = false; // a message has begun, and it is not known how to read it
    bool m_isEnding = false;
    bool m_isEnded = false;
};

} // namespace headrace::proxy

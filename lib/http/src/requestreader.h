#pragma once

#include "http/observer.h"

#include <wire/messageparser.h>

#include <QByteArray>
#include <QPointer>

#include <memory>

namespace headrace::http {

class ExchangeGuard;
class Transport;

/** The parser of one server connection that tells an observer what it reads: each request is an exchange of
    its own, from its first octet on. Costs nothing without an observer. */
class RequestReader
{
public:
    using Event = wire::MessageParser::Event;

    RequestReader(
        wire::MessageParser parser, Transport *transport, Observer *observer, bool isSecure);

    void feed(const QByteArray &octets);

    Event
    next(); ///< As wire::MessageParser::next(), and reported. What is behind a head is not known yet.
    Event nextAtEnd(); ///< The peer will send nothing more.

    /// The request is complete with its head, and \a octets followed it: of a tunnel, or of nothing.
    void reportLast(wire::MessagePart part, const QByteArray &octets);

    /// Behind what was read, when the connection was closed.
    void setUnread(const QByteArray &octets) { m_unread = octets; }

    /// The connection is over: what was not parsed and never will be.
    void reportRest();

    wire::MessageParser &parser() { return m_parser; }

    const wire::MessageParser &parser() const { return m_parser; }

    ExchangeId exchange() const { return m_exchange; } ///< Of the request that is being read.

    /// Of that exchange, for those who take part in it; null without an observer.
    const std::shared_ptr<ExchangeGuard> &guard() const { return m_guard; }

    void letGo() { m_guard.reset(); } ///< Nothing more of this exchange is read.

private:
    /// Empty lines before a request are kept until it begins, unless they are more. Unit: octets.
    static constexpr qsizetype MaxEmptyLines = 256;

    void report(Event event);
    void reportOctets(wire::MessagePart part, QByteArrayView octets);
    void keepEmptyLines();
    void beginExchange();

    wire::MessageParser m_parser;
    QPointer<Transport> m_transport;
    Observer *m_observer;
    std::shared_ptr<ExchangeGuard> m_guard;
    ConnectionId m_connection;
    QByteArray m_emptyLines; ///< Before the next request.
    QByteArray m_unread;
    ExchangeId m_exchange = 0;
    MonotonicTime m_readTime = 0; ///< Of what the parser has. Only with an observer.
    bool m_isSecure;
};

} // namespace headrace::http

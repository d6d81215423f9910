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

    void feed(const QByteArray &octets) { m_parser.feed(octets); }

    Event
    next(); ///< As wire::MessageParser::next(), and reported. What is behind a head is not known yet.
    Event nextAtEnd(); ///< The peer will send nothing more.

    /// What followed the head of a tunnel, once somebody took it.
    void reportTunnelled(const QByteArray &octets);

    wire::MessageParser &parser() { return m_parser; }

    const wire::MessageParser &parser() const { return m_parser; }

    ExchangeId exchange() const { return m_exchange; } ///< Of the request that is being read.

    /// Of that exchange, for those who take part in it; null without an observer.
    const std::shared_ptr<ExchangeGuard> &guard() const { return m_guard; }

    void letGo() { m_guard.reset(); } ///< Nothing more of this exchange is read.

private:
    void report(Event event);
    void beginExchange();

    wire::MessageParser m_parser;
    QPointer<Transport> m_transport;
    Observer *m_observer;
    std::shared_ptr<ExchangeGuard> m_guard;
    ExchangeId m_exchange = 0;
    bool m_isSecure;
};

} // namespace headrace::http

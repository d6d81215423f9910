#pragma once

#include "http/observer.h"

#include <wire/messageparser.h>

#include <QByteArray>

namespace headrace::http {

/** Reads, for observers, the answer that a program writes to the socket itself: to a refused request
    (clientError), to an upgrade, to CONNECT. What it is not, or what is behind it, is told as octets of another
    part. Source: reference events 'clientError', 'connect', 'upgrade'. */
class HandWrittenAnswer
{
public:
    struct Place
    {
        Observer *observer;
        ExchangeId exchange;
        ConnectionId connection;
        wire::MessagePart part; ///< Of what is no answer.
    };

    /// \a isConnect: a 2xx opens a tunnel.
    explicit HandWrittenAnswer(bool isConnect);

    void sent(const QByteArray &octets, const Place &place);
    void end(const Place &place); ///< Nothing more is sent.

private:
    using Event = wire::MessageParser::Event;

    Event report(const Place &place);
    void headComplete(const Place &place);

    wire::MessageParser m_parser;
    bool m_isConnect;
    bool m_isFinal = false; ///< The head of the final answer was seen.
    bool m_isOver = false; ///< What follows is no answer.
};

} // namespace headrace::http

#pragma once

#include "proxy/transit.h"

#include <exchange/websocket.h>

#include <QByteArray>

#include <array>
#include <optional>
#include <utility>

namespace headrace::proxy {

/** Gives the messages of a WebSocket to a filter, whole, and answers the octets that go on. What the filter leaves alone goes
    on in the frames in which it came, unless it came in several, or messages are compressed: each needs the ones
    before it then. */
class WebSocketRelay
{
public:
    /// Of a message, before and behind compression. Unit: octets.
    static constexpr qsizetype Limit = 16 * 1024 * 1024;

    /// \a response: the 101, with its fields.
    WebSocketRelay(const exchange::Message &response, Transit::WebSocketFilter filter);

    /// Octets of a direction to those that go on now; empty: nothing yet.
    QByteArray pass(exchange::Direction direction, const QByteArray &octets);

    /// A message was too long, or is none: nothing that follows could be read by its receiver.
    bool isBroken() const { return m_isBroken; }

private:
    struct Channel
    {
        explicit Channel(exchange::WebSocketWriter writerOfIt)
            : writer(std::move(writerOfIt))
        {
        }

        QByteArray
            recent; // as received: the message that is not complete, or the begin of a header
        qint64 before = 0; // octets that came before them
        exchange::WebSocketWriter writer;
    };

    QByteArray rendered(Channel &channel, const exchange::WebSocketMessage &message);

    Transit::WebSocketFilter m_filter;
    std::optional<exchange::WebSocketDeflate> m_deflate;
    exchange::WebSocketReader m_reader;
    std::array<Channel, 2> m_channels; // by direction
    bool m_isBroken = false;
};

} // namespace headrace::proxy

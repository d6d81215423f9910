#pragma once

#include "proxy/transit.h"

#include <exchange/websocket.h>

#include <QByteArray>

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace headrace::proxy {

/** Gives the messages of a WebSocket to a filter, whole, one of each direction at a time, and answers the octets that go on.
    What the filter leaves alone goes on in the frames in which it came, unless it came in several, or messages are
    compressed: each needs the ones before it then. */
class WebSocketRelay
{
public:
    /// Of a message, before and behind compression. Unit: octets.
    static constexpr qsizetype Limit = 16 * 1024 * 1024;

    /// Called when the filter had taken its time: \a octets go on now, maybe none. isBusy() and isBroken() may have changed.
    using Later = std::function<void(exchange::Direction direction, const QByteArray &octets)>;

    /// \a response: the 101, with its fields.
    WebSocketRelay(const exchange::Message &response, Transit::WebSocketFilter filter, Later later);

    /// Octets of a direction to those that go on now; empty: nothing yet.
    QByteArray pass(exchange::Direction direction, const QByteArray &octets);

    /// The filter has a message of that direction: what comes meanwhile is kept, so no more should.
    bool isBusy(exchange::Direction direction) const
    {
        return m_channels.at(size_t(direction)).isAsked;
    }

    /// A message was too long, or is none: nothing that follows could be read by its receiver.
    bool isBroken() const { return m_isBroken; }

private:
    /// A message, or a control frame, that waits for those before it.
    struct Waiting
    {
        exchange::WebSocketMessage message;
        QByteArray received; ///< Its frame; empty: it came in several.
    };

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
        std::deque<Waiting> waiting;
        QByteArray ready; // to go on
        bool isAsked = false;
        bool isProceeding = false;
    };

    void proceed(Channel &channel);
    void ask(const exchange::WebSocketMessage &message);
    void answered(
        exchange::Direction direction, const std::optional<Transit::WebSocketMessage> &left);
    static QByteArray asReceived(Channel &channel, const Waiting &first);

    Transit::WebSocketFilter m_filter;
    Later m_later;
    std::shared_ptr<WebSocketRelay *> m_self; // gone with this: who answers then is late
    std::optional<exchange::WebSocketDeflate> m_deflate;
    exchange::WebSocketReader m_reader;
    std::array<Channel, 2> m_channels; // by direction
    bool m_isBroken = false;
};

} // namespace headrace::proxy

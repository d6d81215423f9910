#include "passage/websocketrelay.h"

#include <algorithm>

namespace headrace::proxy {

using exchange::Direction;
using exchange::WebSocketMessage;

namespace {

constexpr qsizetype longestHeader = 14; // RFC 6455 section 5.2

} // namespace

WebSocketRelay::WebSocketRelay(const exchange::Message &response, Transit::WebSocketFilter filter)
    : m_filter(std::move(filter))
    , m_deflate(exchange::webSocketDeflateOf(response))
    , m_reader(m_deflate, Limit)
    , m_channels { Channel(exchange::WebSocketWriter(Direction::Request, m_deflate)),
        Channel(exchange::WebSocketWriter(Direction::Response, m_deflate)) }
{
}

QByteArray WebSocketRelay::pass(Direction direction, const QByteArray &octets)
{
    Channel &channel = m_channels.at(size_t(direction));
    if (m_isBroken)
        return {};
    channel.recent += octets;
    QByteArray result;
    const QList<WebSocketMessage> messages = m_reader.feed(direction, octets, 0);
    for (const WebSocketMessage &message : messages)
        result += rendered(channel, message);
    const std::optional<WebSocketMessage> begun = m_reader.incomplete(direction);
    const qint64 end = channel.before + channel.recent.size();
    const qint64 needed = begun ? begun->offset : end - longestHeader;
    const qint64 surplus = std::clamp<qint64>(needed - channel.before, 0, channel.recent.size());
    channel.recent.remove(0, surplus);
    channel.before += surplus;
    m_isBroken = m_isBroken || m_reader.isBroken(direction)
        || channel.recent.size() > Limit + longestHeader;
    return result;
}

QByteArray WebSocketRelay::rendered(Channel &channel, const WebSocketMessage &message)
{
    const bool isSingle = message.frames == 1;
    const auto asReceived = [&] {
        return isSingle ? channel.recent.sliced(message.offset - channel.before, message.wireOctets)
                        : channel.writer.write(message.opcode, message.payload);
    };
    if (message.opcode != WebSocketMessage::Text && message.opcode != WebSocketMessage::Binary)
        return asReceived();
    if (message.isCut()) {
        m_isBroken = true;
        return {};
    }
    const Transit::WebSocketMessage given { message.direction,
        message.opcode == WebSocketMessage::Text, message.payload };
    const std::optional<Transit::WebSocketMessage> left = m_filter(given);
    if (!left)
        return {};
    if (!m_deflate && left->isText == given.isText && left->payload == given.payload)
        return asReceived();
    return channel.writer.write(
        left->isText ? WebSocketMessage::Text : WebSocketMessage::Binary, left->payload);
}

} // namespace headrace::proxy

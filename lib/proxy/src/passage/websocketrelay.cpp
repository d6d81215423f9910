#include "passage/websocketrelay.h"

#include <http/ticks.h>

#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace headrace::proxy {

using exchange::Direction;
using exchange::WebSocketMessage;

namespace {

constexpr qsizetype longestHeader = 14; // RFC 6455 section 5.2

} // namespace

WebSocketRelay::WebSocketRelay(
    const exchange::Message &response, Transit::WebSocketFilter filter, Later later)
    : m_filter(std::move(filter))
    , m_later(std::move(later))
    , m_self(std::make_shared<WebSocketRelay *>(this))
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
    const QList<WebSocketMessage> messages = m_reader.feed(direction, octets, 0);
    for (const WebSocketMessage &message : messages) {
        const bool isSingle = message.frames == 1;
        channel.waiting.push_back({ message,
            isSingle ? channel.recent.sliced(message.offset - channel.before, message.wireOctets)
                     : QByteArray() });
    }
    const std::optional<WebSocketMessage> begun = m_reader.incomplete(direction);
    const qint64 end = channel.before + channel.recent.size();
    const qint64 needed = begun ? begun->offset : end - longestHeader;
    const qint64 surplus = std::clamp<qint64>(needed - channel.before, 0, channel.recent.size());
    channel.recent.remove(0, surplus);
    channel.before += surplus;
    m_isBroken = m_isBroken || m_reader.isBroken(direction)
        || channel.recent.size() > Limit + longestHeader;
    proceed(channel);
    return std::exchange(channel.ready, {});
}

void WebSocketRelay::proceed(Channel &channel)
{
    if (channel.isProceeding)
        return;
    const QScopedValueRollback proceeding(channel.isProceeding, true);
    while (!channel.isAsked && !m_isBroken && !channel.waiting.empty()) {
        const Waiting &first = channel.waiting.front();
        const WebSocketMessage message = first.message;
        if (message.opcode != WebSocketMessage::Text
            && message.opcode != WebSocketMessage::Binary) {
            channel.ready += asReceived(channel, first);
            channel.waiting.pop_front();
        } else if (message.isCut()) {
            m_isBroken = true;
        } else {
            channel.isAsked = true;
            ask(message);
        }
    }
}

QByteArray WebSocketRelay::asReceived(Channel &channel, const Waiting &first)
{
    if (!first.received.isEmpty())
        return first.received;
    return channel.writer.write(first.message.opcode, first.message.payload);
}

void WebSocketRelay::ask(const WebSocketMessage &message)
{
    m_filter({ message.direction, message.opcode == WebSocketMessage::Text, message.payload },
        [self = std::weak_ptr(m_self), direction = message.direction](
            const std::optional<Transit::WebSocketMessage> &left) {
            if (const auto relay = self.lock(); relay && (*relay)->isBusy(direction))
                (*relay)->answered(direction, left);
        });
}

void WebSocketRelay::answered(
    Direction direction, const std::optional<Transit::WebSocketMessage> &left)
{
    const http::IoScope scope;
    Channel &channel = m_channels.at(size_t(direction));
    channel.isAsked = false;
    const Waiting first = std::move(channel.waiting.front());
    channel.waiting.pop_front();
    const WebSocketMessage &given = first.message;
    if (left) {
        const auto opcode = left->isText ? WebSocketMessage::Text : WebSocketMessage::Binary;
        const bool isSame = opcode == given.opcode && left->payload == given.payload;
        channel.ready += isSame && !m_deflate ? asReceived(channel, first)
                                              : channel.writer.write(opcode, left->payload);
    }
    if (channel.isProceeding)
        return; // it was asked from there
    proceed(channel);
    m_later(direction, std::exchange(channel.ready, {}));
}

} // namespace headrace::proxy

#include "inspector/websocketloader.h"

#include "inspector/websocketmodel.h"

#include <algorithm>

namespace headrace::ui {

using exchange::Direction;
using exchange::Octets;
using exchange::WebSocketMessage;
using exchange::WebSocketReader;

namespace {

int messageOf(Direction direction) { return direction == Direction::Request ? -1 : 0; }

std::shared_ptr<std::atomic_bool> makeFlag() { return std::make_shared<std::atomic_bool>(false); }

} // namespace

WebSocketLoader::WebSocketLoader(QObject *parent)
    : QObject(parent)
    , m_isCanceled(makeFlag())
    , m_isPayloadCanceled(makeFlag())
    , m_background(std::make_unique<Background>())
{
}

WebSocketLoader::~WebSocketLoader()
{
    *m_isCanceled = true;
    *m_isPayloadCanceled = true;
}

void WebSocketLoader::setStore(exchange::Store *store)
{
    if (m_store == store)
        return;
    *m_isCanceled = true;
    *m_isPayloadCanceled = true;
    m_background = std::make_unique<Background>(); // the old one waits: its store may go now
    m_isPayloadCanceled = makeFlag();
    m_exchange.reset();
    m_store = store;
}

void WebSocketLoader::follow(const std::shared_ptr<const exchange::Exchange> &exchange)
{
    const bool isSame = m_exchange && m_exchange->summary.id == exchange->summary.id;
    m_exchange = exchange;
    if (!isSame) {
        *m_isCanceled = true;
        m_isCanceled = makeFlag();
        m_isRunning = false;
        m_state = {};
        m_state.reader = std::make_shared<WebSocketReader>(
            exchange::webSocketDeflateOf(exchange->response), WebSocketModel::ShownData);
        Q_EMIT began();
    }
    m_isStale = m_isRunning;
    if (!m_isRunning && m_store)
        run();
}

void WebSocketLoader::run()
{
    m_isRunning = true;
    m_isStale = false;
    m_background->run([store = m_store.data(), id = m_exchange->summary.id, state = m_state,
                          flag = m_isCanceled] { return read(*store, id, state, flag); },
        [this, flag = m_isCanceled](const Result &result) {
            if (*flag)
                return;
            m_isRunning = false;
            m_state = result.state;
            Q_EMIT loaded(result.messages, result.incomplete);
            if (m_isStale && !m_isRunning)
                run();
        });
}

WebSocketLoader::Result WebSocketLoader::read(
    const exchange::Store &store, exchange::ExchangeId id, State state, const Flag &flag)
{
    Result result;
    for (const Direction direction : { Direction::Request, Direction::Response }) {
        Place &place = direction == Direction::Request ? state.client : state.server;
        qint64 at = place.before;
        store.readOctetsFrom(
            id, messageOf(direction), place.mark, [&](const Octets &piece, qint64 mark) {
                if (mark != place.mark)
                    place = { mark, at };
                if (piece.part != exchange::Part::Tunnel)
                    return !*flag;
                const qint64 known = state.reader->octets(direction) - at;
                at += piece.octets.size();
                if (known < piece.octets.size())
                    result.messages += state.reader->feed(
                        direction, QByteArrayView(piece.octets).sliced(known), piece.time);
                return !*flag;
            });
        if (const auto rest = state.reader->incomplete(direction))
            result.incomplete += *rest;
    }
    std::stable_sort(result.messages.begin(), result.messages.end(),
        [](const WebSocketMessage &one, const WebSocketMessage &other) {
            return one.lastTime < other.lastTime;
        });
    result.state = state;
    return result;
}

void WebSocketLoader::loadPayload(const WebSocketMessage &message)
{
    *m_isPayloadCanceled = true;
    m_isPayloadCanceled = makeFlag();
    if (!m_store || !m_exchange)
        return;
    const auto work = [store = m_store.data(), id = m_exchange->summary.id, message,
                          deflate = exchange::webSocketDeflateOf(m_exchange->response),
                          flag = m_isPayloadCanceled] {
        WebSocketReader reader(deflate, PayloadLimit);
        std::optional<WebSocketMessage> found;
        const auto isWanted = [&message](const WebSocketMessage &other) {
            return other.offset == message.offset && other.opcode == message.opcode;
        };
        store->readOctets(id, messageOf(message.direction), [&](const Octets &piece) {
            if (piece.part == exchange::Part::Tunnel) {
                for (const WebSocketMessage &other :
                    reader.feed(message.direction, piece.octets, piece.time)) {
                    if (isWanted(other))
                        found = other;
                }
            }
            return !found && !*flag;
        });
        if (const auto rest = reader.incomplete(message.direction); !found && rest)
            found = *rest;
        return found && isWanted(*found) ? *found : message;
    };
    m_background->run(work, [this, flag = m_isPayloadCanceled](const WebSocketMessage &whole) {
        if (!*flag)
            Q_EMIT payloadLoaded(whole);
    });
}

} // namespace headrace::ui

#include "hooknotes_p.h"
#include "proxyscripts_p.h"

#include <algorithm>

// onChunk and onWebSocketMessage: the pieces of a stream, one after the other through each script.

namespace headrace::session {

using exchange::Direction;
using proxy::Transit;
using Hook = HookScript::Hook;

/// A piece of a body on its way through the scripts. Who answers may do so long after the exchange has ended.
struct ProxyScripts::ChunkPass
{
    std::weak_ptr<Exchange> exchange; ///< Gone: nobody waits any more.
    Transit &transit;
    Direction direction;
    bool isEnd; ///< What the first script gets is no data.
    QByteArray data;
    std::function<void(const QByteArray &)> done;
    size_t next = 0; ///< Of the scripts.
};

void ProxyScripts::addChunkFilter(Transit &transit, Use &use, Direction direction)
{
    const auto exchange = m_exchanges.value(&transit);
    std::vector<Use *> &filters = exchange->chunkFilters[int(direction)];
    if (std::find(filters.begin(), filters.end(), &use) != filters.end())
        return; // of an answer in the place of another
    filters.push_back(&use);
    if (filters.size() > 1)
        return; // the one that is set asks all
    transit.setPieceFilter(direction,
        [this, &transit, direction, weak = std::weak_ptr(exchange)](
            const QByteArray &piece, std::function<void(const QByteArray &)> done) {
            if (weak.expired())
                done(piece);
            else
                passChunk(std::make_shared<ChunkPass>(ChunkPass {
                    weak, transit, direction, piece.isNull(), piece, std::move(done) }));
        });
}

void ProxyScripts::passChunk(const std::shared_ptr<ChunkPass> &pass)
{
    const auto exchange = pass->exchange.lock();
    if (!exchange)
        return;
    const std::vector<Use *> &filters = exchange->chunkFilters[int(pass->direction)];
    if (pass->next == filters.size()) {
        pass->done(pass->data);
        return;
    }
    Use &use = *filters.at(pass->next++);
    const auto askEnd = [this, pass, &use](const QByteArray &front) {
        callChunk(*pass, use, {}, [this, pass, front](const QByteArray &tail) {
            pass->data = front + tail;
            passChunk(pass);
        });
    };
    const auto goOn = [this, pass](const QByteArray &result) {
        pass->data = result;
        passChunk(pass);
    };
    const bool hasData = !pass->data.isEmpty();
    if (hasData && pass->isEnd)
        callChunk(*pass, use, pass->data, askEnd);
    else if (hasData)
        callChunk(*pass, use, pass->data, goOn);
    else if (pass->isEnd)
        askEnd({});
    else
        goOn({});
}

void ProxyScripts::callChunk(const ChunkPass &pass, Use &use, const QByteArray &piece,
    const std::function<void(const QByteArray &)> &done)
{
    use.script->call(Hook::Chunk,
        { double(pass.transit.id()), contextFacts(pass.transit, use.rule, pass.direction),
            piece.isNull() ? QVariant::fromValue(nullptr) : QVariant(piece) },
        [weak = pass.exchange, &transit = pass.transit, direction = pass.direction, &use, piece,
            done](const script::Runtime::Answer &answer) {
            const auto exchange = weak.lock();
            if (!exchange)
                return;
            if (answer.error && !std::exchange(use.isFailureNoted, true))
                note(transit, messageIndex(direction), use.script->name(),
                    QStringLiteral("onChunk failed: %1").arg(textOf(*answer.error, *use.script)));
            done(answer.error || !answer.value.isValid() ? piece : answer.value.toByteArray());
        });
}

/// The same for a message.
struct ProxyScripts::MessagePass
{
    std::weak_ptr<Exchange> exchange;
    Transit &transit;
    Transit::WebSocketMessage message;
    std::function<void(const std::optional<Transit::WebSocketMessage> &)> done;
    size_t next = 0;
};

void ProxyScripts::addWebSocketFilter(Transit &transit, Use &use)
{
    const auto exchange = m_exchanges.value(&transit);
    exchange->webSocketFilters.push_back(&use);
    if (exchange->webSocketFilters.size() > 1)
        return; // the one that is set asks all
    transit.setWebSocketFilter(
        [this, &transit, weak = std::weak_ptr(exchange)](const Transit::WebSocketMessage &message,
            std::function<void(const std::optional<Transit::WebSocketMessage> &)> done) {
            if (weak.expired())
                done(message);
            else
                passMessage(std::make_shared<MessagePass>(
                    MessagePass { weak, transit, message, std::move(done) }));
        });
}

void ProxyScripts::passMessage(const std::shared_ptr<MessagePass> &pass)
{
    const auto exchange = pass->exchange.lock();
    if (!exchange)
        return;
    if (pass->next == exchange->webSocketFilters.size()) {
        pass->done(pass->message);
        return;
    }
    Use &use = *exchange->webSocketFilters.at(pass->next++);
    Transit::WebSocketMessage &message = pass->message;
    const QVariantMap facts { { QStringLiteral("fromClient"),
                                  message.direction == Direction::Request },
        { QStringLiteral("data"),
            message.isText ? QVariant(QString::fromUtf8(message.payload))
                           : QVariant(message.payload) } };
    use.script->call(Hook::WebSocketMessage,
        { double(pass->transit.id()), contextFacts(pass->transit, use.rule, message.direction),
            facts },
        [this, pass, &use](const script::Runtime::Answer &answer) {
            if (!pass->exchange.expired())
                takeMessage(pass, use, answer);
        });
}

void ProxyScripts::takeMessage(
    const std::shared_ptr<MessagePass> &pass, Use &use, const script::Runtime::Answer &answer)
{
    Transit::WebSocketMessage &message = pass->message;
    if (answer.error && !std::exchange(use.isFailureNoted, true))
        note(pass->transit, messageIndex(message.direction), use.script->name(),
            QStringLiteral("onWebSocketMessage failed: %1")
                .arg(textOf(*answer.error, *use.script)));
    switch (answer.error ? QMetaType::UnknownType : answer.value.typeId()) {
    case QMetaType::Bool:
        pass->done(std::nullopt);
        return;
    case QMetaType::QString:
        message.isText = true;
        message.payload = answer.value.toString().toUtf8();
        break;
    case QMetaType::QByteArray:
        message.isText = false;
        message.payload = answer.value.toByteArray();
        break;
    default:
        break;
    }
    passMessage(pass);
}

} // namespace headrace::session

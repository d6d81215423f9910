#pragma once

#include "shell/background.h"

#include <exchange/store.h>
#include <exchange/websocket.h>

#include <QPointer>

#include <atomic>
#include <memory>

namespace headrace::ui {

/** Decodes the messages of a WebSocket beside the GUI thread, as they come: an exchange that has grown is read on from where
    it was left. Thread: GUI. */
class WebSocketLoader : public QObject
{
    Q_OBJECT

public:
    /// Octets of one payload that load() gives at most.
    static constexpr qsizetype PayloadLimit = 16 * 1024 * 1024;

    explicit WebSocketLoader(QObject *parent = nullptr);
    ~WebSocketLoader() override;

    /// Where the octets are. Borrowed; null: nowhere. What runs is waited for.
    void setStore(exchange::Store *store);

    /// began() if it is not the one before; loaded() follows, once for each call or for some.
    void follow(const std::shared_ptr<const exchange::Exchange> &exchange);

    /// payloadLoaded() follows with all of it, unless another is asked for before. It is decoded anew: from the begin, for
    /// the sake of the compression.
    void loadPayload(const exchange::WebSocketMessage &message);

Q_SIGNALS:
    void began();

    /// The next messages, in order of time, with the begin of their payloads; and those that are not complete.
    void loaded(const QList<headrace::exchange::WebSocketMessage> &messages,
        const QList<headrace::exchange::WebSocketMessage> &incomplete);
    void payloadLoaded(const headrace::exchange::WebSocketMessage &message);

private:
    using Flag = std::shared_ptr<std::atomic_bool>;
    using Reader = std::shared_ptr<exchange::WebSocketReader>;

    /// How far one direction was read.
    struct Place
    {
        qint64 mark = 0; ///< Of the store.
        qint64 before = 0; ///< Octets of the tunnel before the first piece with that mark.
    };

    struct State
    {
        Reader reader;
        Place client;
        Place server;
    };

    struct Result
    {
        State state;
        QList<exchange::WebSocketMessage> messages;
        QList<exchange::WebSocketMessage> incomplete;
    };

    static Result read(
        const exchange::Store &store, exchange::ExchangeId id, State state, const Flag &flag);
    void run();

    QPointer<exchange::Store> m_store;
    std::shared_ptr<const exchange::Exchange> m_exchange;
    State m_state;
    bool m_isRunning = false;
    bool m_isStale = false; ///< It has grown while it was read.
    Flag m_isCanceled;
    Flag m_isPayloadCanceled;
    std::unique_ptr<Background> m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui

#pragma once

#include "exchange/websocket.h"
#include "websocket/inflater.h"
#include "websocket/utf8check.h"

#include <wslay/wslay.h>

namespace headrace::exchange {

/// The frames of one direction.
class WebSocketReader::Channel
{
public:
    Channel(Direction direction, const std::optional<WebSocketDeflate> &deflate, qsizetype kept);
    ~Channel();
    Q_DISABLE_COPY_MOVE(Channel)

    QList<WebSocketMessage> feed(QByteArrayView octets, qint64 time);
    std::optional<WebSocketMessage> incomplete() const;

    qint64 octets() const { return m_fed; }

    bool isBroken() const { return m_isBroken; }

private:
    /// What is put together of frames: the message, or a control frame within it.
    struct Open
    {
        WebSocketMessage message;
        websocket::Utf8Check utf8;
        bool isOpen = false;
    };

    static ssize_t receive(uint8_t *to, size_t size, int flags, void *self);
    void beginFrame(const wslay_frame_iocb &frame, QList<WebSocketMessage> *messages);
    void addData(QByteArrayView data);
    void addPayload(Open &open, QByteArrayView payload) const;
    void endFrame(const wslay_frame_iocb &frame, QList<WebSocketMessage> *messages);
    void decompress(const std::function<bool(const std::function<bool(QByteArrayView)> &)> &run);
    void complete(Open &open, QList<WebSocketMessage> *messages);
    void breakOff(QList<WebSocketMessage> *messages);

    Open &current() { return m_isControl ? m_control : m_data; }

    Direction m_direction;
    bool m_hasDeflate;
    qsizetype m_kept;
    wslay_frame_context_ptr m_context = nullptr;
    websocket::Inflater m_inflater;
    QByteArrayView m_input; ///< Of feed(), that was not taken yet.
    qint64 m_time = 0; ///< Of feed().
    qint64 m_fed = 0;
    qint64 m_frameBegin = 0; ///< Offset of the frame that is read, or of the next.
    qint64 m_frameTime = -1; ///< Of its first octet; -1: that has not come.
    quint64 m_seen = 0; ///< Octets of its payload.
    bool m_isInFrame = false;
    bool m_isControl = false; ///< The frame that is read.
    bool m_isBroken = false;
    Open m_data;
    Open m_control;
};

} // namespace headrace::exchange

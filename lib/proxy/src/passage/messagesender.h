#pragma once

#include "passage/filteredbody.h"
#include "passage/shapedwriter.h"
#include "proxy/transit.h"

#include <wire/messagepart.h>

#include <QMetaObject>

#include <functional>
#include <memory>

namespace headrace::proxy {

/** One message on its way out: its head, then what follows it as it was received, or piece by piece through a filter,
    which frames it anew. Thread: the transport's. */
class MessageSender
{
public:
    /// Whose message it is.
    class Owner
    {
    public:
        virtual void senderDrained(exchange::Direction direction) = 0; ///< isFull() no more.
        virtual void senderFaulted(exchange::Direction direction, Shaping::Fault fault) = 0;

    protected:
        ~Owner() = default;
    };

    /// How the body is framed where a filter changes it.
    enum class Framing
    {
        AsReceived,
        Chunked,
        UntilClose
    };

    /// \a owner and \a transport are borrowed. A filter is one only with \a framing other than AsReceived.
    MessageSender(Owner &owner, exchange::Direction direction, http::Transport *transport,
        const Shaping &shaping, Framing framing, Transit::PieceFilter filter);
    ~MessageSender();
    Q_DISABLE_COPY_MOVE(MessageSender)

    void write(const QByteArray &octets); ///< As it is: heads, bodies that are whole.
    void pass(wire::MessagePart part, const QByteArray &octets);
    void finish(); ///< No more comes: what the filter kept, and the last chunk if none was passed.

    bool isFull(); ///< senderDrained() follows.
    void whenWritten(std::function<void()> done); ///< All went to the transport; at once if it has.

private:
    Owner &m_owner;
    exchange::Direction m_direction;
    http::Transport *m_transport;
    QMetaObject::Connection m_drain; // made when it was full
    std::unique_ptr<ShapedWriter> m_shaped; // null: straight on
    std::unique_ptr<FilteredBody> m_filtered; // null: as received
};

} // namespace headrace::proxy

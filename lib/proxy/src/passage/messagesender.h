#pragma once

#include "passage/shapedwriter.h"
#include "proxy/transit.h"

#include <wire/messagepart.h>

#include <functional>
#include <memory>

namespace headrace::proxy {

/** One message on its way out: its head, then what follows it as it was received, or piece by piece through a filter,
    which frames it anew. Thread: the transport's. */
class MessageSender : public QObject
{
    Q_OBJECT

public:
    /// How the body is framed where a filter changes it.
    enum class Framing
    {
        AsReceived,
        Chunked,
        UntilClose
    };

    /// \a transport is borrowed. A filter is one only with \a framing other than AsReceived.
    MessageSender(http::Transport *transport, const Shaping &shaping, Framing framing,
        Transit::PieceFilter filter);

    void write(const QByteArray &octets); ///< As it is: heads, bodies that are whole.
    void pass(wire::MessagePart part, const QByteArray &octets);
    void finish(); ///< No more comes: what the filter kept, and the last chunk if none was passed.

    bool isFull() const; ///< drained() follows.
    void whenWritten(std::function<void()> done); ///< All went to the transport; at once if it has.

Q_SIGNALS:
    void drained();
    void faulted(headrace::proxy::Shaping::Fault fault);

private:
    void sendFiltered(const QByteArray &data);
    void endBody(); ///< What the filter kept back.

    http::Transport *m_transport;
    std::unique_ptr<ShapedWriter> m_shaped; // null: straight on
    Framing m_framing;
    Transit::PieceFilter m_filter;
    bool m_isLastChunkSent = false;
};

} // namespace headrace::proxy

#include "passage/messagesender.h"

#include <http/transport.h>
#include <wire/headserializer.h>

namespace headrace::proxy {

using wire::MessagePart;

MessageSender::MessageSender(Owner &owner, exchange::Direction direction,
    http::Transport *transport, const Shaping &shaping, Framing framing,
    Transit::PieceFilter filter)
    : m_owner(owner)
    , m_direction(direction)
    , m_transport(transport)
    , m_framing(framing)
    , m_filter(std::move(filter))
{
    if (shaping.isNone())
        return;
    m_shaped = std::make_unique<ShapedWriter>(transport, shaping);
    QObject::connect(m_shaped.get(), &ShapedWriter::drained, m_shaped.get(),
        [this] { m_owner.senderDrained(m_direction); });
    QObject::connect(m_shaped.get(), &ShapedWriter::faulted, m_shaped.get(),
        [this](Shaping::Fault fault) { m_owner.senderFaulted(m_direction, fault); });
}

MessageSender::~MessageSender() { QObject::disconnect(m_drain); }

void MessageSender::write(const QByteArray &octets)
{
    if (m_shaped)
        m_shaped->write(octets);
    else if (!octets.isEmpty())
        m_transport->writeReported(octets);
}

void MessageSender::pass(MessagePart part, const QByteArray &octets)
{
    if (m_framing == Framing::AsReceived) {
        write(octets);
        return;
    }
    switch (part) {
    case MessagePart::Body:
        sendFiltered(m_filter ? m_filter(octets) : octets);
        break;
    case MessagePart::Trailers: // with the blank line behind them
        if (m_framing != Framing::Chunked)
            break;
        if (!m_isLastChunkSent) {
            endBody();
            write(QByteArrayLiteral("0\r\n"));
        }
        write(octets);
        break;
    case MessagePart::ChunkHeader:
    case MessagePart::ChunkEnd:
        break; // the sizes are others
    case MessagePart::Head:
    case MessagePart::Tunnel:
    case MessagePart::Unparsed:
        write(octets);
        break;
    }
}

void MessageSender::sendFiltered(const QByteArray &data)
{
    if (data.isEmpty())
        return;
    if (m_framing == Framing::UntilClose)
        write(data);
    else
        write(wire::renderChunkHeader(data.size()) + data + "\r\n");
}

void MessageSender::endBody()
{
    m_isLastChunkSent = true;
    if (m_filter)
        sendFiltered(m_filter(QByteArray()));
}

void MessageSender::finish()
{
    if (m_framing == Framing::AsReceived || m_isLastChunkSent)
        return;
    endBody();
    if (m_framing == Framing::Chunked)
        write(wire::renderLastChunk({}));
}

bool MessageSender::isFull()
{
    if (m_shaped)
        return m_shaped->isFull();
    const bool isFull = m_transport->needsDrain();
    if (isFull && !m_drain)
        m_drain = QObject::connect(m_transport, &http::Transport::drained, m_transport,
            [this] { m_owner.senderDrained(m_direction); });
    return isFull;
}

void MessageSender::whenWritten(std::function<void()> done)
{
    if (m_shaped)
        m_shaped->whenWritten(std::move(done));
    else
        done();
}

} // namespace headrace::proxy

#include "passage/messagesender.h"

#include <http/transport.h>

namespace headrace::proxy {

MessageSender::MessageSender(Owner &owner, exchange::Direction direction,
    http::Transport *transport, const Shaping &shaping, Framing framing,
    Transit::PieceFilter filter)
    : m_owner(owner)
    , m_direction(direction)
    , m_transport(transport)
{
    if (framing != Framing::AsReceived)
        m_filtered = std::make_unique<FilteredBody>(
            framing == Framing::Chunked, std::move(filter),
            [this](const QByteArray &octets) { write(octets); },
            [this] {
                if (!isFull())
                    m_owner.senderDrained(m_direction);
            });
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

void MessageSender::pass(wire::MessagePart part, const QByteArray &octets)
{
    if (m_filtered)
        m_filtered->pass(part, octets);
    else
        write(octets);
}

void MessageSender::finish()
{
    if (m_filtered)
        m_filtered->finish();
}

bool MessageSender::isFull()
{
    if (m_filtered && m_filtered->isWaiting())
        return true;
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
    if (m_filtered && !m_filtered->isPassed())
        m_filtered->whenPassed([this, done = std::move(done)] { whenWritten(done); });
    else if (m_shaped)
        m_shaped->whenWritten(std::move(done));
    else
        done();
}

} // namespace headrace::proxy

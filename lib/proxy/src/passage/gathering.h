#pragma once

#include <wire/head.h>
#include <wire/headserializer.h>
#include <wire/messagepart.h>

#include <QByteArray>
#include <QList>

#include <utility>

namespace headrace::proxy {

/// A body that is gathered whole before it goes on, also as it was received.
class Gathering
{
public:
    /// Beyond it a body goes on as it comes, and nobody can change it. Unit: octets.
    static constexpr qint64 Limit = qint64(64) * 1024 * 1024;

    void add(wire::MessagePart part, const QByteArray &octets)
    {
        m_pieces.append({ part, octets });
        m_octets += octets.size();
        if (part == wire::MessagePart::Body)
            m_body += octets;
    }

    void setTrailers(const wire::Fields &trailers) { m_trailers = trailers.toPairs(); }

    bool isTooLarge() const { return m_octets > Limit; }

    const QByteArray &body() const { return m_body; } ///< Without framing.

    const QList<wire::FieldLine> &trailers() const { return m_trailers; }

    const QList<std::pair<wire::MessagePart, QByteArray>> &pieces() const { return m_pieces; }

private:
    QList<std::pair<wire::MessagePart, QByteArray>> m_pieces;
    QByteArray m_body;
    QList<wire::FieldLine> m_trailers;
    qint64 m_octets = 0;
};

} // namespace headrace::proxy

#pragma once

#include <exchange/recording.h>
#include <http/observer.h>

#include <QString>

#include <optional>

namespace headrace::proxy {

class Core;

/** What is recorded of one exchange: exchange::Recording with the events of a proxy in their documented names. Which ones
    come in which order stands with exchange::PatternMatcher. */
class PassageRecord
{
public:
    PassageRecord(Core &core, const exchange::Connection &client, bool isSecure,
        const QString &host, http::MonotonicTime began);
    ~PassageRecord(); ///< end()

    exchange::Recording &recording() { return m_recording; }

    exchange::ExchangeId id() const { return m_recording.id(); }

    // directions are those of the messages
    void octets(exchange::Direction direction, wire::MessagePart part, QByteArrayView octets,
        http::MonotonicTime time);
    void head(exchange::Direction direction, const wire::Head &head, http::MonotonicTime time);
    void complete(exchange::Direction direction, http::MonotonicTime time);

    /// What came goes to the store: nothing may follow for long.
    void flush();

    void event(const QString &object, const QString &name, const QString &detail = {});
    void phase(http::SocketPhase phase, http::MonotonicTime time);
    void fail(const http::Error &error);

    void cancel() { m_recording.setCanceled(); }

    void end();

    bool isOver() const { return m_isOver; }

private:
    Core &m_core;
    exchange::Recording m_recording;
    bool m_isOver = false;
};

} // namespace headrace::proxy

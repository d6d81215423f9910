#pragma once

#include "exchange/store.h"

#include <http/observer.h>

#include <functional>
#include <memory>

namespace headrace::exchange {

/// How far the bodies of an exchange have come. Unit: octets.
struct RecordedBody
{
    qint64 requestOctets = 0;
    qint64 responseOctets = 0;
    qint64 responseLength
        = -1; ///< Content-Length of the final response; -1 without one, or not yet known.
};

/** Watches library objects and writes what happens into a Sink: one exchange of the store for each of
    the observer's, and one for octets of a connection that belong to none, until the next begins or the
    connection closes. Nothing else is needed to record.
    An exchange that opens a tunnel goes on until its connection closes. What passes there belongs to its request
    (client to server) and its response, as Part::Tunnel.
    Thread: that of the watched objects. Must outlive them. */
class Recorder : public http::Observer
{
public:
    static constexpr qint64 DefaultMessageLimit = qint64(64) * 1024 * 1024;

    /// \a sink is borrowed.
    Recorder(Sink &sink, Source source);
    ~Recorder() override;

    /// Raw octets kept of one message; beyond it only counts go on and Message::isTruncated is set.
    /// Unit: octets. Of exchanges that begin from now on.
    void setMessageLimit(qint64 octets);

    /// The store's id of an exchange that goes on; 0 if it is not known or over.
    ExchangeId storeId(http::ExchangeId exchange) const;

    /// Zeroes for an exchange that is not known or over.
    RecordedBody body(http::ExchangeId exchange) const;

    /// Called with both ids as soon as an exchange has ended in the sink; it must not change library objects.
    /// Not for octets that belong to no exchange.
    void setEndListener(std::function<void(http::ExchangeId, ExchangeId)> listener);

    /// The user ended this exchange: it will end as State::Canceled. Nothing happens when it is over.
    void markCanceled(http::ExchangeId exchange);

    /// Ends what still goes on as Canceled: the watched objects are gone.
    void endAll();

    void exchangeBegan(const http::ExchangeStart &start) override;
    void socketAssigned(http::ExchangeId exchange, const http::ConnectionInfo &info,
        http::MonotonicTime time) override;
    void socketPhase(http::ExchangeId exchange, http::ConnectionId connection,
        http::SocketPhase phase, http::MonotonicTime time) override;
    void tlsEstablished(http::ExchangeId exchange, http::ConnectionId connection,
        const http::TlsInfo &info, http::MonotonicTime time) override;
    void tlsRefused(http::ExchangeId exchange, http::ConnectionId connection,
        const http::TlsInfo &info, http::MonotonicTime time) override;
    void octets(http::ExchangeId exchange, http::ConnectionId connection, http::Direction direction,
        wire::MessagePart part, QByteArrayView octets, http::MonotonicTime time) override;
    void headComplete(http::ExchangeId exchange, http::Direction direction, const wire::Head &head,
        http::MonotonicTime time) override;
    void chunkBegan(http::ExchangeId exchange, http::Direction direction,
        const wire::ChunkHeader &chunk, http::MonotonicTime time) override;
    void trailersComplete(http::ExchangeId exchange, http::Direction direction,
        const wire::Fields &trailers, http::MonotonicTime time) override;
    void messageComplete(
        http::ExchangeId exchange, http::Direction direction, http::MonotonicTime time) override;
    void event(http::ExchangeId exchange, http::Emitter emitter, http::EventKind event,
        const QString &detail, http::MonotonicTime time) override;
    void failed(
        http::ExchangeId exchange, const http::Error &error, http::MonotonicTime time) override;
    void exchangeEnded(http::ExchangeId exchange, http::MonotonicTime time) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::exchange

#pragma once

#include "exchange/octetsource.h"
#include "exchange/store.h"

#include <QList>

#include <atomic>

namespace headrace::exchange {

/// When octets came. Unit of time: microseconds from Exchange::began.
struct Arrival
{
    qint64 offset = 0; ///< Of the first of them.
    qint64 time = 0;

    bool operator==(const Arrival &) const = default;
};

/// The time of the octet at \a offset; -1 if nothing is known of it. \a arrivals: in order.
qint64 arrivalOf(const QList<Arrival> &arrivals, qint64 offset);

/** The octets of one direction of an exchange, read from its store where they are looked at. To know where they
    lie, open() reads through them once; after that a read takes the time of some pieces.
    Memory: some 40 octets for each quarter of a MiB, and up to 1.6 MB of arrivals. */
class StoredOctets : public OctetSource
{
public:
    enum class Scope
    {
        Wire, ///< All that passed; of a response: interim responses first (see WireSpan).
        Body, ///< Without head, framing and trailers; codings are still on it.
    };

    /// Whose octets.
    struct Place
    {
        ExchangeId id = 0;
        Direction direction = Direction::Response;
        int interimCount = 0; ///< Scope Wire of a response: how many come before it.
        Scope scope = Scope::Body;

        bool operator==(const Place &) const = default;
    };

    /** What is there of \a place now. \a before: of the same place, earlier; then only what came since is read.
        Null when \a isCanceled has become true. \a store is borrowed for as long as the source lives.
        Thread: any; not the GUI's, since it takes long. */
    static std::shared_ptr<const StoredOctets> open(const Store &store, const Place &place,
        const std::shared_ptr<const StoredOctets> &before = {},
        const std::atomic_bool *isCanceled = nullptr);

    qint64 size() const override;
    QByteArray read(qint64 offset, qint64 length) const override;

    /// At most some 100,000; those of later octets are left out.
    const QList<Arrival> &arrivals() const;

private:
    /// From where the octets from some offset on can be read.
    struct Entry
    {
        qint64 offset = 0;
        qint64 mark = 0; ///< See Store::readOctetsFrom().
        qsizetype step = 0; ///< In m_messages.
    };

    StoredOctets(const Store &store, const Place &place);
    bool isOf(Part part) const;
    bool readOn(const std::atomic_bool *isCanceled);
    void note(const Octets &octets, qint64 mark, qsizetype step);

    const Store &m_store;
    Place m_place;
    QList<int> m_messages; ///< As Sink::setHead(), in the order in which they passed.
    QList<Entry> m_entries; ///< Sparse; never empty.
    Entry m_last; ///< The last mark there was: where readOn() goes on.
    QList<Arrival> m_arrivals;
    qint64 m_size = 0;
};

} // namespace headrace::exchange

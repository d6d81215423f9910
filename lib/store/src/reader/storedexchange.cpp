#include "reader/storedexchange.h"

#include "reader/filereader.h"
#include "record/logreader.h"

#include <exchange/exchangebuilder.h>

#include <algorithm>
#include <limits>

namespace headrace::store {

// What waits was asked for before the file: a piece that got into the file in between is in both.
void readLogFrom(FileReader &reader, const std::optional<Inbox::Waiting> &waiting,
    exchange::ExchangeId id, quint32 first,
    const std::function<bool(quint32 number, QByteArrayView log)> &take)
{
    qint64 last = qint64(first) - 1;
    const bool goesOn = reader.readLog(id, first, [&](quint32 number, QByteArrayView log) {
        last = number;
        return take(number, log);
    });
    if (!goesOn || !waiting)
        return;
    for (const Segment &segment : waiting->segments) {
        if (qint64(segment.number) > last && !take(segment.number, segment.log))
            return;
    }
}

void readWholeLog(FileReader &reader, const std::optional<Inbox::Waiting> &waiting,
    exchange::ExchangeId id, const std::function<bool(QByteArrayView log)> &take)
{
    readLogFrom(reader, waiting, id, 0, [&take](quint32, QByteArrayView log) { return take(log); });
}

std::optional<exchange::Exchange> readExchange(
    FileReader &reader, const Inbox &inbox, exchange::ExchangeId id, qint64 octetLimit)
{
    const std::optional<Inbox::Waiting> waiting = inbox.find(id);
    const std::optional<exchange::Summary> summary
        = waiting ? std::optional(waiting->summary) : reader.summary(id);
    if (!summary)
        return std::nullopt;
    exchange::ExchangeBuilder builder(octetLimit);
    builder.begin(*summary);
    // Most of a large log is octets that are only counted.
    const auto keeps = [&builder](int message) { return !builder.message(message).isPartial; };
    readWholeLog(
        reader, waiting, id, [&](QByteArrayView log) { return replay(log, builder, keeps); });
    exchange::Exchange result = builder.exchange();
    result.summary = *summary;
    return result;
}

void readOctets(FileReader &reader, const Inbox &inbox, exchange::ExchangeId id, int message,
    qint64 mark, const std::function<bool(const exchange::Octets &, qint64 mark)> &take)
{
    const auto first = quint32(std::clamp<qint64>(mark, 0, std::numeric_limits<quint32>::max()));
    readLogFrom(reader, inbox.find(id), id, first, [&](quint32 number, QByteArrayView log) {
        return replayOctets(log, message, [&](const exchange::Octets &octets) {
            exchange::Octets own = octets;
            own.octets.detach(); // they are borrowed from the log
            return take(own, number);
        });
    });
}

} // namespace headrace::store

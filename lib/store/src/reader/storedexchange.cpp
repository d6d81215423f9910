#include "reader/storedexchange.h"

#include "reader/filereader.h"
#include "record/logreader.h"

#include <exchange/exchangebuilder.h>

namespace headrace::store {

// What waits was asked for before the file: a piece that got into the file in between is in both.
void readWholeLog(FileReader &reader, const std::optional<Inbox::Waiting> &waiting,
    exchange::ExchangeId id, const std::function<bool(QByteArrayView log)> &take)
{
    qint64 last = -1;
    const bool goesOn = reader.readLog(id, [&](quint32 number, QByteArrayView log) {
        last = number;
        return take(log);
    });
    if (!goesOn || !waiting)
        return;
    for (const Segment &segment : waiting->segments) {
        if (qint64(segment.number) > last && !take(segment.log))
            return;
    }
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
    readWholeLog(reader, waiting, id, [&](QByteArrayView log) { return replay(log, builder); });
    exchange::Exchange result = builder.exchange();
    result.summary = *summary;
    return result;
}

void readOctets(FileReader &reader, const Inbox &inbox, exchange::ExchangeId id, int message,
    const std::function<bool(const exchange::Octets &)> &take)
{
    const auto takeOwn = [&take](const exchange::Octets &octets) {
        exchange::Octets own = octets;
        own.octets.detach(); // they are borrowed from the log
        return take(own);
    };
    readWholeLog(reader, inbox.find(id), id,
        [&](QByteArrayView log) { return replayOctets(log, message, takeOwn); });
}

} // namespace headrace::store

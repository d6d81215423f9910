#pragma once

#include "writer/inbox.h"

#include <exchange/store.h>

namespace headrace::store {

class FileReader;

/// Gives the log of an exchange piece by piece: what is in the file, then what waits for it, each once.
void readWholeLog(FileReader &reader, const std::optional<Inbox::Waiting> &waiting,
    exchange::ExchangeId id, const std::function<bool(QByteArrayView log)> &take);

/// The same from piece \a first on, with the number of each.
void readLogFrom(FileReader &reader, const std::optional<Inbox::Waiting> &waiting,
    exchange::ExchangeId id, quint32 first,
    const std::function<bool(quint32 number, QByteArrayView log)> &take);

/// All of an exchange, with so many octets of each message; nothing for one that is not there.
std::optional<exchange::Exchange> readExchange(
    FileReader &reader, const Inbox &inbox, exchange::ExchangeId id, qint64 octetLimit);

/// The octets of one message, see exchange::Store::readOctetsFrom(): a mark is the number of a piece of the log.
void readOctets(FileReader &reader, const Inbox &inbox, exchange::ExchangeId id, int message,
    qint64 mark, const std::function<bool(const exchange::Octets &, qint64 mark)> &take);

} // namespace headrace::store

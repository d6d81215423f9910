#pragma once

#include <exchange/store.h>

namespace headrace::store {

/// Makes the calls of a log to \a sink; the ids are 0. False for a log that is none from some place on: what came
/// before it was told. \a keeps: whether the sink keeps octets of a message; others are borrowed from \a log.
bool replay(
    QByteArrayView log, exchange::Sink &sink, const std::function<bool(int message)> &keeps = {});

/// Makes the calls alone that tell heads.
void replayHeads(QByteArrayView log, exchange::Sink &sink);

/// Gives the octets of one message alone, borrowed from \a log. False when \a take said so.
bool replayOctets(
    QByteArrayView log, int message, const std::function<bool(const exchange::Octets &)> &take);

} // namespace headrace::store

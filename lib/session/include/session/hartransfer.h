#pragma once

#include <exchange/store.h>

#include <QIODevice>
#include <QStringList>

#include <functional>

namespace headrace::session {

/// How reading or writing a HAR file went.
struct HarOutcome
{
    qint64 exchanges = 0; ///< That are in the session now, or in the file.
    QString
        error; ///< For people: why it is not done to its end, with the place in the file; empty: it is.
    bool isCanceled = false;
    qint64 noteCount = 0; ///< Of all notes; `notes` has the first of them.
    QStringList notes; ///< What is not as it stood: "entry 3: …".
};

/// Called some ten times a second with what is done so far: exchanges, and the share of all, 0 to 1 (-1: not known);
/// false cancels.
using HarProgress = std::function<bool(qint64 exchanges, double share)>;

/** Reads the entries of a HAR file into \a store behind what is there, as formats::readHar() reads them. What was read
    before an error, or before the end of room in the store, is kept. Exchanges that went on when they were written are
    Canceled.
    Into a session without exchanges connections come with the numbers of the file, else with new ones, so that they seem
    not to be those of the session.
    \a sink: that of \a store. Thread: any, the caller's. */
[[nodiscard]] HarOutcome importHar(
    QIODevice &from, exchange::Store &store, exchange::Sink &sink, const HarProgress &progress);

/** Writes those of \a ids that exist as HAR, in this order, as formats::HarWriter writes them: at most
    HarWriter::OctetLimit octets of a message, and a note tells of more. Thread: any, the caller's. */
[[nodiscard]] HarOutcome exportHar(const exchange::Store &store,
    const QList<exchange::ExchangeId> &ids, QIODevice &to, const HarProgress &progress);

} // namespace headrace::session

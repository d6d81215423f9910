#pragma once

#include "exchange/octetsearch.h"
#include "exchange/octetspan.h"

#include <QList>

#include <memory>
#include <optional>

namespace headrace::exchange {

/** Finds all places in a stream of octets that match a pattern, one behind the other, none overlapping and none
    empty. Case, encoding and bounds are those of OctetSearch: a match longer than 64 KiB may be found in parts.
    Thread: one at a time. */
class MatchScan
{
public:
    explicit MatchScan(const SearchPattern &pattern);
    ~MatchScan();
    Q_DISABLE_COPY_MOVE(MatchScan)

    /// Null if the pattern is good; else nothing is found.
    std::optional<SearchPatternError> error() const;

    /// The next octets; what is found is appended to \a found, for expressions later.
    void feed(QByteArrayView octets, QList<OctetSpan> *found);
    void finish(QList<OctetSpan> *found); ///< There are no more.

    /// A part was not searched: the pattern takes too long.
    bool gaveUp() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::exchange

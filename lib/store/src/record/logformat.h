#pragma once

#include <QByteArrayView>
#include <QLatin1StringView>
#include <QString>

#include <optional>

namespace headrace::store {

/*  The log of an exchange: its recorder's calls of exchange::Sink in order, each as
        call (one octet), size of what follows (number), arguments in their order.
    So a reader steps over what it does not want or does not know. Numbers, octets and texts as OctetWriter has
    them; times are microseconds and signed; names and words that occur often are numbers, see commonWord().
    Values are stored: they stay. */
enum class LogCall : quint8
{
    Connection = 1,
    Timings = 2,
    Head = 3,
    Octets = 4,
    Unkept = 5,
    Chunk = 6,
    Trailers = 7,
    End = 8,
    Event = 9,
    Failure = 10,
    Client = 11,
    Change = 12,
};

/// The number of a word that occurs often, from 1; 0 for others, which are written out.
quint64 numberOfCommonWord(const QString &word);
std::optional<QString> commonWord(quint64 number);

} // namespace headrace::store

#include "record/logformat.h"

#include <QHash>

#include <array>

namespace headrace::store {

namespace {

// Objects and names of events as the recorder writes them. Part of the format: new words go to the end.
constexpr std::array<const char *, 49> commonWords {
    "ClientRequest",
    "ServerResponse",
    "IncomingMessage",
    "Server",
    "Agent",
    "Socket",
    "Wire",
    "Recorder",
    "abort",
    "aborted",
    "checkContinue",
    "checkExpectation",
    "clientError",
    "close",
    "connect",
    "connection",
    "continue",
    "data",
    "drain",
    "end",
    "error",
    "finish",
    "free",
    "information",
    "listening",
    "prefinish",
    "request",
    "response",
    "socket",
    "timeout",
    "upgrade",
    "lookup started",
    "lookup ended",
    "connect started",
    "connect ended",
    "TLS started",
    "TLS ended",
    "first byte",
    "closed",
    "chunk sent",
    "chunk received",
    "trailers sent",
    "trailers received",
    "events not kept",
    "ended by peer",
    "Proxy",
    "held",
    "resumed",
    "forwarded",
};

} // namespace

quint64 numberOfCommonWord(const QString &word)
{
    static const QHash<QString, quint64> numbers = [] {
        QHash<QString, quint64> result;
        for (size_t i = 0; i < commonWords.size(); ++i)
            result.insert(QString::fromLatin1(commonWords.at(i)), i + 1);
        return result;
    }();
    return numbers.value(word);
}

std::optional<QString> commonWord(quint64 number)
{
    static const std::array<QString, commonWords.size()> words = [] {
        std::array<QString, commonWords.size()> result;
        for (size_t i = 0; i < commonWords.size(); ++i)
            result.at(i) = QString::fromLatin1(commonWords.at(i));
        return result;
    }();
    if (number == 0 || number > words.size())
        return std::nullopt;
    return words.at(size_t(number - 1));
}

} // namespace headrace::store

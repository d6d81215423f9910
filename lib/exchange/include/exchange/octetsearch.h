#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>

namespace headrace::exchange {

/// What a search looks for.
struct SearchPattern
{
    QByteArray text; ///< UTF-8, or any octets.
    bool isRegex = false; ///< Perl's syntax (PCRE2), else literal.
    bool isCaseSensitive = false;
    bool dotIsAny = false; ///< '.' of an expression matches line ends, too.

    bool operator==(const SearchPattern &) const = default;
};

/// Why a pattern cannot be used.
struct SearchPatternError
{
    QString message; ///< One sentence.
    qsizetype offset = 0; ///< In SearchPattern::text.
};

/** Looks for the first place in a stream of octets that matches a pattern; the octets come in pieces of any size,
    and a match may span them.

    Case: letters of ASCII, and if the pattern has others and is UTF-8, all letters by Unicode's simple folding,
    in octets that are UTF-8. Octets of another encoding are not converted: decode first what is not UTF-8.
    Expressions work on octets; on characters if the pattern has others than ASCII, or asks for them (`\p`, `\x{`).
    One that stands for nothing but a literal is searched for as such.

    Bounds of expressions: how far a match is sure to be seen is 64 KiB from its start; longer ones are found or
    not by where they lie. An expression that backtracks too much is not tried any further there, and one that is slower
    than 10 MB/s for two seconds not in the rest of the stream; gaveUp() tells.
    Memory: twice the pattern for literals, 512 KiB and up to 1 MiB of stack for expressions.

    Copies share the compiled pattern and begin with a new stream. Thread: one at a time; each copy its own. */
class OctetSearch
{
public:
    explicit OctetSearch(const SearchPattern &pattern);
    ~OctetSearch();
    OctetSearch(const OctetSearch &other);
    OctetSearch &operator=(const OctetSearch &other);
    OctetSearch(OctetSearch &&) noexcept;
    OctetSearch &operator=(OctetSearch &&) noexcept;

    /// Null if the pattern is good; else nothing is ever found.
    std::optional<SearchPatternError> error() const;

    /// It is not an expression, or might as well be none.
    bool isLiteral() const;

    /// The next octets. Answers the offset of the first match in the stream, and from then on, whatever comes.
    /// An expression looks at half a MiB together, so it may answer later. An empty pattern matches at 0.
    std::optional<qint64> feed(QByteArrayView octets);

    /// There are no more.
    std::optional<qint64> finish();

    /// Begins a new stream.
    void reset();

    /// A part of this stream was not searched: the pattern takes too long.
    bool gaveUp() const;

private:
    class Search;
    class Literal;
    class Regex;
    class Fixed;

    std::unique_ptr<Search> m_search;
    std::optional<SearchPatternError> m_error;
    std::optional<qint64> m_found;
    bool m_isLiteral = false;
};

/// All of \a octets at once.
std::optional<qint64> searchIn(QByteArrayView octets, const SearchPattern &pattern);

} // namespace headrace::exchange

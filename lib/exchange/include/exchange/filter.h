#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringView>

#include <memory>
#include <optional>

class QRegularExpression;

namespace headrace::exchange {

/** What a term of a filter looks at. Where a field has several values (a header that comes twice, both
    sides, host with and without port), a term holds if it holds for one of them. */
enum class FilterField
{
    Url, ///< Text: scheme://host[:port]/path?query; see urlOf(). Also what bare text looks at.
    Method, ///< Text.
    Scheme, ///< Text: "http", "https".
    Host, ///< Text, two values: Summary::host, and the same without port.
    Path, ///< Text, two values: path with query, and path alone; see pathOf().
    Query, ///< Text: what stands behind the first '?' of the path; absent without one.
    Status, ///< Number; absent while there is none (0).
    Type, ///< Text: media type of the request or the response. Regex: the whole value of Content-Type.
    RequestType, ///< As Type, the request's only.
    ResponseType, ///< As Type, the response's only.
    Asset, ///< Exists: the response's media type is one of isAssetType().
    Source, ///< Text, Equals only: "composer", "proxy", "mock", "script".
    State, ///< Text, Equals only: "active", "complete", "failed", "canceled".
    Size, ///< Number: octets of the response's body as they passed (Summary::responseBodyOctets).
    RequestSize, ///< Number: octets of the request's body.
    Duration, ///< Number: microseconds; absent while active (-1).
    Number, ///< Number: Summary::id.
    Connection, ///< Number: Summary::connection; absent without one.
    Time, ///< Number: Summary::began in milliseconds since 1970-01-01 UTC.
    Header, ///< Text of a header field of the request or the final response; see FilterTerm::name.
    RequestHeader, ///< As Header, the request's only.
    ResponseHeader, ///< As Header, the response's only.
    Trailer, ///< As Header, of the trailers of either side.
    Event, ///< Text, two values for each event: its name, and "Object.name".
    Pattern, ///< Text: name() of Summary::pattern; Equals with one of them.
    Body, ///< Text of the request's or the response's body, content codings undone. Exists: not empty.
    RequestBody, ///< As Body, the request's only.
    ResponseBody, ///< As Body, the response's only.
    Note, ///< Text that the user wrote.
    Mark, ///< Text: name() of Summary::mark; absent without one.
    Error, ///< Text, two values: code and message of the failure. Exists: there is one.
    Client, ///< Text: "address:port" of the side that asked; of a proxy: of its client.
    Server, ///< Text: "address:port" of the side that was asked.
    HasResponse, ///< Exists: the head of a final response has come.
    HasNoResponse, ///< Exists: it has not.
    WebSocket, ///< Exists: the connection was upgraded to WebSocket (status 101, Upgrade: websocket).
    Rule, ///< Text: Change::by, the rules and scripts that touched it.
    Changed, ///< Exists: a proxy changed it, as its user wanted; see isOfUser().
    Lenient, ///< Exists: a proxy let through what it would have refused, had the user not said otherwise.
};

/// How a term looks. Text is compared without regard to case unless the term says so.
enum class FilterCompare
{
    Exists, ///< The field is there. Texts: also if it is empty, unless absent means empty (Note, Mark).
    Equals, ///< Number, or the whole text.
    Less, ///< Numbers.
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains, ///< The text occurs.
    Glob, ///< The whole text, by wildcards; see globPattern().
    Regex, ///< The expression (PCRE2) is found somewhere; see expressionOf().
};

/// One condition. A comparison of an absent number or text never holds, so its negation does.
struct FilterTerm
{
    FilterField field = FilterField::Url;
    FilterCompare compare = FilterCompare::Exists;

    /** Header, RequestHeader, ResponseHeader, Trailer: whose value is looked at; wildcards `*` and `?`, case
        aside. Empty: any field, and the text looked at is its line "name: value". Else unused. */
    QByteArray name;
    QString text; ///< What text is compared with.
    qint64 number = 0; ///< What numbers are compared with. Unit: the field's.
    bool isCaseSensitive = false; ///< Regex only.

    friend bool operator==(const FilterTerm &, const FilterTerm &) = default;
};

/** A condition on exchanges: all of them, a term, or filters joined by not, and, or. A value; copies share
    their nodes. Depth as parseFilter() bounds it. Thread: any. */
class Filter
{
public:
    enum class Kind
    {
        All, ///< Every exchange.
        Term,
        Not, ///< Of its one child.
        And, ///< Of two children or more, none of them And.
        Or, ///< Of two children or more, none of them Or.
    };

    Filter() = default; ///< All.
    explicit Filter(FilterTerm term);

    static Filter none(); ///< Not of All.
    static Filter allOf(
        const QList<Filter> &filters); ///< Without any: All. Nested ones are joined.
    static Filter anyOf(const QList<Filter> &filters); ///< Without any: none().
    Filter negated() const; ///< A Not is taken away again.

    Kind kind() const;
    bool isAll() const;
    const FilterTerm &term() const; ///< Of a Term; else one that means nothing.
    QList<Filter> children() const; ///< In the order written; empty for All and Term.

    /// Text that parseFilter() makes the same filter of; empty for All.
    QString toString() const;

    friend bool operator==(const Filter &left, const Filter &right);

private:
    struct Node;
    explicit Filter(std::shared_ptr<const Node> node);
    static Filter joined(Kind kind, const QList<Filter> &filters);

    std::shared_ptr<const Node> m_node; ///< Null: All.
};

/// How much of an exchange a condition has to see.
enum class FilterCost
{
    Summary, ///< Its row.
    Exchange, ///< Heads, trailers, events, connections, changes.
    Body, ///< The octets of its bodies.
};
FilterCost costOf(const FilterTerm &term);
FilterCost costOf(const Filter &filter); ///< Of its dearest term.

/// Where and why a text is no filter.
struct FilterError
{
    qsizetype position
        = 0; ///< Of the first character that is wrong; the text's length when one is missing.
    qsizetype length = 0; ///< Of what is wrong; 0 where something is missing.
    QString message; ///< One sentence without full stop.

    friend bool operator==(const FilterError &, const FilterError &) = default;
};

struct ParsedFilter
{
    Filter filter; ///< All with an error.
    std::optional<FilterError> error;
};

/** What \a text asks for. Empty or blank text: All. \a now is what times of day refer to; null: the clock.
    Bounds: 64 Ki characters, 64 nested parentheses and negations, 1,000 terms; beyond them an error.
    Thread: any.

    Conditions are mitmproxy's, as they are (`~m POST & ~c 404`), bare text, and fields. From the loosest:
    one beside the other (all of them), `|`, `&`, `!`, parentheses; as there, so `a b | c` is `a & (b | c)`.
    `or`, `and`, `not`, `||`, `&&` and `-` before a condition mean the same. `~dns`, `~tcp`, `~udp`, `~replay`,
    `~replayq`, `~replays` and `~meta` match nothing here, `~http` everything.

    Bare text is a regular expression on the URL. It is also looked for as it is if it holds a `?`, and only
    so if it is no expression. In quotes (`"` or `'`) a backslash takes the meaning of the quote and of itself
    away, `\n \r \t \f` are what they are in C, and before anything else it stays.

        method:GET,HEAD     any of a list; also host type scheme event pattern mark client server
        host:api            holds the text; method, scheme, event and mark: is the text
        host:api.*          is the text, by the wildcards * and ?; a backslash or quotes make them plain
        host=a.test  !=     is the text, or is not; wildcards as above
        host:/^a/  host~^a  matches the expression; flags c (case counts) i m s x; `(?-i)` at its begin is c
                            url, path and query have only the second form: a slash is part of them
        host:*              is there
        status:4xx,500-599  codes, classes and ranges; = != < <= > >= with one of them
        size>1.5MB          B kB MB GB TB, KiB MiB GiB TiB; request.size (or reqsize) for the other side
        duration>500ms      us ms s min h; without unit ms
        time>=12:01         also 12:01:07.250, 2026-01-31, 2026-01-31T12:01, with Z for UTC; ranges by ..
        header:x-id         comes; header:x-id=7, x-id!=7, x-id:7 (holds), x-id~^7, "x-id: a b"; names by
                            wildcards; header::7 is any line that holds 7; so trailer:, and request. response.
        body:"out of stock" holds the text; also note: error: and any: (URL, header, trailer, body, note, error)
        pattern:timeout     what patternsOf() knows, or a name by wildcards
        rule:"map local"    holds the text; a rule or script of the proxy that touched it, rule:* any
        source:proxy state:failed is:marked is:changed mark:red   fixed values

    A word with a colon that is a URL or an authority, as `http://x` or `localhost:8080`, is bare text; any
    other name that is no field is an error. Source: mitmproxy's documentation of filter expressions. */
ParsedFilter parseFilter(QStringView text, const QDateTime &now = {});

/// \a glob as a regular expression over a whole text: `*` is any run, `?` any one character (in Url, Path and
/// Query it is itself), `\` takes the meaning of the next one away.
QString globPattern(const QString &glob, FilterField field);

/// What a text must match for a term by Glob or Regex. Options: case aside, unless the term says otherwise;
/// `.` matches line ends too in bodies and by Glob.
QRegularExpression expressionOf(const FilterTerm &term);

/// Whether a media type (lower case, without parameters) is an asset of a page: scripts, styles, images, fonts.
bool isAssetType(QStringView mediaType);

} // namespace headrace::exchange

Q_DECLARE_METATYPE(headrace::exchange::Filter)

#include "filter/knownvalues.h"

#include "exchange/pattern.h"

#include <http/observer.h>
#include <wire/errorcode.h>
#include <wire/httpnames.h>

#include <algorithm>

namespace headrace::exchange::language {

namespace {

QList<KnownValue> words(const char *list)
{
    QList<KnownValue> result;
    for (const QString &word : QString::fromLatin1(list).split(u' '))
        result += KnownValue { word, {} };
    return result;
}

QList<KnownValue> texts(const QStringList &list)
{
    QList<KnownValue> result;
    for (const QString &text : list)
        result += KnownValue { text, {} };
    return result;
}

QList<KnownValue> statuses(bool withClasses)
{
    QList<KnownValue> result;
    if (withClasses) {
        result = { { QStringLiteral("1xx"), QStringLiteral("informational") },
            { QStringLiteral("2xx"), QStringLiteral("successful") },
            { QStringLiteral("3xx"), QStringLiteral("redirection") },
            { QStringLiteral("4xx"), QStringLiteral("client error") },
            { QStringLiteral("5xx"), QStringLiteral("server error") } };
    }
    for (const auto &[code, reason] : wire::statusCodes())
        result += KnownValue { QString::number(code), QString::fromLatin1(reason) };
    return result;
}

QList<KnownValue> methods()
{
    QList<KnownValue> result = words("GET POST PUT PATCH DELETE HEAD OPTIONS CONNECT TRACE");
    for (const QByteArrayView method : wire::methods()) {
        const QString name = QString::fromLatin1(method);
        const bool isThere = std::any_of(result.cbegin(), result.cend(),
            [&name](const KnownValue &known) { return known.text == name; });
        if (!isThere)
            result += KnownValue { name, {} };
    }
    return result;
}

QList<KnownValue> events()
{
    QList<KnownValue> result;
    for (int i = 0; i <= int(http::EventKind::Upgrade); ++i)
        result += KnownValue { http::name(http::EventKind(i)), {} };
    for (int i = 0; i <= int(http::SocketPhase::Closed); ++i)
        result += KnownValue { http::name(http::SocketPhase(i)), QStringLiteral("of the socket") };
    return result;
}

QList<KnownValue> patterns()
{
    QList<KnownValue> result;
    for (int i = 0; i < PatternCount; ++i)
        result += KnownValue { name(Pattern(i)), displayName(Pattern(i)) };
    return result;
}

QList<KnownValue> errors()
{
    QList<KnownValue> result;
    for (int i = 1; !wire::name(wire::ErrorCode(i)).isEmpty() && i < 1000; ++i)
        result += KnownValue { wire::name(wire::ErrorCode(i)), {} };
    return result;
}

// The number that is written with each unit, or some that are usual.
QList<KnownValue> withUnits(const QString &written, const char *units, const char *usual)
{
    qsizetype digits = 0;
    while (digits < written.size() && (written[digits].isDigit() || written[digits] == u'.'))
        ++digits;
    if (digits == 0)
        return words(usual);
    QList<KnownValue> result;
    for (const KnownValue &unit : words(units))
        result += KnownValue { written.first(digits) + unit.text, {} };
    return result;
}

QList<KnownValue> types(const FilterValues &values)
{
    return texts(values.types)
        + words("json html xml javascript css image/* font/* text/* form-urlencoded multipart/* "
                "event-stream octet-stream");
}

} // namespace

QList<KnownValue> knownValues(const CursorPlace &place, const FilterValues &values)
{
    if (!place.field)
        return {};
    const FieldName &field = *place.field;
    if (field.kind == ValueKind::Choice) {
        QList<KnownValue> result;
        for (const ChoiceName &choice : choicesOf(field))
            result += KnownValue { choice.name, choice.hint };
        return result;
    }
    switch (field.field) {
    case FilterField::Method:
        return methods();
    case FilterField::Status:
        return statuses(place.relation == Relation::Colon && !place.operatorName);
    case FilterField::Scheme:
        return words("http https");
    case FilterField::Host:
        return texts(values.hosts);
    case FilterField::Type:
    case FilterField::RequestType:
    case FilterField::ResponseType:
        return types(values);
    case FilterField::Event:
        return events();
    case FilterField::Pattern:
        return patterns();
    case FilterField::Error:
        return errors();
    case FilterField::Size:
    case FilterField::RequestSize:
        return withUnits(place.written, "B kB MB GB KiB MiB GiB", "1kB 10kB 100kB 1MB 10MB 100MB");
    case FilterField::Duration:
        return withUnits(place.written, "ms s us min h", "10ms 100ms 500ms 1s 5s 1min");
    default:
        return {};
    }
}

QList<KnownValue> knownFieldLines(const FilterValues &values)
{
    return texts(values.headers)
        + words("accept accept-encoding authorization cache-control connection content-encoding "
                "content-length content-type cookie etag host if-none-match location origin "
                "range referer server set-cookie transfer-encoding upgrade user-agent vary via "
                "x-forwarded-for x-request-id");
}

} // namespace headrace::exchange::language

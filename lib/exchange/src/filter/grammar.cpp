#include "filter/grammar.h"

#include "exchange/exchange.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace headrace::exchange::language {

namespace {

using L1 = QLatin1StringView;
using F = FilterField;
using V = ValueKind;
using C = FilterCompare;
using A = OperatorName::Argument;

// Slips of the keyboard between two words: letters missing, added, changed, or two of them swapped.
int slips(QStringView left, QStringView right)
{
    const size_t width = size_t(right.size()) + 1;
    std::vector<std::vector<int>> cost(size_t(left.size()) + 1, std::vector<int>(width));
    for (size_t i = 0; i < cost.size(); ++i) {
        for (size_t j = 0; j < width; ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = int(i + j);
                continue;
            }
            const auto l = qsizetype(i) - 1;
            const auto r = qsizetype(j) - 1;
            cost[i][j] = std::min({ cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                cost[i - 1][j - 1] + (left[l] == right[r] ? 0 : 1) });
            if (l > 0 && r > 0 && left[l] == right[r - 1] && left[l - 1] == right[r])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost.back().back();
}

} // namespace

const QList<FieldName> &fieldNames()
{
    static const QList<FieldName> names {
        { L1("method"), F::Method, V::Words, C::Equals, true, L1("request method: method:POST") },
        { L1("status"), F::Status, V::Status, C::Equals, true,
            L1("status code: status>=400, status:4xx") },
        { L1("host"), F::Host, V::Words, C::Contains, true, L1("host: host:api.*, host=a.test") },
        { L1("path"), F::Path, V::Words, C::Contains, false, L1("path of the URL: path:/v1/*") },
        { L1("query"), F::Query, V::Words, C::Contains, false, L1("query of the URL: query:q=7") },
        { L1("url"), F::Url, V::Words, C::Contains, false, L1("whole URL, as plain text") },
        { L1("scheme"), F::Scheme, V::Words, C::Equals, true, L1("scheme: scheme:https") },
        { L1("type"), F::Type, V::Words, C::Contains, true, L1("media type: type:json") },
        { L1("request.type"), F::RequestType, V::Words, C::Contains, true,
            L1("media type of the request") },
        { L1("response.type"), F::ResponseType, V::Words, C::Contains, true,
            L1("media type of the response") },
        { L1("header"), F::Header, V::Fields, C::Contains, false,
            L1("header of either side: header:x-id, header:x-id=7") },
        { L1("request.header"), F::RequestHeader, V::Fields, C::Contains, false,
            L1("header of the request") },
        { L1("response.header"), F::ResponseHeader, V::Fields, C::Contains, false,
            L1("header of the response") },
        { L1("trailer"), F::Trailer, V::Fields, C::Contains, false, L1("trailer: trailer:*") },
        { L1("body"), F::Body, V::Prose, C::Contains, false,
            L1("body of either side: body:\"out of stock\"") },
        { L1("request.body"), F::RequestBody, V::Prose, C::Contains, false,
            L1("body of the request") },
        { L1("response.body"), F::ResponseBody, V::Prose, C::Contains, false,
            L1("body of the response") },
        { L1("size"), F::Size, V::Octets, C::Equals, true, L1("response body: size>1MB"),
            L1("response.size") },
        { L1("request.size"), F::RequestSize, V::Octets, C::Equals, true,
            L1("request body: request.size>1kB"), L1("reqsize") },
        { L1("duration"), F::Duration, V::Duration, C::Equals, true,
            L1("from begin to end: duration>500ms") },
        { L1("time"), F::Time, V::Time, C::Equals, true, L1("moment of begin: time>=12:01") },
        { L1("id"), F::Number, V::Count, C::Equals, true, L1("number in the list: id:100-200") },
        { L1("connection"), F::Connection, V::Count, C::Equals, true,
            L1("number of the connection: connection:7") },
        { L1("source"), F::Source, V::Choice, C::Equals, true, L1("where it comes from") },
        { L1("state"), F::State, V::Choice, C::Equals, true, L1("how far it has come") },
        { IsName, F::State, V::Choice, C::Equals, true, L1("what it is: is:failed, is:tls") },
        { L1("event"), F::Event, V::Words, C::Equals, true, L1("event that came: event:aborted") },
        { L1("pattern"), F::Pattern, V::Words, C::Equals, true,
            L1("pattern of the events: pattern:timeout") },
        { L1("error"), F::Error, V::Prose, C::Contains, false,
            L1("code or message of the failure: error:ECONNRESET") },
        { L1("note"), F::Note, V::Prose, C::Contains, false, L1("your note: note:\"look here\"") },
        { L1("mark"), F::Mark, V::Choice, C::Equals, true, L1("your mark: mark:red") },
        { L1("client"), F::Client, V::Words, C::Contains, true,
            L1("address of the side that asked") },
        { L1("server"), F::Server, V::Words, C::Contains, true,
            L1("address of the side that was asked") },
        { L1("rule"), F::Rule, V::Prose, C::Contains, false,
            L1("rule of the proxy that touched it: rule:\"map local\"") },
        { AnyName, F::Url, V::Prose, C::Contains, false,
            L1("anywhere: URL, headers, trailers, bodies, note, error") },
    };
    return names;
}

const FieldName *fieldName(QStringView name)
{
    for (const FieldName &known : fieldNames()) {
        if (name.compare(known.name, Qt::CaseInsensitive) == 0
            || (!known.alias.isEmpty() && name.compare(known.alias, Qt::CaseInsensitive) == 0))
            return &known;
    }
    return nullptr;
}

const FieldName *fieldName(FilterField field)
{
    for (const FieldName &known : fieldNames()) {
        if (known.field == field && known.name != AnyName && known.name != IsName)
            return &known;
    }
    return nullptr;
}

const QList<OperatorName> &operatorNames()
{
    static const QList<OperatorName> names {
        { L1("u"), A::Regex, F::Url, L1("URL") },
        { L1("m"), A::Regex, F::Method, L1("method") },
        { L1("d"), A::Regex, F::Host, L1("host") },
        { L1("c"), A::Status, F::Status, L1("status code") },
        { L1("s"), A::None, F::HasResponse, L1("has a response") },
        { L1("q"), A::None, F::HasNoResponse, L1("has no response yet") },
        { L1("e"), A::None, F::Error, L1("has an error") },
        { L1("t"), A::Regex, F::Type, L1("content type of either side") },
        { L1("tq"), A::Regex, F::RequestType, L1("content type of the request") },
        { L1("ts"), A::Regex, F::ResponseType, L1("content type of the response") },
        { L1("a"), A::None, F::Asset, L1("asset in response: script, style, image, font") },
        { L1("b"), A::Regex, F::Body, L1("body of either side") },
        { L1("bq"), A::Regex, F::RequestBody, L1("body of the request") },
        { L1("bs"), A::Regex, F::ResponseBody, L1("body of the response") },
        { L1("h"), A::Regex, F::Header, L1("header line of either side") },
        { L1("hq"), A::Regex, F::RequestHeader, L1("header line of the request") },
        { L1("hs"), A::Regex, F::ResponseHeader, L1("header line of the response") },
        { L1("comment"), A::Regex, F::Note, L1("your note") },
        { L1("marked"), A::None, F::Mark, L1("has a mark") },
        { L1("marker"), A::Regex, F::Mark, L1("your mark") },
        { L1("src"), A::Regex, F::Client, L1("address of the client") },
        { L1("dst"), A::Regex, F::Server, L1("address of the server") },
        { L1("websocket"), A::None, F::WebSocket, L1("upgraded to WebSocket") },
        { L1("all"), A::None, std::nullopt, L1("everything") },
        { L1("http"), A::None, std::nullopt, {} },
        { L1("meta"), A::Regex, std::nullopt, {} },
        { L1("replay"), A::None, std::nullopt, {} },
        { L1("replayq"), A::None, std::nullopt, {} },
        { L1("replays"), A::None, std::nullopt, {} },
        { L1("dns"), A::None, std::nullopt, {} },
        { L1("tcp"), A::None, std::nullopt, {} },
        { L1("udp"), A::None, std::nullopt, {} },
    };
    return names;
}

const OperatorName *operatorName(QStringView code)
{
    const auto &names = operatorNames();
    const auto found = std::find_if(names.cbegin(), names.cend(),
        [code](const OperatorName &name) { return code == name.code; });
    return found == names.cend() ? nullptr : &*found;
}

QList<ChoiceName> choicesOf(const FieldName &field)
{
    if (field.kind != ValueKind::Choice)
        return {};
    if (field.name == IsName) {
        return { { L1("active"), L1("still going on") },
            { L1("complete"), L1("request and response complete") },
            { L1("failed"), L1("ended by an error or a premature close") },
            { L1("canceled"), L1("ended by the user") }, { L1("marked"), L1("has a mark") },
            { L1("noted"), L1("has a note") }, { L1("tls"), L1("over https") },
            { L1("websocket"), L1("upgraded to WebSocket") },
            { L1("asset"), L1("script, style, image or font") },
            { L1("changed"), L1("by a rule, a script or at a breakpoint") },
            { L1("lenient"), L1("let through though it is ambiguous") } };
    }
    if (field.field == FilterField::Source) {
        return { { L1("composer"), L1("sent from the composer") },
            { L1("proxy"), L1("passed the proxy") }, { L1("mock"), L1("answered by a mock") },
            { L1("script"), L1("made by a script") } };
    }
    if (field.field == FilterField::Mark) {
        QList<ChoiceName> marks;
        for (int i = int(Mark::None) + 1; i <= int(Mark::Violet); ++i)
            marks += ChoiceName { name(Mark(i)), {} };
        return marks;
    }
    return { { L1("active"), L1("still going on") },
        { L1("complete"), L1("request and response complete") },
        { L1("failed"), L1("ended by an error or a premature close") },
        { L1("canceled"), L1("ended by the user") } };
}

FilterTerm termOfIs(QStringView choice)
{
    if (choice == L1("marked"))
        return { F::Mark, C::Exists, {}, {} };
    if (choice == L1("noted"))
        return { F::Note, C::Exists, {}, {} };
    if (choice == L1("tls"))
        return { F::Scheme, C::Equals, {}, QStringLiteral("https") };
    if (choice == L1("websocket"))
        return { F::WebSocket, C::Exists, {}, {} };
    if (choice == L1("asset"))
        return { F::Asset, C::Exists, {}, {} };
    if (choice == L1("changed"))
        return { F::Changed, C::Exists, {}, {} };
    if (choice == L1("lenient"))
        return { F::Lenient, C::Exists, {}, {} };
    return { F::State, C::Equals, {}, choice.toString() };
}

bool isNumber(ValueKind kind) { return kind >= ValueKind::Status; }

QString nearest(QStringView word, const QStringList &names)
{
    const QString wanted = word.toString().toLower();
    if (wanted.size() > 40)
        return {};
    int best = wanted.size() < 3 ? 1 : wanted.size() <= 5 ? 2 : 3;
    QString result;
    for (const QString &name : names) {
        const int count = slips(wanted, name);
        if (count < best) {
            best = count;
            result = name;
        }
    }
    return result;
}

} // namespace headrace::exchange::language

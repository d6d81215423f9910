#include "reader/filtersql.h"

#include <exchange/filtermatcher.h>

#include <sqlite3.h>

namespace headrace::store {

using exchange::FilterCompare;
using exchange::FilterField;
using exchange::FilterTerm;

namespace {

constexpr qint64 lastNamedEvent = 61; // see FileWriter

QString textOf(sqlite3_value *value)
{
    return QString::fromUtf8(
        reinterpret_cast<const char *>(sqlite3_value_text(value)), sqlite3_value_bytes(value));
}

const char *comparisonOf(FilterCompare compare)
{
    switch (compare) {
    case FilterCompare::Equals:
        return " = ";
    case FilterCompare::Less:
        return " < ";
    case FilterCompare::LessOrEqual:
        return " <= ";
    case FilterCompare::Greater:
        return " > ";
    case FilterCompare::GreaterOrEqual:
        return " >= ";
    default:
        return nullptr;
    }
}

exchange::FieldList fieldsOf(const QString &names)
{
    exchange::FieldList result;
    for (const QString &name : names.split(u'\n', Qt::SkipEmptyParts))
        result.emplaceBack(name.toLatin1(), QByteArray());
    return result;
}

QByteArray inList(const char *column, const QList<int> &values)
{
    QByteArrayList numbers;
    for (const int value : values)
        numbers.append(QByteArray::number(value));
    return QByteArray(column) + " IN (" + numbers.join(',') + ')';
}

} // namespace

/// An exchange that has what a term looks at and nothing else.
struct FilterSql::Probe
{
    FilterSql *owner;
    FilterTerm term;
    exchange::FilterMatcher matcher;
    exchange::Exchange exchange;

    Probe(FilterSql *owner, const FilterTerm &term)
        : owner(owner)
        , term(term)
        , matcher(exchange::Filter(term))
    {
    }

    bool matches() const { return matcher.matches(exchange); }

    // By what the conditions below give.
    void take(int count, sqlite3_value **values)
    {
        exchange::Summary &summary = exchange.summary;
        switch (term.field) {
        case FilterField::Url:
            summary.scheme = owner->word(sqlite3_value_int64(values[0]));
            summary.host = owner->word(sqlite3_value_int64(values[1]));
            summary.method = owner->word(sqlite3_value_int64(values[2]));
            summary.target = textOf(values[3]);
            break;
        case FilterField::Path:
        case FilterField::Query:
            summary.target = textOf(values[0]);
            break;
        case FilterField::Method:
            summary.method = textOf(values[0]);
            break;
        case FilterField::Scheme:
            summary.scheme = textOf(values[0]);
            break;
        case FilterField::Host:
            summary.host = textOf(values[0]);
            break;
        case FilterField::RequestType:
            summary.requestType = textOf(values[0]);
            break;
        case FilterField::Type:
        case FilterField::ResponseType:
        case FilterField::Asset:
            summary.contentType = textOf(values[0]);
            break;
        case FilterField::Note:
            summary.note = textOf(values[0]);
            break;
        case FilterField::Error:
            summary.errorCode = owner->word(sqlite3_value_int64(values[0]));
            summary.errorMessage = count > 1 ? textOf(values[1]) : QString();
            summary.state = exchange::State::Failed;
            exchange.failure = exchange::Failure { summary.errorCode, summary.errorMessage };
            break;
        case FilterField::Header:
        case FilterField::RequestHeader:
            exchange.request.fields = fieldsOf(textOf(values[0]));
            break;
        case FilterField::ResponseHeader:
            exchange.response.fields = fieldsOf(textOf(values[0]));
            break;
        case FilterField::Trailer:
            exchange.request.trailers = fieldsOf(textOf(values[0]));
            break;
        default:
            break;
        }
    }
};

FilterSql::FilterSql(Connection &connection, const exchange::Filter &filter)
    : m_connection(connection)
    , m_word(connection.prepare("SELECT text FROM word WHERE id = ?"))
{
    sqlite3_create_function_v2(connection.handle(), "headrace_match", -1,
        SQLITE_UTF8 | SQLITE_DETERMINISTIC, this, &FilterSql::matchFunction, nullptr, nullptr,
        nullptr);
    m_condition = conditionOf(filter, false);
}

FilterSql::~FilterSql()
{
    m_word = Statement();
    sqlite3_create_function_v2(m_connection.handle(), "headrace_match", -1, SQLITE_UTF8, nullptr,
        nullptr, nullptr, nullptr, nullptr);
}

void FilterSql::matchFunction(sqlite3_context *context, int count, sqlite3_value **values)
{
    const auto *self = static_cast<FilterSql *>(sqlite3_user_data(context));
    Probe &probe = *self->m_probes.at(size_t(sqlite3_value_int64(values[0])));
    probe.take(count - 1, values + 1);
    sqlite3_result_int(context, probe.matches());
}

// With every negation moved down to the terms: only there it is known what "at least those that match" means.
QByteArray FilterSql::conditionOf(const exchange::Filter &filter, bool isNegated)
{
    switch (filter.kind()) {
    case exchange::Filter::Kind::All:
        return isNegated ? "0" : "1";
    case exchange::Filter::Kind::Not:
        return conditionOf(filter.children().constFirst(), !isNegated);
    case exchange::Filter::Kind::And:
        return joined(filter, isNegated, isNegated ? " OR " : " AND ");
    case exchange::Filter::Kind::Or:
        return joined(filter, isNegated, isNegated ? " AND " : " OR ");
    case exchange::Filter::Kind::Term:
        break;
    }
    ++m_terms;
    const QByteArray condition = conditionOf(filter.term());
    if (condition.isEmpty()) {
        m_isExact = false;
        return isNegated ? "1" : necessaryCondition(filter.term());
    }
    return isNegated ? "NOT ifnull(" + condition + ", 0)" : condition;
}

// What rows have at least when a term holds that the columns do not tell.
QByteArray FilterSql::necessaryCondition(const FilterTerm &term)
{
    switch (term.field) {
    case FilterField::Header:
    case FilterField::RequestHeader:
    case FilterField::ResponseHeader:
    case FilterField::Trailer: {
        FilterTerm isThere = term;
        isThere.compare = FilterCompare::Exists;
        return nameCondition(isThere);
    }
    case FilterField::Body:
        return "(request_octets > 0 OR response_octets > 0)";
    case FilterField::RequestBody:
        return "request_octets > 0";
    case FilterField::ResponseBody:
        return "response_octets > 0";
    case FilterField::Rule:
    case FilterField::Changed:
    case FilterField::Lenient:
        return inList("source", { int(exchange::Source::Proxy) });
    default:
        return "1";
    }
}

QByteArray FilterSql::joined(const exchange::Filter &filter, bool isNegated, const char *word)
{
    QByteArrayList conditions;
    for (const exchange::Filter &child : filter.children())
        conditions.append(conditionOf(child, isNegated));
    return '(' + conditions.join(word) + ')';
}

QByteArray FilterSql::match(const FilterTerm &term, const char *arguments)
{
    m_probes.push_back(std::make_unique<Probe>(this, term));
    return "headrace_match(" + QByteArray::number(qulonglong(m_probes.size() - 1)) + ", "
        + arguments + ')';
}

QByteArray FilterSql::numberCondition(
    const FilterTerm &term, const char *column, const char *absent)
{
    const QByteArray isThere = absent ? QByteArray(column) + " <> " + absent : QByteArray("1");
    if (term.compare == FilterCompare::Exists)
        return isThere;
    const char *comparison = comparisonOf(term.compare);
    if (!comparison)
        return {};
    const QByteArray condition = column + QByteArray(comparison) + QByteArray::number(term.number);
    return absent ? '(' + condition + " AND " + isThere + ')' : condition;
}

QByteArray FilterSql::enumCondition(const FilterTerm &term)
{
    Probe probe(this, term);
    exchange::Summary &summary = probe.exchange.summary;
    QList<int> values;
    const auto collect = [&](const char *column, int count, auto set) {
        for (int value = 0; value < count; ++value) {
            set(value);
            if (probe.matches())
                values.append(value);
        }
        return inList(column, values);
    };
    switch (term.field) {
    case FilterField::Source:
        return collect("source", int(exchange::Source::Script) + 1,
            [&](int value) { summary.source = exchange::Source(value); });
    case FilterField::State:
        return collect("state", int(exchange::State::Canceled) + 1,
            [&](int value) { summary.state = exchange::State(value); });
    case FilterField::Pattern:
        return collect("pattern", exchange::PatternCount,
            [&](int value) { summary.pattern = exchange::Pattern(value); });
    default:
        return collect("mark", int(exchange::Mark::Violet) + 1,
            [&](int value) { summary.mark = exchange::Mark(value); });
    }
}

QByteArray FilterSql::eventCondition(const FilterTerm &term)
{
    Probe probe(this, term);
    qint64 bits = 0;
    Statement known = m_connection.prepare("SELECT name, bit FROM event_name");
    while (known.step()) {
        const QString name = known.text(0);
        probe.exchange.events
            = { { 0, name.section(u'.', 0, 0), name.section(u'.', 1), QString() } };
        if (probe.matches())
            bits |= qint64(1) << known.number(1);
        if (known.number(1) >= lastNamedEvent) // others have no bit of their own
            return {};
    }
    return "(events & " + QByteArray::number(bits) + ") <> 0";
}

// By the sets of names, of which there are few.
QByteArray FilterSql::nameCondition(const FilterTerm &term)
{
    const auto among = [&](const char *column) {
        return QByteArray(column) + " IN (SELECT id FROM field_names WHERE " + match(term, "names")
            + ')';
    };
    if (term.compare != FilterCompare::Exists)
        return {};
    switch (term.field) {
    case FilterField::Header:
        return '(' + among("request_names") + " OR " + among("response_names") + ')';
    case FilterField::RequestHeader:
        return among("request_names");
    case FilterField::ResponseHeader:
        return among("response_names");
    default:
        return "(trailer_names IS NOT NULL AND " + among("trailer_names") + ')';
    }
}

QByteArray FilterSql::conditionOf(const FilterTerm &term)
{
    const auto byWord = [&](const char *column) {
        return QByteArray(column) + " IN (SELECT id FROM word WHERE " + match(term, "text") + ')';
    };
    switch (term.field) {
    case FilterField::Url:
        return match(term, "scheme, host, method, target");
    case FilterField::Path:
    case FilterField::Query:
        return match(term, "target");
    case FilterField::Method:
        return byWord("method");
    case FilterField::Scheme:
        return byWord("scheme");
    case FilterField::Host:
        return byWord("host");
    case FilterField::Status:
        return numberCondition(term, "status", "0");
    case FilterField::Type:
    case FilterField::RequestType:
    case FilterField::ResponseType:
        if (exchange::costOf(term) != exchange::FilterCost::Summary)
            return {};
        if (term.field == FilterField::Type)
            return '(' + byWord("type") + " OR " + byWord("request_type") + ')';
        return byWord(term.field == FilterField::RequestType ? "request_type" : "type");
    case FilterField::Asset:
        return byWord("type");
    case FilterField::Source:
    case FilterField::State:
    case FilterField::Pattern:
    case FilterField::Mark:
        return enumCondition(term);
    case FilterField::Size:
        return numberCondition(term, "response_octets", nullptr);
    case FilterField::RequestSize:
        return numberCondition(term, "request_octets", nullptr);
    case FilterField::Duration:
        return numberCondition(term, "duration", "-1");
    case FilterField::Number:
        return numberCondition(term, "id", nullptr);
    case FilterField::Connection:
        return numberCondition(term, "connection", "0");
    case FilterField::Time:
        return numberCondition(term, "began", nullptr);
    case FilterField::Header:
    case FilterField::RequestHeader:
    case FilterField::ResponseHeader:
    case FilterField::Trailer:
        return nameCondition(term);
    case FilterField::Event:
        return eventCondition(term);
    case FilterField::Note:
        return "(note IS NOT NULL AND " + match(term, "note") + ')';
    case FilterField::Error:
        return "(error IS NOT NULL AND " + match(term, "error, error_message") + ')';
    case FilterField::HasResponse:
        return "status <> 0";
    case FilterField::HasNoResponse:
        return "status = 0";
    case FilterField::Body:
    case FilterField::RequestBody:
    case FilterField::ResponseBody:
    case FilterField::Client:
    case FilterField::Server:
    case FilterField::WebSocket:
    case FilterField::Rule:
    case FilterField::Changed:
    case FilterField::Lenient:
        break;
    }
    return {};
}

QString FilterSql::word(qint64 id)
{
    const auto known = m_words.constFind(id);
    if (known != m_words.constEnd())
        return *known;
    m_word.bind(0, id);
    const QString text = m_word.step() ? m_word.text(0) : QString();
    m_word.reset();
    if (m_words.size() >= 20'000)
        m_words.clear();
    return *m_words.insert(id, text);
}

} // namespace headrace::store

#include "exchange/filter.h"

#include <QRegularExpression>

#include <algorithm>

namespace headrace::exchange {

struct Filter::Node
{
    Kind kind = Kind::All;
    FilterTerm term;
    QList<Filter> children;
};

Filter::Filter(FilterTerm term)
    : m_node(std::make_shared<const Node>(Node { Kind::Term, std::move(term), {} }))
{
}

Filter::Filter(std::shared_ptr<const Node> node)
    : m_node(std::move(node))
{
}

Filter Filter::none() { return Filter().negated(); }

Filter Filter::joined(Kind kind, const QList<Filter> &filters)
{
    QList<Filter> children;
    for (const Filter &filter : filters) {
        if (filter.kind() == kind)
            children += filter.children();
        else
            children += filter;
    }
    if (children.size() == 1)
        return children.first();
    return Filter(std::make_shared<const Node>(Node { kind, {}, children }));
}

Filter Filter::allOf(const QList<Filter> &filters)
{
    return filters.isEmpty() ? Filter() : joined(Kind::And, filters);
}

Filter Filter::anyOf(const QList<Filter> &filters)
{
    return filters.isEmpty() ? none() : joined(Kind::Or, filters);
}

Filter Filter::negated() const
{
    if (kind() == Kind::Not)
        return m_node->children.first();
    return Filter(std::make_shared<const Node>(Node { Kind::Not, {}, { *this } }));
}

Filter::Kind Filter::kind() const { return m_node ? m_node->kind : Kind::All; }

bool Filter::isAll() const { return kind() == Kind::All; }

const FilterTerm &Filter::term() const
{
    static const FilterTerm meaningless;
    return m_node ? m_node->term : meaningless;
}

QList<Filter> Filter::children() const { return m_node ? m_node->children : QList<Filter>(); }

bool operator==(const Filter &left, const Filter &right)
{
    if (left.m_node == right.m_node)
        return true;
    if (left.kind() != right.kind())
        return false;
    return left.term() == right.term() && left.children() == right.children();
}

FilterCost costOf(const FilterTerm &term)
{
    switch (term.field) {
    case FilterField::Type:
    case FilterField::RequestType:
    case FilterField::ResponseType: // an expression sees the parameters
        return term.compare == FilterCompare::Regex ? FilterCost::Exchange : FilterCost::Summary;
    case FilterField::Body:
    case FilterField::RequestBody:
    case FilterField::ResponseBody:
        return term.compare == FilterCompare::Exists ? FilterCost::Summary : FilterCost::Body;
    case FilterField::Header:
    case FilterField::RequestHeader:
    case FilterField::ResponseHeader:
    case FilterField::Trailer:
    case FilterField::Event:
    case FilterField::Client:
    case FilterField::Server:
    case FilterField::WebSocket:
    case FilterField::Rule:
    case FilterField::Changed:
    case FilterField::Lenient:
        return FilterCost::Exchange;
    default:
        return FilterCost::Summary;
    }
}

FilterCost costOf(const Filter &filter)
{
    FilterCost cost
        = filter.kind() == Filter::Kind::Term ? costOf(filter.term()) : FilterCost::Summary;
    for (const Filter &child : filter.children())
        cost = std::max(cost, costOf(child));
    return cost;
}

QString globPattern(const QString &glob, FilterField field)
{
    const bool isUrl
        = field == FilterField::Url || field == FilterField::Path || field == FilterField::Query;
    QString pattern = QStringLiteral("\\A");
    for (qsizetype i = 0; i < glob.size(); ++i) {
        if (glob[i] == u'*')
            pattern += QStringLiteral(".*");
        else if (glob[i] == u'?' && !isUrl)
            pattern += u'.';
        else if (glob[i] == u'\\' && i + 1 < glob.size())
            pattern += QRegularExpression::escape(QStringView(glob).sliced(++i, 1));
        else if (glob[i].isHighSurrogate() && i + 1 < glob.size())
            pattern += glob.mid(i++, 2);
        else
            pattern += QRegularExpression::escape(QStringView(glob).sliced(i, 1));
    }
    return pattern + QStringLiteral("\\z");
}

QRegularExpression expressionOf(const FilterTerm &term)
{
    const bool isBody = term.field == FilterField::Body || term.field == FilterField::RequestBody
        || term.field == FilterField::ResponseBody;
    const bool isGlob = term.compare == FilterCompare::Glob;
    QRegularExpression::PatternOptions options;
    if (!term.isCaseSensitive)
        options |= QRegularExpression::CaseInsensitiveOption;
    if (isBody || isGlob)
        options |= QRegularExpression::DotMatchesEverythingOption;
    return QRegularExpression(isGlob ? globPattern(term.text, term.field) : term.text, options);
}

bool isAssetType(QStringView mediaType)
{
    // As mitmproxy counts them.
    static constexpr QLatin1StringView whole[] { QLatin1StringView("text/javascript"),
        QLatin1StringView("application/x-javascript"), QLatin1StringView("application/javascript"),
        QLatin1StringView("text/css") };
    static constexpr QLatin1StringView begins[] { QLatin1StringView("image/"),
        QLatin1StringView("font/"), QLatin1StringView("application/font") };
    return std::any_of(std::begin(whole), std::end(whole),
               [mediaType](QLatin1StringView type) { return mediaType == type; })
        || std::any_of(std::begin(begins), std::end(begins),
            [mediaType](QLatin1StringView begin) { return mediaType.startsWith(begin); });
}

} // namespace headrace::exchange

#include "proxy/rulefromexchange.h"

#include <exchange/bodydecoder.h>
#include <exchange/filter.h>
#include <exchange/summarytext.h>
#include <proxy/headcheck.h>

namespace headrace::ui {

using exchange::Exchange;
using exchange::Filter;
using exchange::FilterField;
using exchange::FilterTerm;
using exchange::Summary;

namespace {

Filter equals(FilterField field, const QString &text)
{
    FilterTerm term;
    term.field = field;
    term.compare = exchange::FilterCompare::Equals;
    term.text = text;
    return Filter(term);
}

/// What was recorded; nothing where it is not all there.
std::optional<proxy::Answer> recordedAnswer(const Exchange &exchange)
{
    const exchange::Message &response = exchange.response;
    if (!response.hasHead() || response.endTime < 0 || response.isTruncated || response.isPartial
        || response.bodyOctets > MostAnswerOctets)
        return std::nullopt;
    proxy::Answer answer;
    answer.statusCode = response.statusCode;
    answer.reason = QString::fromUtf8(response.reason);
    std::optional<exchange::DecodeError> error;
    answer.body = exchange::decodedBody(response, MostAnswerOctets, &error);
    if (error || answer.body.size() == MostAnswerOctets)
        answer.body = response.joined(exchange::Part::Body);
    const bool isDecoded = answer.body != response.joined(exchange::Part::Body);
    for (const auto &[name, value] : response.fields) {
        const bool isCoding
            = isDecoded && name.compare("Content-Encoding", Qt::CaseInsensitive) == 0;
        if (!proxy::isFramingField(name) && !isCoding)
            answer.fields.emplaceBack(name, value);
    }
    return answer;
}

} // namespace

QString filterLike(const Summary &summary)
{
    QList<Filter> parts { equals(FilterField::Host, summary.host) };
    const QString path = exchange::pathOf(summary).section(u'?', 0, 0);
    if (summary.method != u"CONNECT" && path.startsWith(u'/'))
        parts += equals(FilterField::Path, path);
    return Filter::allOf(parts).toString();
}

proxy::Rule ruleFor(ActionKind kind, const Exchange &exchange)
{
    proxy::Rule rule = newRule(kind);
    rule.filter = filterLike(exchange.summary);
    if (kind == ActionKind::MapRemote)
        rule.action = proxy::MapRemote {
            exchange.summary.scheme + QStringLiteral("://") + exchange.summary.host, false
        };
    else if (kind == ActionKind::Answer)
        rule.action = recordedAnswer(exchange).value_or(std::get<proxy::Answer>(rule.action));
    return rule;
}

proxy::Breakpoint breakpointFor(const Summary &summary)
{
    proxy::Breakpoint breakpoint = newBreakpoint();
    breakpoint.filter = filterLike(summary);
    return breakpoint;
}

} // namespace headrace::ui

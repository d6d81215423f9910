#include "filter/summaryterm.h"

#include "exchange/pattern.h"
#include "exchange/summarytext.h"

namespace headrace::exchange {

namespace {

QString sourceName(Source source) { return displayName(source).toLower(); }

QString stateName(State state)
{
    switch (state) {
    case State::Active:
        return QStringLiteral("active");
    case State::Complete:
        return QStringLiteral("complete");
    case State::Failed:
        return QStringLiteral("failed");
    case State::Canceled:
        return QStringLiteral("canceled");
    }
    return {};
}

bool compares(const FilterTerm &term, qint64 number)
{
    switch (term.compare) {
    case FilterCompare::Exists:
        return true;
    case FilterCompare::Equals:
        return number == term.number;
    case FilterCompare::Less:
        return number < term.number;
    case FilterCompare::LessOrEqual:
        return number <= term.number;
    case FilterCompare::Greater:
        return number > term.number;
    case FilterCompare::GreaterOrEqual:
        return number >= term.number;
    default:
        return false;
    }
}

// A text that is absent when it is empty.
bool isThere(const TextTest &test, const QString &text) { return !text.isEmpty() && test(text); }

QString withoutPort(const QString &host)
{
    const qsizetype colon = host.lastIndexOf(u':');
    return colon > host.lastIndexOf(u']') ? host.first(colon) : host;
}

bool matchesPath(const FilterTerm &term, const TextTest &test, const QString &path)
{
    const qsizetype query = path.indexOf(u'?');
    if (term.field == FilterField::Query)
        return query >= 0 && test(path.sliced(query + 1));
    return test(path) || (query >= 0 && test(path.first(query)));
}

} // namespace

bool matchesSummary(const FilterTerm &term, const TextTest &test, const Summary &summary)
{
    switch (term.field) {
    case FilterField::Url:
        return test(urlOf(summary));
    case FilterField::Method:
        return test(summary.method);
    case FilterField::Scheme:
        return test(summary.scheme);
    case FilterField::Host:
        return test(summary.host) || test(withoutPort(summary.host));
    case FilterField::Path:
    case FilterField::Query:
        return matchesPath(term, test, pathOf(summary));
    case FilterField::Status:
        return summary.statusCode != 0 && compares(term, summary.statusCode);
    case FilterField::Type:
        return isThere(test, summary.contentType) || isThere(test, summary.requestType);
    case FilterField::RequestType:
        return isThere(test, summary.requestType);
    case FilterField::ResponseType:
        return isThere(test, summary.contentType);
    case FilterField::Asset:
        return isAssetType(summary.contentType);
    case FilterField::Source:
        return test(sourceName(summary.source));
    case FilterField::State:
        return test(stateName(summary.state));
    case FilterField::Size:
        return compares(term, summary.responseBodyOctets);
    case FilterField::RequestSize:
        return compares(term, summary.requestBodyOctets);
    case FilterField::Duration:
        return summary.duration >= 0 && compares(term, summary.duration);
    case FilterField::Number:
        return compares(term, qint64(summary.id));
    case FilterField::Connection:
        return summary.connection != 0 && compares(term, qint64(summary.connection));
    case FilterField::Time:
        return summary.began.isValid() && compares(term, summary.began.toMSecsSinceEpoch());
    case FilterField::Pattern:
        return test(name(summary.pattern));
    case FilterField::Note:
        return isThere(test, summary.note);
    case FilterField::Mark:
        return isThere(test, name(summary.mark));
    case FilterField::Error:
        return isThere(test, summary.errorCode) || isThere(test, summary.errorMessage);
    case FilterField::HasResponse:
        return summary.statusCode != 0;
    case FilterField::HasNoResponse:
        return summary.statusCode == 0;
    case FilterField::Body:
        return summary.requestBodyOctets > 0 || summary.responseBodyOctets > 0;
    case FilterField::RequestBody:
        return summary.requestBodyOctets > 0;
    case FilterField::ResponseBody:
        return summary.responseBodyOctets > 0;
    default:
        return false;
    }
}

} // namespace headrace::exchange

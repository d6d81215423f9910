#include "exchange/sortorder.h"

#include <compare>

namespace headrace::exchange {

namespace {

std::strong_ordering byText(const QString &one, const QString &other)
{
    return QString::compare(one, other) <=> 0;
}

std::strong_ordering compare(const Summary &one, const Summary &other, SortKey key)
{
    switch (key) {
    case SortKey::Number:
        break;
    case SortKey::Time:
        return one.began.toMSecsSinceEpoch() <=> other.began.toMSecsSinceEpoch();
    case SortKey::Source:
        return one.source <=> other.source;
    case SortKey::Method:
        return byText(one.method, other.method);
    case SortKey::Scheme:
        return byText(one.scheme, other.scheme);
    case SortKey::Host:
        return byText(one.host, other.host);
    case SortKey::Path:
        return byText(one.target, other.target);
    case SortKey::Status:
        return one.statusCode <=> other.statusCode;
    case SortKey::Type:
        return byText(one.contentType, other.contentType);
    case SortKey::RequestSize:
        return one.requestBodyOctets <=> other.requestBodyOctets;
    case SortKey::ResponseSize:
        return one.responseBodyOctets <=> other.responseBodyOctets;
    case SortKey::Duration:
        return one.duration <=> other.duration;
    case SortKey::Pattern:
        return one.pattern <=> other.pattern;
    case SortKey::Mark:
        return one.mark <=> other.mark;
    case SortKey::Note:
        return byText(one.note, other.note);
    }
    return one.id <=> other.id;
}

} // namespace

SortOrder::SortOrder(SortKey key, bool isDescending)
    : m_key(key)
    , m_isDescending(isDescending)
{
}

bool SortOrder::operator()(const Summary &one, const Summary &other) const
{
    const std::strong_ordering order = compare(one, other, m_key);
    if (order != 0)
        return m_isDescending ? order > 0 : order < 0;
    return one.id < other.id;
}

} // namespace headrace::exchange

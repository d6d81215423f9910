#include "rules/octetranges.h"

#include <algorithm>
#include <limits>

namespace headrace::proxy {

namespace {

constexpr qsizetype mostRanges = 64;

/// 1*DIGIT; one that no file can have is the largest there is.
std::optional<qint64> readNumber(QByteArrayView text)
{
    constexpr qsizetype digitsThatFit = 18;
    const bool isNumber = !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return std::nullopt;
    while (text.size() > 1 && text.front() == '0')
        text = text.sliced(1);
    return text.size() > digitsThatFit ? std::numeric_limits<qint64>::max() : text.toLongLong();
}

/// One of the list. \a isThere: some of it is.
std::optional<OctetRange> readRange(QByteArrayView text, qint64 size, bool *isThere)
{
    const qsizetype dash = text.indexOf('-');
    if (dash < 0)
        return std::nullopt;
    const auto last = readNumber(text.sliced(dash + 1));
    if (dash == 0) { // the end of it
        if (!last)
            return std::nullopt;
        const qint64 length = qMin(*last, size);
        *isThere = length > 0;
        return OctetRange { size - length, length };
    }
    const auto first = readNumber(text.first(dash));
    const bool isOpen = dash + 1 == text.size();
    if (!first || (!isOpen && (!last || *last < *first)))
        return std::nullopt;
    *isThere = *first < size;
    const qint64 end = isOpen ? size - 1 : qMin(*last, size - 1);
    return OctetRange { *first, end - *first + 1 };
}

} // namespace

std::optional<QList<OctetRange>> readOctetRanges(QByteArrayView field, qint64 size)
{
    constexpr QByteArrayView unit = "bytes=";
    field = field.trimmed();
    if (field.size() <= unit.size()
        || field.first(unit.size()).compare(unit, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    QList<OctetRange> ranges;
    qint64 sum = 0;
    bool hasAny = false;
    const QList<QByteArray> items = field.sliced(unit.size()).toByteArray().split(',');
    for (const QByteArray &written : items) {
        const QByteArray item = written.trimmed();
        if (item.isEmpty()) // RFC 9110 section 5.6.1.2
            continue;
        bool isThere = false;
        const auto range = readRange(item, size, &isThere);
        if (!range)
            return std::nullopt;
        hasAny = true;
        if (!isThere)
            continue;
        ranges += *range;
        sum += range->length;
        if (ranges.size() > mostRanges || sum > size)
            return std::nullopt;
    }
    return hasAny ? std::optional(ranges) : std::nullopt;
}

} // namespace headrace::proxy

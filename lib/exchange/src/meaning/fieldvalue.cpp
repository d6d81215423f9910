#include "meaning/fieldvalue.h"

#include <algorithm>

namespace headrace::exchange {

QList<QByteArrayView> splitValue(QByteArrayView value, char separator)
{
    QList<QByteArrayView> parts;
    bool isQuoted = false;
    qsizetype begin = 0;
    const auto take = [&](qsizetype end) {
        const QByteArrayView part = value.sliced(begin, end - begin).trimmed();
        if (!part.isEmpty())
            parts.append(part);
        begin = end + 1;
    };
    for (qsizetype i = 0; i < value.size(); ++i) {
        const char c = value.at(i);
        if (c == '"')
            isQuoted = !isQuoted;
        else if (isQuoted && c == '\\')
            ++i;
        else if (!isQuoted && c == separator)
            take(i);
    }
    take(value.size());
    return parts;
}

std::pair<QByteArray, std::optional<QByteArray>> readParameter(QByteArrayView part)
{
    const qsizetype equals = part.indexOf('=');
    if (equals < 0)
        return { part.trimmed().toByteArray(), {} };
    const QByteArray name = part.first(equals).trimmed().toByteArray();
    const QByteArrayView text = part.sliced(equals + 1).trimmed();
    if (text.size() < 2 || !text.startsWith('"') || !text.endsWith('"'))
        return { name, text.toByteArray() };
    QByteArray value;
    const QByteArrayView inner = text.sliced(1, text.size() - 2);
    for (qsizetype i = 0; i < inner.size(); ++i) {
        if (inner.at(i) == '\\' && i + 1 < inner.size())
            ++i;
        value += inner.at(i);
    }
    return { name, value };
}

std::optional<qint64> readDeltaSeconds(QByteArrayView text)
{
    constexpr qint64 most = qint64(1) << 31;
    if (text.isEmpty()
        || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return {};
    if (text.size() > 10)
        return most;
    return std::min(most, text.toByteArray().toLongLong());
}

} // namespace headrace::exchange

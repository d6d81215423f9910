#include "curl/fieldorder.h"

#include <algorithm>

namespace headrace::formats::curl {

namespace {

bool isNamed(QByteArrayView name, QByteArrayView wanted)
{
    return name.compare(wanted, Qt::CaseInsensitive) == 0;
}

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

} // namespace

FieldOrder::FieldOrder(const QList<QByteArray> &headers)
{
    for (const QByteArray &header : headers) {
        const qsizetype colon = header.indexOf(':');
        if (colon == 0)
            continue;
        if (colon < 0) {
            if (header.size() > 1 && header.indexOf(';') == header.size() - 1)
                m_given.append({ header.chopped(1), QByteArray(""), true });
            continue;
        }
        QByteArray value = header.sliced(colon + 1);
        const bool isEmpty = std::all_of(value.cbegin(), value.cend(), isBlank);
        if (value.startsWith(' ')) // the one that is written behind the colon
            value.remove(0, 1);
        m_given.append({ header.first(colon), value, !isEmpty });
    }
}

bool FieldOrder::isGiven(QByteArrayView name) const
{
    return std::any_of(m_given.cbegin(), m_given.cend(),
        [name](const Given &given) { return isNamed(given.name, name); });
}

QByteArray FieldOrder::given(QByteArrayView name) const
{
    const auto found = std::find_if(m_given.cbegin(), m_given.cend(),
        [name](const Given &given) { return given.isSent && isNamed(given.name, name); });
    return found == m_given.cend() ? QByteArray() : found->value;
}

void FieldOrder::addOwn(const QByteArray &name, const QByteArray &value)
{
    if (!isGiven(name))
        addAlways(name, value);
}

void FieldOrder::addAlways(const QByteArray &name, const QByteArray &value)
{
    m_fields.append({ name, value });
}

void FieldOrder::addGiven(const QList<QByteArray> &taken)
{
    for (const Given &given : std::as_const(m_given)) {
        const bool isTaken = std::any_of(taken.cbegin(), taken.cend(),
            [&given](const QByteArray &name) { return isNamed(given.name, name); });
        if (given.isSent && !isTaken)
            addAlways(given.name, given.value);
    }
}

exchange::FieldList FieldOrder::fields() const { return m_fields; }

} // namespace headrace::formats::curl

#include "har/jsonvalue.h"

#include <cmath>

namespace headrace::formats {

JsonValue::JsonValue(Kind kind, const QByteArray &spelling)
    : m_kind(kind)
    , m_spelling(spelling)
{
}

const JsonValue &JsonValue::operator[](QByteArrayView key) const
{
    static const JsonValue none;
    for (size_t i = 0; i < m_keys.size(); ++i) {
        if (m_keys[i] == key)
            return m_items[i];
    }
    return none;
}

const std::vector<JsonValue> &JsonValue::items() const { return m_items; }

const std::vector<QByteArray> &JsonValue::keys() const { return m_keys; }

QByteArray JsonValue::toOctets() const { return m_spelling; }

QString JsonValue::toString() const { return QString::fromUtf8(m_spelling); }

qint64 JsonValue::toInteger(qint64 fallback) const
{
    if (m_kind != Kind::Number && m_kind != Kind::Text)
        return fallback;
    bool isInteger = false;
    const qint64 integer = m_spelling.toLongLong(&isInteger);
    if (isInteger)
        return integer;
    constexpr double limit = 9e18; // inside what a qint64 holds
    const double number = toNumber(NAN);
    return number > -limit && number < limit ? qint64(std::llround(number)) : fallback;
}

double JsonValue::toNumber(double fallback) const
{
    if (m_kind != Kind::Number && m_kind != Kind::Text)
        return fallback;
    bool isNumber = false;
    const double number = m_spelling.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? number : fallback;
}

bool JsonValue::toBool() const { return m_spelling == "true"; }

void JsonValue::append(JsonValue value) { m_items.push_back(std::move(value)); }

void JsonValue::insert(const QByteArray &key, JsonValue value)
{
    m_keys.push_back(key);
    m_items.push_back(std::move(value));
}

} // namespace headrace::formats

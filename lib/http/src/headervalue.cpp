#include "http/headervalue.h"

namespace headrace::http {

QByteArray HeaderValue::toByteArray() const
{
    if (const auto *number = std::get_if<qint64>(&m_value))
        return QByteArray::number(*number);
    if (const auto *list = std::get_if<QList<QByteArray>>(&m_value))
        return list->join(", ");
    return std::get<QByteArray>(m_value);
}

qint64 HeaderValue::toNumber() const
{
    if (const auto *number = std::get_if<qint64>(&m_value))
        return *number;
    if (const auto *text = std::get_if<QByteArray>(&m_value))
        return text->toLongLong();
    return 0;
}

QList<QByteArray> HeaderValue::toList() const
{
    if (const auto *list = std::get_if<QList<QByteArray>>(&m_value))
        return *list;
    return { toByteArray() };
}

} // namespace headrace::http

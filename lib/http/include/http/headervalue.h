#pragma once

#include <wire/headserializer.h>

#include <QByteArray>
#include <QList>

#include <variant>

namespace headrace::http {

/** The value of an outgoing header as it was set: a text, a number or a list of texts (one line each,
    Cookie joined with "; "). Source: reference `setHeader(name, value)`. */
class HeaderValue
{
public:
    HeaderValue() = default;

    HeaderValue(QByteArray text)
        : m_value(std::move(text))
    {
    }

    HeaderValue(const char *text)
        : m_value(QByteArray(text))
    {
    }

    HeaderValue(qint64 number)
        : m_value(number)
    {
    }

    HeaderValue(int number)
        : m_value(qint64(number))
    {
    }

    HeaderValue(QList<QByteArray> list)
        : m_value(std::move(list))
    {
    }

    bool isList() const { return std::holds_alternative<QList<QByteArray>>(m_value); }

    bool isNumber() const { return std::holds_alternative<qint64>(m_value); }

    QByteArray toByteArray() const; ///< A list is joined with ", ".
    qint64 toNumber() const; ///< 0 for what is no number.
    QList<QByteArray> toList() const; ///< One item for a text or a number.

    friend bool operator==(const HeaderValue &, const HeaderValue &) = default;

private:
    std::variant<QByteArray, qint64, QList<QByteArray>> m_value;
};

/// Names and values in order; duplicates allowed.
using HeaderList = QList<std::pair<QByteArray, HeaderValue>>;

} // namespace headrace::http

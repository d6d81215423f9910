#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <vector>

namespace headrace::formats {

/** A value of a JSON text. Reading is tolerant: what is missing or of another type gives the fallback, and a
    number may be spelled as a string. */
class JsonValue
{
public:
    enum class Kind
    {
        Null,
        Bool,
        Number,
        Text,
        Array,
        Object
    };

    JsonValue() = default;
    JsonValue(Kind kind, const QByteArray &spelling);

    Kind kind() const { return m_kind; }

    bool isNull() const { return m_kind == Kind::Null; }

    bool isObject() const { return m_kind == Kind::Object; }

    bool isText() const { return m_kind == Kind::Text; }

    /// The first member of that name; a null value if there is none.
    const JsonValue &operator[](QByteArrayView key) const;

    const std::vector<JsonValue> &
    items() const; ///< Of an array or, as values, of an object; else none.
    const std::vector<QByteArray> &keys() const; ///< Of an object, beside items().

    QByteArray toOctets() const; ///< Of a text, number or bool, UTF-8; else empty.
    QString toString() const;
    qint64 toInteger(qint64 fallback) const; ///< Fractions are rounded.
    double toNumber(double fallback) const; ///< Never infinite, never NaN.
    bool toBool() const; ///< false for what is none.

    void append(JsonValue value); ///< To an array.
    void insert(const QByteArray &key, JsonValue value); ///< Into an object.

private:
    Kind m_kind = Kind::Null;
    QByteArray m_spelling; // of a text, number or bool
    std::vector<JsonValue> m_items;
    std::vector<QByteArray> m_keys;
};

} // namespace headrace::formats

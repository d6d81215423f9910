#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>
#include <QString>

#include <memory>

namespace headrace::formats {

/// Writes one JSON text to a device, in pieces. A member is key() and its value, or one of the calls with a key.
class JsonWriter
{
public:
    explicit JsonWriter(QIODevice &device);
    ~JsonWriter();

    void beginObject();
    void endObject();
    void beginArray();
    void endArray();
    void key(const char *name);

    void text(const QString &value);
    void text(QByteArrayView utf8);
    void number(qint64 value);
    void number(double value); ///< Finite.
    void flag(bool value);

    template <class Value>
    void text(const char *name, const Value &value)
    {
        key(name);
        text(value);
    }

    template <class Value>
    void number(const char *name, Value value)
    {
        key(name);
        number(value);
    }

    void flag(const char *name, bool value);

    /// Octets as text: UTF-8 as it is, else read as ISO 8859-1, with the octets in base64 beside it, in a member of the
    /// same name with an underscore.
    void octets(const char *name, const QByteArray &value);

    /// The octets in base64.
    void base64(const char *name, const QByteArray &value);

    [[nodiscard]] bool flush(); ///< Once it is whole. Whether the device took everything.

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::formats

#include "har/jsonwriter.h"

#include <QUtf8StringView>

#include <rapidjson/writer.h>

namespace headrace::formats {

namespace {

constexpr qsizetype PieceSize = 64 * 1024;

/// What RapidJSON writes to.
struct DeviceStream
{
    using Ch = char;

    explicit DeviceStream(QIODevice &to)
        : device(to)
    {
        octets.reserve(PieceSize);
    }

    // NOLINTBEGIN(readability-identifier-naming): RapidJSON calls these by name
    void Put(char c)
    {
        octets += c;
        if (octets.size() >= PieceSize)
            send();
    }

    void Flush() { } // called at the end of the root: only what flush() asks for is sent

    // NOLINTEND(readability-identifier-naming)

    void send()
    {
        isGood = isGood && device.write(octets) == octets.size();
        octets.truncate(0); // keeps its room
    }

    QIODevice &device;
    QByteArray octets;
    bool isGood = true;
};

} // namespace

struct JsonWriter::Private
{
    explicit Private(QIODevice &device)
        : stream(device)
    {
    }

    DeviceStream stream;
    rapidjson::Writer<DeviceStream> writer { stream };
};

JsonWriter::JsonWriter(QIODevice &device)
    : d(std::make_unique<Private>(device))
{
}

JsonWriter::~JsonWriter() = default;

void JsonWriter::beginObject() { d->writer.StartObject(); }

void JsonWriter::endObject() { d->writer.EndObject(); }

void JsonWriter::beginArray() { d->writer.StartArray(); }

void JsonWriter::endArray() { d->writer.EndArray(); }

void JsonWriter::key(const char *name) { d->writer.Key(name); }

void JsonWriter::text(const QString &value) { text(QByteArrayView(value.toUtf8())); }

void JsonWriter::text(QByteArrayView utf8)
{
    d->writer.String(utf8.isEmpty() ? "" : utf8.data(), rapidjson::SizeType(utf8.size()));
}

void JsonWriter::number(qint64 value) { d->writer.Int64(value); }

void JsonWriter::number(double value) { d->writer.Double(value); }

void JsonWriter::flag(bool value) { d->writer.Bool(value); }

void JsonWriter::flag(const char *name, bool value)
{
    key(name);
    flag(value);
}

void JsonWriter::octets(const char *name, const QByteArray &value)
{
    if (QUtf8StringView(value.constData(), value.size()).isValidUtf8()) {
        text(name, QByteArrayView(value));
        return;
    }
    text(name, QString::fromLatin1(value));
    base64((QByteArray("_") + name).constData(), value);
}

void JsonWriter::base64(const char *name, const QByteArray &value)
{
    text(name, QByteArrayView(value.toBase64()));
}

bool JsonWriter::flush()
{
    d->stream.send();
    return d->stream.isGood;
}

} // namespace headrace::formats

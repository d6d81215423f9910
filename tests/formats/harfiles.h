#pragma once

#include <formats/harreader.h>
#include <formats/harwriter.h>

#include <QBuffer>
#include <QFile>

namespace headrace::formats {

struct Read
{
    HarReading reading;
    QList<exchange::Exchange> exchanges;
};

/// All of a file.
inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

/// Reads \a text as a file.
inline Read readText(QByteArray text, const HarReadOptions &options = {})
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    Read read;
    read.reading = readHar(
        buffer,
        [&read](exchange::Exchange &&exchange) {
            read.exchanges.append(std::move(exchange));
            return true;
        },
        options);
    return read;
}

/// The file of \a exchanges; empty if it could not be written.
inline QByteArray written(const QList<exchange::Exchange> &exchanges)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    HarWriter writer(buffer, QStringLiteral("0.1"));
    bool isGood = !writer.begin();
    for (const exchange::Exchange &exchange : exchanges)
        isGood = isGood && !writer.add(exchange);
    return isGood && !writer.end() ? buffer.data() : QByteArray();
}

} // namespace headrace::formats

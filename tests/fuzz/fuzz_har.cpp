// A text read as HAR: entries or an error with a place within it; what is read is written as HAR that reads as the
// same, without a word; a text that ends early gives the same entries as far as it goes.
#include "input.h"
#include "require.h"

#include <formats/harreader.h>
#include <formats/harwriter.h>

#include <QBuffer>

#include <madetraffic.h>

#include <algorithm>

using namespace headrace;
using namespace headrace::fuzz;

namespace {

struct Read
{
    formats::HarReading reading;
    QList<exchange::Exchange> exchanges;
};

Read readText(QByteArray text, qint64 entryLimit)
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    formats::HarReadOptions options;
    options.entryLimit = entryLimit;
    Read read;
    read.reading = formats::readHar(
        buffer,
        [&read](exchange::Exchange &&exchange) {
            read.exchanges.append(std::move(exchange));
            return true;
        },
        options);
    return read;
}

QByteArray written(const QList<exchange::Exchange> &exchanges)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    formats::HarWriter writer(buffer, QStringLiteral("1"));
    require(!writer.begin(), "the begin is written");
    for (const exchange::Exchange &exchange : exchanges)
        require(!writer.add(exchange), "an entry is written");
    require(!writer.end(), "the end is written");
    return buffer.data();
}

void checkError(const formats::HarError &error, qsizetype size)
{
    if (!error)
        return;
    // A code unit of UTF-16 takes three octets of UTF-8 at most.
    require(error.offset >= 0 && error.offset <= size * 2 + 3, "an error lies within the text");
    require(error.line >= 1 && error.column >= 1 && error.column <= error.offset + 1,
        "an error has a line and a column");
    require(error.entry == -1 || error.entry >= 1, "entries count from 1");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 3);
    const qint64 limits[] = { formats::HarReadOptions::DefaultEntryLimit, 4000, 100 };
    const qint64 limit = limits[input.choose(3)];
    const QByteArray &text = input.octets();
    const qsizetype end = text.size() * (input.choose(256) * 256 + input.choose(256)) / 65'536;

    const Read first = readText(text, limit);
    checkError(first.reading.error, text.size());
    require(first.reading.entries == first.exchanges.size(), "entries are counted");
    require(first.reading.noteCount >= first.reading.leftOut, "what is left out is said");
    require(first.reading.notes.size()
            == std::min(first.reading.noteCount, formats::HarReading::NoteLimit),
        "notes are kept up to their bound");

    const Read early = readText(text.first(end), limit);
    require(early.exchanges.size() <= first.exchanges.size(), "an early end gives no more");
    for (qsizetype i = 0; i < early.exchanges.size(); ++i)
        requireSame(store::textOf(early.exchanges.at(i)).toUtf8(),
            store::textOf(first.exchanges.at(i)).toUtf8(), "an early end changes nothing before");

    const Read again
        = readText(written(first.exchanges), formats::HarReadOptions::DefaultEntryLimit);
    require(!again.reading.error && again.reading.notes.isEmpty(), "what is written is HAR");
    require(again.exchanges.size() == first.exchanges.size(), "every exchange is written");
    for (qsizetype i = 0; i < again.exchanges.size(); ++i)
        requireSame(store::textOf(again.exchanges.at(i)).toUtf8(),
            store::textOf(first.exchanges.at(i)).toUtf8(), "what is written reads as the same");
    return 0;
}

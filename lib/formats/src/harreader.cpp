#include "formats/harreader.h"

#include "har/entryparser.h"
#include "har/entryreader.h"

namespace headrace::formats {

HarReading readHar(QIODevice &device, const HarTaker &take, const HarReadOptions &options)
{
    HarReading reading;
    const auto note = [&reading](const QString &text) {
        if (++reading.noteCount <= HarReading::NoteLimit)
            reading.notes.append(
                QStringLiteral("entry %1: %2").arg(reading.entries + reading.leftOut).arg(text));
    };
    EntryTaker taker;
    taker.take = [&](const JsonValue &entry) {
        ++reading.entries;
        QStringList notes;
        exchange::Exchange exchange = exchangeOf(entry, notes);
        for (const QString &text : std::as_const(notes))
            note(text);
        return take(std::move(exchange));
    };
    taker.leaveOut = [&](const QString &why) {
        ++reading.leftOut;
        note(why);
        return true;
    };
    parseEntries(device, options, taker, reading);
    return reading;
}

} // namespace headrace::formats

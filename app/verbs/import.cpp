#include "verbs/import.h"

#include "verbs/filearguments.h"
#include "verbs/output.h"

#include <exchange/exchangebuilder.h>
#include <formats/harreader.h>
#include <store/exchangestore.h>

#include <QCoreApplication>
#include <QFile>

namespace headrace::app {

namespace {

constexpr const char *Help
    = "Usage: headrace import FILE.har FILE.headrace\n"
      "Reads the entries of a HAR file, of Headrace or of another program, into a session: a new "
      "one,\n"
      "or behind the exchanges that are there. What can be read of a broken file is kept.\n"
      "\n"
      "  -h, --help  this text\n"
      "\n"
      "Exit status: 0 done; 1 a file cannot be read to its end or written; 2 the arguments are "
      "wrong.\n";

void take(store::ExchangeStore &store, const exchange::Exchange &exchange)
{
    const exchange::ExchangeId id = exchange::tellExchange(store, exchange);
    if (!exchange.summary.note.isEmpty())
        store.setNote({ id }, exchange.summary.note);
    if (exchange.summary.mark != exchange::Mark::None)
        store.setMark({ id }, exchange.summary.mark);
}

} // namespace

int runImport(const QStringList &arguments)
{
    const FileArguments options = parseFileArguments(arguments, false);
    if (options.wantsHelp) {
        Output().write(Help);
        return ExitSuccess;
    }
    if (!options.error.isEmpty())
        return complainOfUsage(QStringLiteral("import"), options.error);
    QFile file(options.from);
    if (!file.open(QIODevice::ReadOnly)) {
        complain(QStringLiteral("%1: %2").arg(options.from, file.errorString()));
        return ExitFailure;
    }

    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    const QCoreApplication application(count, values);
    store::ExchangeStore store;
    const store::FileError failure = store.open(options.to);
    if (failure || store.status().condition != exchange::StoreStatus::Condition::Recording) {
        complain(failure ? failure.message : store.status().problem);
        return ExitFailure;
    }
    ProgressLine progress;
    formats::HarReadOptions reading;
    reading.progress = [&](double share) {
        QCoreApplication::processEvents(); // what the store says of its file
        progress.tell(QStringLiteral("reading %1").arg(options.from), share);
        return store.status().condition == exchange::StoreStatus::Condition::Recording;
    };
    const formats::HarReading result = formats::readHar(
        file,
        [&store](exchange::Exchange &&exchange) {
            take(store, exchange);
            return true;
        },
        reading);
    store.flush();
    QCoreApplication::processEvents();
    const exchange::StoreStatus status = store.status();
    store.close();

    for (const QString &note : result.notes)
        complain(note);
    if (result.noteCount > result.notes.size())
        complain(QStringLiteral("and %1 more notes").arg(result.noteCount - result.notes.size()));
    Output().writeLine(
        QStringLiteral("%1 exchanges read into %2").arg(result.entries).arg(options.to));
    if (status.condition != exchange::StoreStatus::Condition::Recording) {
        complain(status.problem);
        return ExitFailure;
    }
    if (!result.error)
        return ExitSuccess;
    const QString place = result.error.line < 0
        ? QString()
        : QStringLiteral("line %1, column %2: ").arg(result.error.line).arg(result.error.column);
    complain(QStringLiteral("%1: %2%3").arg(options.from, place, result.error.message));
    return ExitFailure;
}

} // namespace headrace::app

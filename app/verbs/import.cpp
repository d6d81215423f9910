#include "verbs/import.h"

#include "verbs/filearguments.h"
#include "verbs/output.h"

#include <session/hartransfer.h>
#include <store/exchangestore.h>

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

namespace headrace::app {

namespace {

constexpr const char *Help
    = "Usage: headrace import FILE.har FILE.headrace\n"
      "Reads the entries of a HAR file, of Headrace or of another program, into a session: a new "
      "one,\n"
      "or behind the exchanges that are there. What can be read of a broken file is kept, and what "
      "is\n"
      "not as it stood is said. FILE.har may be -: standard input.\n"
      "\n"
      "  -h, --help  this text\n"
      "\n"
      "Exit status: 0 done; 1 a file cannot be read to its end or written; 2 the arguments are "
      "wrong.\n";

bool isRecording(const store::ExchangeStore &store)
{
    return store.status().condition == exchange::StoreStatus::Condition::Recording;
}

void removeSession(const QString &path)
{
    for (const char *suffix : { "", "-wal", "-shm", ".lock" })
        QFile::remove(path + QLatin1String(suffix));
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
    if (options.to == u"-")
        return complainOfUsage(
            QStringLiteral("import"), QStringLiteral("a session cannot be written to -"));
    QFile file(options.from);
    const bool isOpen = options.from == u"-" ? file.open(stdin, QIODevice::ReadOnly)
                                             : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        complain(QStringLiteral("%1: %2").arg(options.from, file.errorString()));
        return ExitFailure;
    }

    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    const QCoreApplication application(count, values);
    const bool isNew = !QFile::exists(options.to);
    store::ExchangeStore store;
    const store::FileError failure = store.open(options.to);
    if (failure || !isRecording(store)) {
        complain(failure ? failure.message : store.status().problem);
        return ExitFailure;
    }
    session::HarOutcome outcome;
    {
        ProgressLine progress;
        outcome = session::importHar(file, store, store, [&](qint64 exchanges, double share) {
            QCoreApplication::processEvents(); // what the store says of its file
            progress.tell(
                QStringLiteral("%1: %2 exchanges").arg(options.from).arg(exchanges), share);
            return true;
        });
        store.flush();
    }
    QCoreApplication::processEvents();
    if (!isRecording(store) && outcome.error.isEmpty())
        outcome.error = store.status().problem;
    store.close();
    if (isNew && outcome.exchanges == 0 && !outcome.error.isEmpty())
        removeSession(options.to);

    tellNotes(outcome);
    if (outcome.exchanges > 0 || outcome.error.isEmpty())
        Output().writeLine(
            QStringLiteral("%1 exchanges read into %2").arg(outcome.exchanges).arg(options.to));
    if (outcome.error.isEmpty())
        return ExitSuccess;
    complain(QStringLiteral("%1: %2").arg(options.from, outcome.error));
    return ExitFailure;
}

} // namespace headrace::app

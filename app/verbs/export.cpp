#include "verbs/export.h"

#include "verbs/filearguments.h"
#include "verbs/findin.h"
#include "verbs/output.h"

#include <formats/code.h>
#include <formats/harwriter.h>
#include <session/hartransfer.h>
#include <store/exchangestore.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <csignal>
#include <cstdio>
#include <functional>
#include <optional>

namespace headrace::app {

namespace {

constexpr const char *Help
    = "Usage: headrace export [--filter TEXT] [--format NAME] FILE.headrace FILE.har\n"
      "Writes the exchanges of a session as HAR 1.2, with fields of our own that keep all that HAR "
      "has\n"
      "no place for, so that headrace import gives the same session again. A file that is there "
      "is\n"
      "replaced once the new one is complete. FILE.har may be -: standard output.\n"
      "\n"
      "  --filter TEXT  only those that match, as in the window\n"
      "  --format NAME  har; or the requests alone, one after the other, as curl, curl-cmd (for\n"
      "                 cmd.exe), raw, cpp, js-fetch, node or python\n"
      "  -h, --help     this text\n"
      "\n"
      "Exit status: 0 done; 1 a file cannot be read or written; 2 the arguments are wrong.\n";

session::HarOutcome writeHar(
    store::ExchangeStore &store, const QList<exchange::ExchangeId> &ids, QIODevice &device)
{
    ProgressLine progress;
    return session::exportHar(store, ids, device, [&](qint64 exchanges, double share) {
        progress.tell(QStringLiteral("%1 of %2 exchanges").arg(exchanges).arg(ids.size()), share);
        return true;
    });
}

/// The requests in that notation, an empty line between two.
session::HarOutcome writeCode(store::ExchangeStore &store, const QList<exchange::ExchangeId> &ids,
    formats::CodeTarget target, QIODevice &device)
{
    session::HarOutcome outcome;
    for (const exchange::ExchangeId id : ids) {
        const auto exchange = store.exchange(id, formats::HarWriter::OctetLimit);
        if (!exchange)
            continue;
        QString lost;
        QByteArray code = formats::writeCode(formats::requestOf(*exchange, &lost), target);
        if (!lost.isEmpty()) {
            outcome.notes.append(QStringLiteral("exchange %1: %2").arg(id).arg(lost));
            ++outcome.noteCount;
        }
        if (outcome.exchanges > 0)
            code.prepend('\n');
        if (device.write(code) != code.size()) {
            outcome.error = device.errorString();
            return outcome;
        }
        ++outcome.exchanges;
    }
    return outcome;
}

using Writer = std::function<session::HarOutcome(QIODevice &)>;

/// Standard output; it cannot be undone when something fails in the middle.
session::HarOutcome writeToOutput(const Writer &write)
{
    std::signal(SIGPIPE, SIG_IGN); // a reader that has gone is an error of write()
    QFile file;
    session::HarOutcome outcome;
    if (file.open(stdout, QIODevice::WriteOnly))
        outcome = write(file);
    if (outcome.error.isEmpty() && !file.flush())
        outcome.error = file.errorString();
    return outcome;
}

/// The file is complete, or what was there stays.
session::HarOutcome writeToFile(const Writer &write, const QString &path)
{
    QSaveFile file(path);
    session::HarOutcome outcome;
    if (!file.open(QIODevice::WriteOnly)) {
        outcome.error = file.errorString();
        return outcome;
    }
    outcome = write(file);
    if (outcome.error.isEmpty() && !file.commit())
        outcome.error = file.errorString();
    return outcome;
}

} // namespace

int runExport(const QStringList &arguments)
{
    const FileArguments options = parseFileArguments(arguments, true);
    if (options.wantsHelp) {
        Output().write(Help);
        return ExitSuccess;
    }
    if (!options.error.isEmpty())
        return complainOfUsage(QStringLiteral("export"), options.error);
    const exchange::ParsedFilter filter = exchange::parseFilter(options.filter);
    if (filter.error)
        return complainOfUsage(QStringLiteral("export"), filter.error->message);
    const auto target = formats::codeTarget(options.format);
    if (!target && options.format != u"har")
        return complainOfUsage(
            QStringLiteral("export"), QStringLiteral("there is no format %1").arg(options.format));
    if (QFileInfo(options.to).exists() && QFileInfo(options.to) == QFileInfo(options.from))
        return complainOfUsage(
            QStringLiteral("export"), QStringLiteral("the session would replace itself"));
    if (!QFileInfo(options.from).isFile()) {
        complain(QStringLiteral("%1: no such file").arg(options.from));
        return ExitFailure;
    }

    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    const QCoreApplication application(count, values);
    store::ExchangeStore store;
    if (const store::FileError failure = store.open(options.from)) {
        complain(failure.message);
        return ExitFailure;
    }
    const auto ids = findIn(store, filter.filter);
    if (!ids)
        return ExitFailure;
    const Writer write = [&](QIODevice &device) {
        return target ? writeCode(store, *ids, *target, device) : writeHar(store, *ids, device);
    };
    const bool isPiped = options.to == u"-";
    const session::HarOutcome outcome
        = isPiped ? writeToOutput(write) : writeToFile(write, options.to);
    tellNotes(outcome);
    if (!outcome.error.isEmpty()) {
        complain(QStringLiteral("%1: %2").arg(options.to, outcome.error));
        return ExitFailure;
    }
    if (!isPiped)
        Output().writeLine(
            QStringLiteral("%1 exchanges written to %2").arg(outcome.exchanges).arg(options.to));
    return ExitSuccess;
}

} // namespace headrace::app

#include "verbs/export.h"

#include "verbs/filearguments.h"
#include "verbs/output.h"

#include <formats/harwriter.h>
#include <store/exchangestore.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QSaveFile>

#include <limits>
#include <optional>

namespace headrace::app {

namespace {

constexpr const char *Help
    = "Usage: headrace export [--filter TEXT] FILE.headrace FILE.har\n"
      "Writes the exchanges of a session as HAR 1.2, with fields of our own that keep all that HAR "
      "has\n"
      "no place for, so that headrace import gives the same session again.\n"
      "\n"
      "  --filter TEXT  only those that match, as in the window\n"
      "  -h, --help     this text\n"
      "\n"
      "Exit status: 0 done; 1 a file cannot be read or written; 2 the arguments are wrong.\n";

constexpr int progressInterval = 200; // milliseconds

/// Nothing after saying why.
std::optional<QList<exchange::ExchangeId>> find(
    store::ExchangeStore &store, const exchange::Filter &filter)
{
    exchange::Query query;
    query.filter = filter;
    QList<exchange::ExchangeId> found;
    QString problem;
    QEventLoop loop;
    const auto search = store.search(query);
    QObject::connect(search.get(), &exchange::Search::found, &loop,
        [&found](const QList<exchange::ExchangeId> &ids) { found += ids; });
    QObject::connect(search.get(), &exchange::Search::finished, &loop, [&](const QString &error) {
        problem = error;
        loop.quit();
    });
    loop.exec();
    if (problem.isEmpty())
        return found;
    complain(problem);
    return std::nullopt;
}

formats::HarError write(
    store::ExchangeStore &store, const QList<exchange::ExchangeId> &ids, QIODevice &device)
{
    formats::HarWriter writer(device, QCoreApplication::applicationVersion());
    formats::HarError error = writer.begin();
    ProgressLine progress;
    QElapsedTimer since;
    since.start();
    for (qsizetype i = 0; i < ids.size() && !error; ++i) {
        if (const auto exchange = store.exchange(ids.at(i), std::numeric_limits<qint64>::max()))
            error = writer.add(*exchange);
        if (since.hasExpired(progressInterval)) {
            since.start();
            progress.tell(QStringLiteral("%1 of %2 exchanges").arg(i + 1).arg(ids.size()),
                double(i + 1) / double(ids.size()));
        }
    }
    return error ? error : writer.end();
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
    const auto ids = find(store, filter.filter);
    if (!ids)
        return ExitFailure;
    QSaveFile file(options.to);
    if (!file.open(QIODevice::WriteOnly)) {
        complain(QStringLiteral("%1: %2").arg(options.to, file.errorString()));
        return ExitFailure;
    }
    if (const formats::HarError error = write(store, *ids, file)) {
        complain(QStringLiteral("%1: %2").arg(options.to, error.message));
        return ExitFailure;
    }
    if (!file.commit()) {
        complain(QStringLiteral("%1: %2").arg(options.to, file.errorString()));
        return ExitFailure;
    }
    Output().writeLine(
        QStringLiteral("%1 exchanges written to %2").arg(ids->size()).arg(options.to));
    return ExitSuccess;
}

} // namespace headrace::app

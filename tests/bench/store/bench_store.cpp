// What lib/store costs. Prints `name number` lines; times in milliseconds.
//
//   bench_store make FILE EXCHANGES [BODY-OCTETS]    a session with so many exchanges
//   bench_store open FILE                            opening it, pages, filters, sorting
//   bench_store search FILE TEXT                     looking for TEXT in all bodies
//   bench_store record FILE SECONDS RATE             so many exchanges a second, RATE 0: as many as can be
//   bench_store told FILE RATE                       the same until it is killed; says "ID MILLISECONDS" as it goes
#include "smalltraffic.h"
#include "spread.h"
#include "steadysource.h"

#include <store/exchangestore.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <usage.h>

#include <cstring>

using namespace headrace;

namespace {

double since(const QElapsedTimer &timer) { return double(timer.nsecsElapsed()) / 1e6; }

void print(const char *name, double number) { std::printf("%s %.3f\n", name, number); }

[[noreturn]] void fail(const QString &message)
{
    std::fprintf(stderr, "bench_store: %s\n", qPrintable(message));
    std::exit(1);
}

void open(store::ExchangeStore &store, const char *path)
{
    if (const store::FileError failure = store.open(QString::fromLocal8Bit(path)))
        fail(failure.message);
}

int make(const char *path, int count, qsizetype bodyOctets)
{
    store::ExchangeStore store;
    open(store, path);
    bench::SmallTraffic traffic(1, bodyOctets);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i)
        traffic.add(store);
    store.close();
    print("exchanges_per_second", 1000.0 * count / since(timer));
    print("peak_mib", double(usage::peakOctets()) / (1 << 20));
    return 0;
}

struct Answer
{
    QList<exchange::ExchangeId> ids;
    double first = -1;
    double all = 0;
};

Answer ask(store::ExchangeStore &store, const exchange::Query &query)
{
    Answer answer;
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    const auto search = store.search(query);
    QObject::connect(search.get(), &exchange::Search::found, search.get(),
        [&](const QList<exchange::ExchangeId> &ids) {
            if (answer.first < 0)
                answer.first = since(timer);
            answer.ids += ids;
        });
    QObject::connect(search.get(), &exchange::Search::finished, &loop, &QEventLoop::quit);
    loop.exec();
    answer.all = since(timer);
    return answer;
}

exchange::Query filtered(const char *text)
{
    const exchange::ParsedFilter parsed = exchange::parseFilter(QString::fromUtf8(text));
    if (parsed.error)
        fail(parsed.error->message);
    exchange::Query query;
    query.filter = parsed.filter;
    return query;
}

int openAndAsk(const char *path)
{
    QElapsedTimer timer;
    timer.start();
    store::ExchangeStore store;
    open(store, path);
    const QList<exchange::ExchangeId> ids = ask(store, {}).ids;
    const QList<exchange::Summary> page
        = store.summaries(ids.last(std::min<qsizetype>(64, ids.size())));
    print("open_to_first_page", since(timer));
    print("exchanges", double(ids.size()));
    print("disk_mib", double(store.status().diskOctets) / (1 << 20));

    bench::Spread pages;
    QRandomGenerator random(5);
    for (int i = 0; i < 2000; ++i) {
        const qsizetype at = random.bounded(qint64(std::max<qsizetype>(1, ids.size() - 64)));
        timer.start();
        std::ignore = store.summaries(ids.mid(at, 64));
        pages.add(since(timer));
    }
    pages.print("page_of_64");

    for (const char *text : { "status>=500", "method:POST", "host:host1*", "type:json",
             "header:authorization", "event:close", "duration>500ms", "size>1kB", "path:orders",
             "-host:host7.example.test", "method:POST status>=400 host:host1*" }) {
        const Answer answer = ask(store, filtered(text));
        std::printf(
            "# %-40s %8.1f ms  %lld hits\n", text, answer.all, qlonglong(answer.ids.size()));
    }
    const std::pair<const char *, exchange::SortKey> keys[] = { { "time", exchange::SortKey::Time },
        { "source", exchange::SortKey::Source }, { "method", exchange::SortKey::Method },
        { "scheme", exchange::SortKey::Scheme }, { "host", exchange::SortKey::Host },
        { "path", exchange::SortKey::Path }, { "status", exchange::SortKey::Status },
        { "type", exchange::SortKey::Type }, { "request size", exchange::SortKey::RequestSize },
        { "size", exchange::SortKey::ResponseSize }, { "duration", exchange::SortKey::Duration },
        { "pattern", exchange::SortKey::Pattern }, { "mark", exchange::SortKey::Mark },
        { "note", exchange::SortKey::Note } };
    for (const auto &[name, key] : keys) {
        exchange::Query query;
        query.key = key;
        query.isDescending = true;
        std::printf("# sort by %-32s %8.1f ms\n", name, ask(store, query).all);
    }
    timer.start();
    std::ignore = store.hosts();
    print("hosts", since(timer));
    print("resident_mib", double(usage::residentOctets()) / (1 << 20));
    print("peak_mib", double(usage::peakOctets()) / (1 << 20));
    return 0;
}

int search(const char *path, const char *text)
{
    store::ExchangeStore store;
    open(store, path);
    const Answer answer = ask(store, filtered(("body:\"" + QByteArray(text) + '"').constData()));
    print("hits", double(answer.ids.size()));
    print("first_hit", answer.first);
    print("all", answer.all);
    print("mib_per_second", double(store.status().diskOctets) / (1 << 20) / answer.all * 1000);
    print("peak_mib", double(usage::peakOctets()) / (1 << 20));
    return 0;
}

int record(const char *path, int seconds, int rate)
{
    store::ExchangeStore store;
    open(store, path);
    bench::SteadySource source(store, rate);
    bench::Spread pauses;
    bench::Spread waiting;
    QElapsedTimer beat;
    QTimer heart;
    QObject::connect(&heart, &QTimer::timeout, &heart, [&] {
        pauses.add(since(beat));
        beat.start();
        waiting.add(double(store.status().memoryOctets) / 1024);
    });
    const auto cpu = usage::cpuTime();
    source.start();
    beat.start();
    heart.start(5);
    QTimer::singleShot(
        2000, [] { print("resident_mib_at_2_s", double(usage::residentOctets()) / (1 << 20)); });
    QTimer::singleShot(seconds * 1000, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    heart.stop();
    source.stop();
    print("exchanges_per_second", double(source.count()) / seconds);
    print("cpu_us_per_exchange", double((usage::cpuTime() - cpu).count()) / double(source.count()));
    print("resident_mib_at_end", double(usage::residentOctets()) / (1 << 20));
    pauses.print("heartbeat");
    waiting.print("waiting_kib");
    print("disk_mib", double(store.status().diskOctets) / (1 << 20));
    print("lost", double(store.status().lostExchanges));
    return 0;
}

int told(const char *path, int rate)
{
    store::ExchangeStore store;
    open(store, path);
    bench::SteadySource source(store, rate);
    source.setListener([](exchange::ExchangeId last, qint64 milliseconds) {
        std::printf("%llu %lld\n", qulonglong(last), milliseconds);
        std::fflush(stdout);
    });
    source.start();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const auto is = [&](const char *command, int arguments) {
        return argc >= 2 + arguments && std::strcmp(argv[1], command) == 0;
    };
    if (is("make", 2))
        return make(argv[2], std::atoi(argv[3]), argc > 4 ? std::atol(argv[4]) : 0);
    if (is("open", 1))
        return openAndAsk(argv[2]);
    if (is("search", 2))
        return search(argv[2], argv[3]);
    if (is("record", 3))
        return record(argv[2], std::atoi(argv[3]), std::atoi(argv[4]));
    if (is("told", 2))
        return told(argv[2], std::atoi(argv[3]));
    fail(QStringLiteral("make FILE EXCHANGES [BODY-OCTETS] | open FILE | search FILE TEXT | record "
                        "FILE SECONDS RATE | "
                        "told FILE RATE"));
}

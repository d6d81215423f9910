#include "session/replay.h"

#include "resend/replayengine.h"
#include "session/requesturl.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace headrace::session {

using exchange::ExchangeId;

struct Replay::Private
{
    exchange::Store &store;
    QThread thread;
    ReplayEngine *engine = nullptr; // of the thread; deleted when it ends
    QList<ReplayItem> items;
    ReplayOptions options;
    bool isRunning = false;
    quint64 run = 0; // what an earlier one says is not heard

    explicit Private(exchange::Store &store)
        : store(store)
    {
    }
};

QString problemOf(const ReplayOptions &options)
{
    if (options.pace == ReplayOptions::Pace::Parallel
        && (options.parallel < 1 || options.parallel > ReplayOptions::MostParallel))
        return QStringLiteral("Send 1 to %1 at once.").arg(ReplayOptions::MostParallel);
    if (options.origin.isEmpty())
        return {};
    const RequestUrlResult parsed = parseRequestUrl(options.origin);
    if (!parsed.url)
        return parsed.message;
    if (parsed.url->target != "/" || !parsed.url->credentials.isEmpty())
        return QStringLiteral("Name scheme, host and port only: https://staging.example.test");
    return {};
}

Replay::Replay(exchange::Store &store, exchange::Sink &sink, qint64 messageLimit, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(store))
{
    d->thread.setObjectName(QStringLiteral("replay"));
    d->engine = new ReplayEngine(store, sink, messageLimit);
    d->engine->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->engine, &QObject::deleteLater);
    connect(d->engine, &ReplayEngine::itemChanged, this,
        [this](quint64 run, int index, const ReplayItem &item) {
            if (!d->isRunning || run != d->run)
                return;
            const bool isNew = item.replayed != 0 && d->items.at(index).replayed == 0;
            d->items[index] = item;
            if (isNew)
                d->store.setNote(
                    { item.replayed }, QStringLiteral("replay of #%1").arg(item.recorded));
            Q_EMIT itemChanged(index);
        });
    connect(d->engine, &ReplayEngine::finished, this, [this](quint64 run) {
        if (run == d->run && std::exchange(d->isRunning, false))
            Q_EMIT finished();
    });
    d->thread.start();
}

Replay::~Replay()
{
    const QSignalBlocker silent(this);
    stop();
    d->thread.quit();
    d->thread.wait();
}

void Replay::start(const QList<ExchangeId> &ids, const ReplayOptions &options)
{
    if (d->isRunning || ids.isEmpty() || !problemOf(options).isEmpty())
        return;
    QList<ExchangeId> order = ids;
    if (options.pace == ReplayOptions::Pace::Recorded)
        std::sort(order.begin(), order.end()); // ids ascend with their begins
    d->isRunning = true;
    d->options = options;
    d->items.clear();
    for (const ExchangeId id : std::as_const(order)) {
        ReplayItem item;
        item.recorded = id;
        d->items.append(item);
    }
    QMetaObject::invokeMethod(
        d->engine,
        [engine = d->engine, run = ++d->run, order, options] {
            engine->start(run, order, options);
        },
        Qt::QueuedConnection);
    Q_EMIT started();
}

bool Replay::isRunning() const { return d->isRunning; }

const QList<ReplayItem> &Replay::items() const { return d->items; }

const ReplayOptions &Replay::options() const { return d->options; }

void Replay::cancel()
{
    if (d->isRunning)
        QMetaObject::invokeMethod(
            d->engine, [engine = d->engine] { engine->cancel(); }, Qt::QueuedConnection);
}

void Replay::stop()
{
    if (!d->isRunning)
        return;
    QMetaObject::invokeMethod(
        d->engine, [engine = d->engine] { engine->stop(); }, Qt::BlockingQueuedConnection);
    for (ReplayItem &item : d->items) {
        if (item.state == ReplayItem::State::Waiting)
            item.state = ReplayItem::State::Canceled;
        else if (item.state == ReplayItem::State::Running)
            item.state = ReplayItem::State::Done;
    }
    d->isRunning = false;
    Q_EMIT finished();
}

} // namespace headrace::session

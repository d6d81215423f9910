#pragma once

#include <exchange/store.h>

#include <QList>
#include <QMetaType>
#include <QObject>
#include <QString>

#include <chrono>
#include <memory>

namespace headrace::session {

struct ReplayOptions
{
    enum class Pace
    {
        Serial, ///< One after the other, each as fast as it goes.
        Parallel, ///< So many at once, each as fast as it goes.
        Recorded, ///< Each begins when it did after the first; its octets go out when they did after its begin.
    };

    static constexpr int MostParallel = 256; ///< In any pace: who comes later waits.

    Pace pace = Pace::Serial;
    int parallel = 8; ///< 1 to MostParallel.
    QString
        origin; ///< "https://staging.example.test:8443" in place of the recorded ones; empty: those.
    bool keepsHost = false; ///< With another origin, the Host field stays as it was recorded.
    bool verifyCertificates = true;
    std::chrono::milliseconds timeout { 30'000 }; ///< Of inactivity; 0 is none.
};

/// Why these cannot be used, for people; empty if they can.
QString problemOf(const ReplayOptions &options);

/// One request of a replay, and its old and new answer.
struct ReplayItem
{
    enum class State
    {
        Waiting,
        Running,
        Done, ///< The new exchange is over: its state says how.
        Skipped, ///< Nothing was sent, see \a problem.
        Canceled ///< Before it was sent.
    };

    enum class Bodies
    {
        Unknown, ///< Not compared: not both are there, or not whole.
        Same,
        Different
    };

    State state = State::Waiting;
    exchange::ExchangeId recorded = 0;
    exchange::ExchangeId replayed = 0; ///< 0: nothing was sent.
    QString problem; ///< For people.
    Bodies bodies = Bodies::Unknown; ///< Of the responses, as they passed without their framing.
};

/** Sends recorded requests again, octet for octet: heads as they are, chunks as they were cut. Each has a connection of its
    own, and is a new exchange of the store, with a note that says of which it is the replay.
    What is changed: a target in absolute-form, as proxies get it, goes out in origin-form, without Proxy-Connection and
    Proxy-Authorization; with another origin, the Host field names that. `Expect: 100-continue` is waited for. What was
    sent behind a 101 is not: the connection is closed there. CONNECT, requests that were not kept whole, and those that
    never were complete are skipped.
    One run at a time, in a thread of its own. Thread of this object: the session's. */
class Replay : public QObject
{
    Q_OBJECT

public:
    /// Both are borrowed and outlive this. \a messageLimit: octets kept of a message, see exchange::Recorder.
    Replay(exchange::Store &store, exchange::Sink &sink, qint64 messageLimit,
        QObject *parent = nullptr);
    ~Replay() override; ///< stop(), without a signal.

    /// \a ids in the order in which they are sent, by Pace::Recorded in that of their begins. Nothing happens while one
    /// runs, or with options that have a problem. started() comes at once.
    void start(const QList<exchange::ExchangeId> &ids, const ReplayOptions &options);

    bool isRunning() const;
    const QList<ReplayItem> &items() const; ///< Of the run, or the last one.
    const ReplayOptions &options() const;

    /// What runs is ended as Canceled, what waits is not sent; finished() follows.
    void cancel();

    /// The same, and waits for it: the store is free then.
    void stop();

Q_SIGNALS:
    void started();
    void itemChanged(int index);
    void finished();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::session

Q_DECLARE_METATYPE(headrace::session::ReplayItem)

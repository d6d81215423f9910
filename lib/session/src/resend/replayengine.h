#pragma once

#include "resend/rawsending.h"
#include "session/clients.h"
#include "session/replay.h"

#include <exchange/recorder.h>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace headrace::session {

/** What a Replay runs in its thread: which request goes out when, and what became of it. All members but the constructor are
    called there. */
class ReplayEngine : public QObject
{
    Q_OBJECT

public:
    /// Both are borrowed.
    ReplayEngine(exchange::Store &store, exchange::Sink &sink, qint64 messageLimit);
    ~ReplayEngine() override;

    /// \a run: told with all that comes of it.
    void start(quint64 run, const QList<exchange::ExchangeId> &ids, const ReplayOptions &options);
    void cancel();
    void stop(); ///< Silently; the store is not used any more.

Q_SIGNALS:
    void itemChanged(quint64 run, int index, const headrace::session::ReplayItem &item);
    void finished(quint64 run);

private:
    /// What is to be sent, or why it is not.
    struct Plan
    {
        RawRequest request;
        QString problem;
    };

    void goOn();
    bool isDue(qsizetype index);
    void startItem(qsizetype index);
    void endItem(qsizetype index);
    Plan planOf(exchange::ExchangeId id) const;
    bool goesTo(const exchange::Summary &summary, RawRequest *request, QString *problem) const;
    ReplayItem::Bodies comparedBodies(exchange::ExchangeId one, exchange::ExchangeId other) const;
    void set(qsizetype index, ReplayItem::State state);
    int mostRunning() const;

    exchange::Store &m_store;
    exchange::Recorder m_recorder;
    std::unique_ptr<Clients> m_clients; // made in the thread
    ReplayOptions m_options;
    QList<ReplayItem> m_items;
    QList<qint64> m_begins; // milliseconds after the first, by Pace::Recorded
    std::map<qsizetype, std::unique_ptr<RawSending>> m_running;
    qsizetype m_next = 0;
    QElapsedTimer m_sinceStart;
    QTimer m_timer;
    quint64 m_run = 0;
    bool m_isRunning = false;
    bool m_isGoingOn = false;
};

} // namespace headrace::session

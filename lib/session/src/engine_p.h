#pragma once

#include "session/clients.h"
#include "session/sending.h"
#include "session/session.h"

#include <exchange/recorder.h>

#include <QHash>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace headrace::session {

/** What a session runs in its engine thread: agents and sends, and their recorder. All members
    but the constructor are called in that thread. */
class Engine : public QObject
{
    Q_OBJECT

public:
    /// \a sink is borrowed; its Sink members are called in the engine thread. \a messageLimit: see
    /// exchange::Recorder.
    Engine(exchange::Sink &sink, qint64 messageLimit);
    ~Engine() override;

    void send(SendId id, const RequestDraft &draft);
    void cancel(SendId id);

    /// Cancels and stops everything; finished() when all is over, or after a second.
    void shutDown();

Q_SIGNALS:
    void sendBegan(quint64 id, quint64 exchange);
    void sendProgress(quint64 id, const headrace::session::TransferProgress &progress);
    void sendEnded(quint64 id, quint64 exchange);
    void sendFailed(quint64 id, const QString &code, const QString &message);
    void finished();

private:
    struct Running
    {
        std::unique_ptr<Sending> sending;
        TransferProgress progress; // as last told
    };

    void tellProgress();
    void end(http::ExchangeId exchange, exchange::ExchangeId storeId);
    void finishShutDown();

    exchange::Recorder m_recorder;
    std::unique_ptr<Clients> m_clients; // made in the engine thread
    std::map<SendId, Running> m_running;
    QHash<http::ExchangeId, SendId> m_sends;
    QTimer m_progressTimer;
    bool m_isShuttingDown = false;
};

} // namespace headrace::session

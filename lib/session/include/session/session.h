#pragma once

#include "session/requestdraft.h"

#include <exchange/store.h>
#include <mock/route.h>

#include <QObject>

#include <memory>

namespace headrace::session {

/// Names one send() of this session, from 1.
using SendId = quint64;

/** One running workbench: owns the store, the engine thread with its client agents, and the mock server.
    The library's objects live in the engine thread; this object, its signals and its values in the
    thread that made it (the GUI's). Signals arrive queued, at most 30 a second for progress. */
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);
    ~Session() override; ///< Cancels what is running, stops the mock, joins the engine thread.

    exchange::Store *store() const; ///< Owner: the session.

    /// Sends a valid draft (see problems()); an invalid one answers through sendFailed(). Body files
    /// are read by the engine while they are sent.
    SendId send(const RequestDraft &draft);

    /// Ends a send; its exchange becomes Canceled. Nothing happens when it is over.
    void cancel(SendId id);

    /// Takes effect on the next request, also while serving.
    void setMockDefinition(const mock::Definition &definition);

    /// Answers through mockStarted() or mockFailed().
    void startMock(quint16 port);
    void stopMock(); ///< Answers through mockStopped().
    bool isMockRunning() const;
    quint16 mockPort() const; ///< While it runs; else 0.

Q_SIGNALS:
    /// The exchange exists in the store and grows there.
    void sendBegan(headrace::session::SendId id, headrace::exchange::ExchangeId exchange);
    void sendProgress(headrace::session::SendId id, const headrace::session::TransferProgress &progress);

    /// Over: the exchange's state says how. Last signal of a send that began.
    void sendEnded(headrace::session::SendId id, headrace::exchange::ExchangeId exchange);

    /// Nothing was sent: the draft is wrong or its file cannot be read. Last signal of that send.
    void sendFailed(headrace::session::SendId id, const QString &code, const QString &message);

    void mockStarted(quint16 port);
    void mockStopped();
    void mockFailed(const QString &code, const QString &message);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::session

#pragma once

#include "session/requestdraft.h"
#include "session/scriptmessage.h"

#include <exchange/store.h>
#include <mock/route.h>

#include <QObject>

#include <chrono>
#include <memory>

namespace headrace::session {

class HarFiles;
class Replay;
class ProxyControl;
class SessionFiles;

/// Names one send() of this session, from 1.
using SendId = quint64;

/** One running workbench: owns the store, the engine thread with its client agents, and the mock thread with the
    mock server and its scripts. The library's objects live in these threads; this object, its signals and its
    values in the thread that made it (the GUI's). Signals arrive queued, at most 30 a second for progress and
    for what scripts say.

    A script of a route that holds up the mock thread for longer than scriptLimit() is interrupted, so that the
    other routes answer again; a program that is the whole server may, until it is stopped. */
class Session : public QObject
{
    Q_OBJECT

public:
    /// Records in memory, as exchange::MemoryStore bounds it.
    explicit Session(QObject *parent = nullptr);

    /// Records into a file from the first exchange on; see SessionFiles. No session is open before
    /// SessionFiles::startNew() or open().
    explicit Session(const QString &stateDirectory, QObject *parent = nullptr);
    ~Session() override; ///< Cancels what is running, stops the mock, joins the threads.

    exchange::Store *store() const; ///< Owner: the session.
    SessionFiles *files() const; ///< Owner: the session. Null: it records in memory.

    /// Owner: the session. What it does ends when another session is opened.
    HarFiles *harFiles() const;

    /// Owner: the session. What it does ends when another session is opened.
    Replay *replay() const;

    ProxyControl *proxy() const; ///< Owner: the session.

    /// Sends a valid draft (see problems()); an invalid one answers through sendFailed(). Body files
    /// are read by the engine while they are sent.
    SendId send(const RequestDraft &draft);

    /// Ends a send; its exchange becomes Canceled. Nothing happens when it is over.
    void cancel(SendId id);

    /// Takes effect on the next request, also while serving; a program and its text on the next start.
    void setMockDefinition(const mock::Definition &definition);

    /// Answers through mockStarted() or mockFailed().
    void startMock(quint16 port);
    void stopMock(); ///< Answers through mockStopped(), also when a script loops.
    bool isMockRunning() const;
    quint16 mockPort() const; ///< While it listens; else 0. Of a program: the first.
    QList<quint16> mockPorts() const; ///< Of a program there may be several.

    /// Looks for syntax errors in the text of \a script, beside all else. Answers through scriptChecked().
    void checkScript(const mock::Script &script);

    static constexpr std::chrono::milliseconds DefaultScriptLimit { 5000 };
    std::chrono::milliseconds scriptLimit() const;
    void setScriptLimit(std::chrono::milliseconds limit); ///< From the next startMock() on.

Q_SIGNALS:
    /// The exchange exists in the store and grows there.
    void sendBegan(headrace::session::SendId id, headrace::exchange::ExchangeId exchange);
    void sendProgress(
        headrace::session::SendId id, const headrace::session::TransferProgress &progress);

    /// Over: the exchange's state says how. Last signal of a send that began.
    void sendEnded(headrace::session::SendId id, headrace::exchange::ExchangeId exchange);

    /// Nothing was sent: the draft is wrong or its file cannot be read. Last signal of that send.
    void sendFailed(headrace::session::SendId id, const QString &code, const QString &message);

    void mockStarted(quint16 port); ///< 0: a program, which may open ports later.
    void mockPortsChanged(const QList<quint16> &ports);
    void mockProgramEnded(int exitCode); ///< 0 after stopMock(). mockStopped() follows.
    void mockStopped();
    void mockFailed(const QString &code, const QString &message);

    /// Answer to checkScript(): a Failure that is a syntax error, or an empty text.
    void scriptChecked(const headrace::session::ScriptMessage &answer);

    void scriptMessages(const QList<headrace::session::ScriptMessage> &messages);
    void scriptMemoryChanged(
        qint64 octets); ///< What scripts hold, once a second; 0: no script is loaded.

private:
    void start();
    void connectMock();
    void tellScriptMessages();
    void interruptScripts(std::chrono::milliseconds limit);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::session

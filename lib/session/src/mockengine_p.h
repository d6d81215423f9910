#pragma once

#include "routescripts_p.h"
#include "scriptprogram_p.h"

#include <exchange/recorder.h>
#include <mock/mockserver.h>

#include <QObject>
#include <QTimer>

#include <memory>

namespace headrace::session {

/** What a session runs in its mock thread: the mock server with the scripts of its routes, or the program that is
    the server. A script that loops holds up this thread and no other. All members but the constructor are called
    in that thread. */
class MockEngine : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed; \a sink, \a outbox and \a running are used in the mock thread.
    MockEngine(
        exchange::Sink &sink, qint64 messageLimit, ScriptOutbox &outbox, RunningScripts &running);
    ~MockEngine() override;

    void setDefinition(const mock::Definition &definition);
    void start(quint16 port);
    void stop();

    /// Stops everything; finished() when all is over, or after a second.
    void shutDown();

Q_SIGNALS:
    void started(quint16 port); ///< 0: a program, which has not opened a port yet.
    void portsChanged(const QList<quint16> &ports); ///< Of the program.
    void programEnded(int exitCode); ///< stopped() follows.
    void stopped();
    void failed(const QString &code, const QString &message);
    void memoryChanged(qint64 octets); ///< Of the scripts; 0 without.
    void finished();

private:
    void startServer(quint16 port);
    void setPorts(const QList<quint16> &ports);
    void onStopped();
    void measure();
    bool isServing() const;

    exchange::Recorder m_recorder;
    RouteScripts m_routeScripts;
    ScriptProgram m_program;
    std::unique_ptr<mock::MockServer> m_server; // made in the mock thread
    mock::Definition m_definition;
    QList<quint16> m_ports;
    QTimer m_memoryTimer;
    qint64 m_memoryOctets = 0; // as last told
    bool m_isShuttingDown = false;
};

} // namespace headrace::session

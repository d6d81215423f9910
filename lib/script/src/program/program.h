#pragma once

#include "engine/call.h"
#include "loop/scriptloop.h"
#include "script/runtime.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>

#include <atomic>
#include <map>
#include <utility>

namespace headrace::http {
class Agent;
class ClientRequest;
class IncomingMessage;
class Server;
class ServerResponse;
class TlsAgent;
} // namespace headrace::http

namespace headrace::script {

class NetServer;
class Sockets;

/// One run of a program: from the start of its main module to its end.
class Program
{
public:
    Program(Runtime *runtime, ProgramOptions options);
    ~Program();
    Q_DISABLE_COPY_MOVE(Program)

    /// The one that \a call came from.
    static Program &of(const Call &call) { return *static_cast<Program *>(call.context().owner()); }

    void run();
    void uncaught(JSValueRef exception);
    ScriptError errorOf(JSValueRef exception);
    void afterTicks();
    void endIfIdle();

    bool handle(http::IncomingMessage *request, http::ServerResponse *response);
    void call(const QString &name, const QVariantList &arguments,
        std::function<void(const Runtime::Answer &answer)> answered);
    void answerCall(quint64 id, bool isError, JSValueRef value); ///< Its promise is settled.
    void forgetCalls();
    void interrupt(); ///< Thread: any.
    void deliverSignal(const QString &name);

    static std::optional<ScriptError> checkSyntax(const QByteArray &source, const QString &file);

    /// Over: closes everything, tells finished(). Nothing of the script runs after it.
    void exit(int code);

    /// Something that the program waits for ended outside of its own callbacks: look again, later.
    void lookAgain();

    /// Runs one JavaScript callback of process.nextTick() in its turn among the ticks of lib/http.
    void addTick();

    Sockets &sockets() { return *m_sockets; }

    /// Deleted when the program ends, unless they went away before.
    void addOpen(QObject *object) { m_open.insert(object); }

    void removeOpen(QObject *object) { m_open.remove(object); }

    // net.Servers, which are closed when the program ends.
    void addListening(NetServer *server) { m_listening.insert(server); }

    void removeListening(NetServer *server) { m_listening.remove(server); }

    /// The JavaScript object of a request that was made here; null: it has none.
    JSValueRef targetOf(const http::ClientRequest *request) const;
    void setTarget(const http::ClientRequest *request, JSObjectRef target);

    /// The JavaScript object of a server that was made here; null: it has none.
    JSObjectRef serverOf(const http::Server *server) const { return m_servers.value(server); }

    void setServer(const http::Server *server, JSObjectRef target);

    void removeFromAgents(QIODevice *socket);

    void forget(http::ClientRequest *request);

    /// While it lives, a request that has no object yet is \a target's: an agent may ask inside http::request().
    class Making
    {
    public:
        Making(Program &program, JSObjectRef target)
            : m_program(program)
            , m_outer(std::exchange(program.m_making, target))
        {
        }

        ~Making() { m_program.m_making = m_outer; }

        Q_DISABLE_COPY_MOVE(Making)

    private:
        Program &m_program;
        JSObjectRef m_outer;
    };

    /// What connects net.Sockets; they pool nothing.
    http::Agent &connector();
    http::Agent &secureConnector();

    Runtime *q;
    ProgramOptions options;
    QElapsedTimer started;
    std::unique_ptr<Context> context;
    std::unique_ptr<ScriptLoop> loop;
    int exitCode = 0;
    int pendingWork = 0; ///< Work in other threads that the program waits for.
    enum class State
    {
        New,
        Running,
        Ending, ///< 'beforeExit' or 'exit' is being told.
        Over
    } state
        = State::New;
    bool looksAgain = false;
    bool handlesUncaught = false;
    bool describesError = false;

private:
    using Answered = std::function<void(const Runtime::Answer &answer)>;

    Runtime::Answer answerOf(bool isError, JSValueRef value);
    void endCalls();
    void closeAll();
    void runImmediates(); ///< Those that are due.

    std::unique_ptr<Sockets> m_sockets;
    std::unique_ptr<http::Agent> m_connector;
    std::unique_ptr<http::TlsAgent> m_secureConnector;
    std::atomic<Engine *> m_engine = nullptr; ///< Of the context.
    QSet<QObject *> m_open;
    QSet<NetServer *> m_listening;
    QHash<const http::Server *, JSObjectRef> m_servers;
    JSObjectRef m_making = nullptr;
    QHash<const http::ClientRequest *, JSObjectRef> m_requests; ///< Those that are open.
    std::map<quint64, Answered> m_calls; ///< That are not answered; in their order.
    quint64 m_lastCall = 0;
    QString m_endReason; ///< For them, when the program ends.
};

} // namespace headrace::script

#pragma once

#include "script/runtime.h"

#include "engine/context.h"
#include "loop/scriptloop.h"

#include <QElapsedTimer>
#include <QPointer>

namespace headrace::script {

/// One run of a program: from the start of its main module to its end.
class Program
{
public:
    Program(Runtime *runtime, ProgramOptions options);
    ~Program();
    Q_DISABLE_COPY_MOVE(Program)

    /// The one whose JavaScript is running.
    static Program *current();

    void run();
    void uncaught(JSValueRef exception);
    ScriptError errorOf(JSValueRef exception);
    void afterTicks();
    void endIfIdle();

    /// Over: closes everything, tells finished(). Nothing of the script runs after it.
    void exit(int code);

    /// Something that the program waits for ended outside of its own callbacks: look again, later.
    void lookAgain();

    /// Runs one JavaScript callback of process.nextTick() in its turn among the ticks of lib/http.
    void addTick();

    Runtime *q;
    ProgramOptions options;
    QElapsedTimer started;
    std::unique_ptr<Context> context;
    std::unique_ptr<ScriptLoop> loop;
    std::vector<std::function<void()>> cleanups; ///< What is open, closed in reverse order at the end.
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
};

} // namespace headrace::script

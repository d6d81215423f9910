#pragma once

#include "script/scripterror.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace headrace::http {
class IncomingMessage;
class Observer;
class ServerResponse;
} // namespace headrace::http

namespace headrace::script {

class Program;

/// What to run, and what it may do.
struct ProgramOptions
{
    QString file; ///< Of the main module; need not exist when \a source is given.
    std::optional<QByteArray>
        source; ///< UTF-8, instead of the content of \a file: what an editor holds.
    QStringList arguments; ///< process.argv from the third on.
    QString writeDirectory; ///< `fs` may write below it; empty: nowhere.
    QList<std::pair<QString, QString>> environment; ///< Laid over process.env: PORT, say.
    http::Observer *observer = nullptr; ///< Watches every exchange of the script; borrowed.
    /// process.kill() may send a signal to this very process; others are nobody's.
    bool ownsProcess = false;
    /// interrupt() works. It costs every call into the script a look at the clock.
    bool canInterrupt = true;
    bool isHandler
        = false; ///< module.exports answers requests (handle()): pending work does not keep it, nor its end end it.
};

/** One Node program in a JavaScriptCore context of its own, on lib/http.
    Driven by the event loop of its thread, in which all its sockets and timers live; several runtimes of one
    thread share the engine, and nothing a script sees. Thread: its own, but for interrupt(). */
class Runtime : public QObject
{
    Q_OBJECT

public:
    enum class Channel
    {
        Output, ///< process.stdout, console.log
        Error, ///< process.stderr, console.error
    };
    Q_ENUM(Channel)

    explicit Runtime(ProgramOptions options, QObject *parent = nullptr);
    ~Runtime() override; ///< As stop(), without signals.

    /// Nothing: \a source is JavaScript that a module can be of. Thread: any; makes an engine for the call.
    static std::optional<ScriptError> checkSyntax(const QByteArray &source, const QString &file);

    /// Makes the responses of a server whose exchanges are given to handle(): a script may override writeHead() of
    /// those. Others work, too, but for that.
    static std::function<http::ServerResponse *(http::IncomingMessage *, QObject *)>
    responseFactory();

    /// Runs the main module. finished() may be emitted before it returns.
    void start();

    /// Closes all that the script has open and ends it; finished() follows before it returns, unless it has ended.
    void stop();

    bool isRunning() const;

    /// Ends JavaScript that is running now, in a loop for ever, say: the script fails with "Script execution was
    /// interrupted". Thread: any, while the runtime exists.
    void interrupt();

    /// Emits \a name ("SIGTERM") on the script's process.
    void deliverSignal(const QString &name);

    /// Octets that the engine of this thread holds for its scripts (JavaScript heap and buffers).
    qint64 memoryOctets() const;

    /// Gives an exchange to the function that the script exports; both belong to their server as ever.
    /// False: it exports none, or has ended. What it throws is told by failed(), inside this call for what it throws
    /// at once, and the script goes on.
    bool handle(http::IncomingMessage *request, http::ServerResponse *response);

    /// What a function of the script answered.
    struct Answer
    {
        QVariant value; ///< Invalid: nothing, or null.
        std::optional<ScriptError>
            error; ///< It threw, its promise was rejected, or the script ended before.
    };

    /** Calls the function that the main module exports as \a name. \a answered is called once: inside this call, or, where the
        function gives a promise, when that is settled; never after the destructor has begun. An error of the function is
        its answer and not told by failed(); the script goes on.
        Values: none (undefined), nullptr (null), bool, numbers, QString, QByteArray (a Uint8Array), QVariantList,
        QVariantMap. Back come the same, numbers as double, of all typed arrays the octets, and nothing for functions
        and symbols. Needs ProgramOptions::isHandler, lest the program be over by then. */
    void call(const QString &name, const QVariantList &arguments,
        std::function<void(const Answer &answer)> answered);

Q_SIGNALS:
    /// What the script printed. \a octets: UTF-8, as written; may end in mid-line.
    void output(headrace::script::Runtime::Channel channel, const QByteArray &octets);

    /// Uncaught. Text for people was not written to output(): the listener shows it.
    void failed(const headrace::script::ScriptError &error);

    /// A server of the script listens. \a port: 0 for a local socket.
    void serverListening(quint16 port);

    /// A file that require() has read, the main module's included; may come again.
    void fileLoaded(const QString &path);

    /// The script begins to listen to a signal of the system, or stops: whoever owns the process gives it by
    /// deliverSignal() then, instead of what it does by itself. \a name: "SIGTERM".
    void signalListened(const QString &name, bool listens);

    /// The script is over: nothing is pending, process.exit(), an uncaught error (1) or stop(). Last signal.
    void finished(int exitCode);

private:
    std::unique_ptr<Program> m_program;
};

} // namespace headrace::script

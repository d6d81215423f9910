#include "program/program.h"

#include "native/natives.h"
#include "native/netnatives.h"
#include "native/servers.h"
#include "native/sockets.h"
#include "native/variantvalue.h"

#include <http/agent.h>
#include <http/clientrequest.h>
#include <http/pending.h>
#include <http/ticks.h>
#include <http/tlsagent.h>

#include <QFile>

#include <cmath>
#include <utility>

/// The collection of a static library is only there when it is asked for; not inside a namespace.
static void initializeResources() { Q_INIT_RESOURCE(headrace_script); }

namespace headrace::script {

Program::Program(Runtime *runtime, ProgramOptions programOptions)
    : q(runtime)
    , options(std::move(programOptions))
{
}

Program::~Program()
{
    if (context)
        closeAll();
}

void Program::run()
{
    started.start();
    state = State::Running;
    context = std::make_unique<Context>(this,
        Context::Hooks {
            [this](JSValueRef exception) { uncaught(exception); }, [this] { afterTicks(); } });
    if (options.canInterrupt) {
        context->engine().allowInterrupts();
        m_engine = &context->engine();
    }
    loop = std::make_unique<ScriptLoop>(ScriptLoop::Callbacks {
        [this](TimerLists::Id id) {
            context->callExposed("timer", { JSValueMakeNumber(context->ref(), double(id)) });
            http::drainTicks();
            return state != State::Over;
        },
        [this] { runImmediates(); } });
    m_sockets = std::make_unique<Sockets>(*this);
    addAllNatives(*context);

    JSValueRef exception = nullptr;
    initializeResources();
    QFile file(QStringLiteral(":/script/js/internal/bootstrap.js"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    const JSObjectRef bootstrap = context->compile(
        file.readAll(), QStringLiteral("node:internal/bootstrap"), "native", &exception);
    if (bootstrap)
        context->call(bootstrap, nullptr, { context->natives() });
    else
        uncaught(exception);
}

void Program::runImmediates()
{
    // One at a time: ticks and promise jobs run in between, and jobs only when no JavaScript is on the stack.
    for (bool isFirst = true; state != State::Over; isFirst = false) {
        const JSValueRef hasMore
            = context->callExposed("immediates", { JSValueMakeBoolean(context->ref(), isFirst) });
        const bool isDone = hasMore && !JSValueToBoolean(context->ref(), hasMore);
        http::drainTicks();
        if (isDone)
            return;
    }
}

void Program::addTick()
{
    http::nextTick(q, [this] { context->callExposed("tick", {}); });
}

void Program::uncaught(JSValueRef exception)
{
    if (state == State::Over)
        return;
    if (context->engine().takeInterrupted()) {
        m_endReason = QStringLiteral("Script execution was interrupted");
        Q_EMIT q->failed({ m_endReason, {}, {}, -1, -1 });
        exit(1);
        return;
    }
    if (!std::exchange(handlesUncaught, true)) { // else the handler itself fails
        const JSValueRef handled = context->callExposed("uncaught", { exception });
        handlesUncaught = false;
        if (state == State::Over || (handled && JSValueToBoolean(context->ref(), handled)))
            return;
    }
    Q_EMIT q->failed(errorOf(exception));
    if (options.isHandler)
        return;
    exitCode = 1;
    if (state == State::Over)
        return;
    const State before = std::exchange(state, State::Ending);
    if (before != State::Ending) {
        const JSValueRef code
            = context->callExposed("exiting", { JSValueMakeNumber(context->ref(), 1) });
        if (code)
            exitCode = int(JSValueToNumber(context->ref(), code, nullptr));
    }
    exit(exitCode);
}

ScriptError Program::errorOf(JSValueRef exception)
{
    const JSContextRef ref = context->ref();
    ScriptError error { toText(ref, exception), {}, {}, -1, -1 };
    JSValueRef described = nullptr;
    if (!std::exchange(describesError, true)) {
        described = context->callExposed("describeError", { exception });
        describesError = false;
    }
    if (!described || !JSValueIsObject(ref, described))
        return error;
    const auto text
        = [&](const char *name) { return toText(ref, propertyOf(ref, described, Name(name))); };
    const auto number = [&](const char *name) {
        const double value = JSValueToNumber(ref, propertyOf(ref, described, Name(name)), nullptr);
        return std::isfinite(value) ? int(value) : -1;
    };
    return { text("message"), text("stack"), text("file"), number("line"), number("column") };
}

bool Program::handle(http::IncomingMessage *request, http::ServerResponse *response)
{
    const http::IoScope scope;
    const JSContextRef ref = context->ref();
    const JSValueRef handler = context->callExposed("handler", {});
    if (!handler || !JSValueIsObject(ref, handler))
        return false;
    const MessagePair pair = messagesFor(*this, JSValueMakeUndefined(ref), request, response);
    const JSValueRef answer
        = context->call(const_cast<JSObjectRef>(handler), nullptr, { pair.request, pair.response });
    if (answer)
        context->callExposed("watchHandler", { answer });
    return true;
}

// Answered outside of the JavaScript, which the caller may want to end.
void Program::call(const QString &name, const QVariantList &arguments, Answered answered)
{
    if (state != State::Running) {
        answered({ {}, ScriptError { QStringLiteral("The script has ended"), {}, {}, -1, -1 } });
        return;
    }
    const quint64 id = ++m_lastCall;
    m_calls.emplace(id, std::move(answered));
    std::optional<Runtime::Answer> answer;
    {
        const http::IoScope scope;
        const JSContextRef ref = context->ref();
        const JSValueRef given = context->callExposed("callExport",
            { JSValueMakeNumber(ref, double(id)), textValue(ref, name),
                variantValue(ref, arguments) });
        if (given && JSValueIsObject(ref, given))
            answer = answerOf(JSValueToBoolean(ref, propertyOf(ref, given, Name("isError"))),
                propertyOf(ref, given, Name("value")));
    }
    if (!answer)
        return; // its promise is waited for, or the program has ended
    const auto waiting = m_calls.extract(id);
    if (waiting)
        waiting.mapped()(*answer);
}

void Program::answerCall(quint64 id, bool isError, JSValueRef value)
{
    http::nextTick(q, [this, id, answer = answerOf(isError, value)] {
        const auto waiting = m_calls.extract(id);
        if (waiting)
            waiting.mapped()(answer);
    });
}

Runtime::Answer Program::answerOf(bool isError, JSValueRef value)
{
    if (isError)
        return { {}, errorOf(value) };
    const auto converted = toVariant(context->ref(), value);
    if (!converted)
        return { {},
            ScriptError {
                QStringLiteral("The answer nests deeper than 64 levels"), {}, {}, -1, -1 } };
    return { *converted, std::nullopt };
}

void Program::forgetCalls() { m_calls.clear(); }

void Program::endCalls()
{
    const ScriptError error {
        m_endReason.isEmpty() ? QStringLiteral("The script has ended") : m_endReason, {}, {}, -1, -1
    };
    while (!m_calls.empty()) {
        const auto waiting = m_calls.extract(m_calls.begin());
        waiting.mapped()({ {}, error });
    }
}

void Program::interrupt()
{
    if (Engine *engine = m_engine)
        engine->interrupt();
}

void Program::deliverSignal(const QString &name)
{
    const http::IoScope scope(http::IoScope::Caller::EventLoop);
    context->callExposed("signal", { textValue(context->ref(), name) });
}

std::optional<ScriptError> Program::checkSyntax(const QByteArray &source, const QString &file)
{
    const JSGlobalContextRef context = JSGlobalContextCreate(nullptr);
    // A function's body may return; on the first line, so that line numbers are those of the file.
    const QString text
        = QStringLiteral("(function (exports, require, module, __filename, __dirname) {")
        + QString::fromUtf8(source.startsWith("#!") ? "//" + source : source)
        + QStringLiteral("\n})");
    const JSStringRef script = JSStringCreateWithCharacters(
        reinterpret_cast<const JSChar *>(text.utf16()), size_t(text.size()));
    JSValueRef exception = nullptr;
    std::optional<ScriptError> error;
    if (!JSCheckScriptSyntax(context, script, nullptr, 1, &exception)) {
        const double line
            = JSValueToNumber(context, propertyOf(context, exception, Name("line")), nullptr);
        error = ScriptError { toText(context, exception), {}, file, int(line), -1 };
    }
    JSStringRelease(script);
    JSGlobalContextRelease(context);
    return error;
}

void Program::afterTicks()
{
    if (state != State::Running || options.isHandler || looksAgain)
        return;
    if (pendingWork > 0 || loop->isWaited() || http::Pending::count() > 0)
        return;
    // Not from here: the ticks are still being drained.
    lookAgain();
}

void Program::lookAgain()
{
    if (looksAgain || state != State::Running || options.isHandler)
        return;
    looksAgain = true;
    QMetaObject::invokeMethod(
        q,
        [this] {
            looksAgain = false;
            endIfIdle();
        },
        Qt::QueuedConnection);
}

void Program::endIfIdle()
{
    const auto isIdle = [this] {
        return state == State::Running && pendingWork == 0 && !loop->isWaited()
            && http::Pending::count() == 0;
    };
    if (!isIdle())
        return;
    {
        const http::IoScope scope;
        state = State::Ending; // what it does is looked at below
        context->callExposed("beforeExit", {});
        http::drainTicks();
        if (state == State::Over)
            return;
        state = State::Running;
    }
    if (!isIdle())
        return;
    state = State::Ending;
    const JSValueRef code = context->callExposed("exiting", {});
    exit(code ? int(JSValueToNumber(context->ref(), code, nullptr)) : exitCode);
}

void Program::exit(int code)
{
    if (state == State::Over)
        return;
    state = State::Over;
    m_engine = nullptr;
    exitCode = code;
    context->close();
    loop->stop();
    endCalls();
    Q_EMIT q->finished(code);
    // Not before: whoever ends the process with the program need not wait for it. And not now: what is closed may
    // be what called us.
    QMetaObject::invokeMethod(
        q, [this] { closeAll(); }, Qt::QueuedConnection);
}

void Program::closeAll()
{
    const QSet<QObject *> open = std::exchange(m_open, {});
    for (QObject *object : open)
        delete object;
    const QSet<NetServer *> listening = m_listening;
    for (NetServer *server : listening)
        server->close();
    m_sockets->closeAll();
}

JSValueRef Program::targetOf(const http::ClientRequest *request) const
{
    const JSObjectRef target = m_requests.value(request);
    if (target)
        return target;
    return m_making ? m_making : JSValueMakeNull(context->ref());
}

void Program::setTarget(const http::ClientRequest *request, JSObjectRef target)
{
    m_requests.insert(request, target);
    addOpen(const_cast<http::ClientRequest *>(request));
}

void Program::setServer(const http::Server *server, JSObjectRef target)
{
    if (target)
        m_servers.insert(server, target);
    else
        m_servers.remove(server);
}

void Program::removeFromAgents(QIODevice *socket)
{
    for (QObject *object : std::as_const(m_open)) {
        auto *agent = qobject_cast<http::Agent *>(object);
        if (agent && socket->parent() == agent)
            agent->removeSocketFromAgent(socket);
    }
}

void Program::forget(http::ClientRequest *request)
{
    m_requests.remove(request);
    removeOpen(request);
}

http::Agent &Program::connector()
{
    if (!m_connector)
        m_connector = std::make_unique<http::Agent>();
    return *m_connector;
}

http::Agent &Program::secureConnector()
{
    if (!m_secureConnector)
        m_secureConnector = std::make_unique<http::TlsAgent>();
    return *m_secureConnector;
}

} // namespace headrace::script

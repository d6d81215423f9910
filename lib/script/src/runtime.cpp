#include "script/runtime.h"

#include "native/outgoinghandle.h"
#include "program/program.h"

#include <http/pending.h>
#include <http/ticks.h>

namespace headrace::script {

Runtime::Runtime(ProgramOptions options, QObject *parent)
    : QObject(parent)
    , m_program(std::make_unique<Program>(this, std::move(options)))
{
}

Runtime::~Runtime()
{
    blockSignals(true);
    m_program->forgetCalls();
    stop();
}

void Runtime::start()
{
    if (m_program->state != Program::State::New)
        return;
    const http::IoScope scope;
    http::Pending::setEmptyListener(this, [this] { m_program->lookAgain(); });
    m_program->run();
}

void Runtime::stop()
{
    if (isRunning())
        m_program->exit(m_program->exitCode);
}

bool Runtime::isRunning() const
{
    return m_program->state == Program::State::Running
        || m_program->state == Program::State::Ending;
}

void Runtime::interrupt() { m_program->interrupt(); }

void Runtime::deliverSignal(const QString &name)
{
    if (isRunning())
        m_program->deliverSignal(name);
}

qint64 Runtime::memoryOctets() const
{
    if (!m_program->context || m_program->context->isClosed())
        return 0;
    const JSContextRef context = m_program->context->ref();
    const JSObjectRef statistics = JSGetMemoryUsageStatistics(context);
    return qint64(
        JSValueToNumber(context, propertyOf(context, statistics, Name("heapSize")), nullptr));
}

std::optional<ScriptError> Runtime::checkSyntax(const QByteArray &source, const QString &file)
{
    return Program::checkSyntax(source, file);
}

std::function<http::ServerResponse *(http::IncomingMessage *, QObject *)> Runtime::responseFactory()
{
    return [](http::IncomingMessage *request, QObject *) { return new ScriptResponse(request); };
}

void Runtime::call(const QString &name, const QVariantList &arguments,
    std::function<void(const Answer &answer)> answered)
{
    m_program->call(name, arguments, std::move(answered));
}

bool Runtime::handle(http::IncomingMessage *request, http::ServerResponse *response)
{
    return isRunning() && m_program->handle(request, response);
}

} // namespace headrace::script

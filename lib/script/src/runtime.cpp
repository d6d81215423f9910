#include "script/runtime.h"

#include "program.h"

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
    return m_program->state == Program::State::Running || m_program->state == Program::State::Ending;
}

void Runtime::interrupt()
{
    if (m_program->context)
        m_program->context->engine().interrupt();
}

qint64 Runtime::memoryOctets() const
{
    if (!m_program->context || m_program->context->isClosed())
        return 0;
    const JSContextRef context = m_program->context->ref();
    const JSObjectRef statistics = JSGetMemoryUsageStatistics(context);
    return qint64(JSValueToNumber(context, propertyOf(context, statistics, Name("heapSize")), nullptr));
}

bool Runtime::handle(http::IncomingMessage *, http::ServerResponse *) { return false; }

} // namespace headrace::script

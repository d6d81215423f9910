#include "native/emitterhandle.h"

#include <algorithm>
#include <array>

namespace headrace::script {

std::span<const char *const> eventNames()
{
    static constexpr std::array names { "abort", "aborted", "checkContinue", "checkExpectation",
        "clientError", "close", "connect", "connection", "continue", "data", "drain", "end",
        "error", "finish", "free", "information", "listening", "pause", "prefinish", "readable",
        "request", "response", "resume", "socket", "timeout", "upgrade" };
    static_assert(names.size() == size_t(Event::Upgrade) + 1);
    return names;
}

EmitterHandle::~EmitterHandle()
{
    for (const auto &[event, connection] : m_connections)
        QObject::disconnect(connection);
}

void EmitterHandle::setTarget(Context &context, JSObjectRef target)
{
    m_context = &context;
    m_target = target;
}

void EmitterHandle::listen(Event event, bool listens)
{
    const auto known
        = std::ranges::find(m_connections, event, [](const auto &item) { return item.first; });
    if (!listens) {
        if (known == m_connections.end())
            return;
        const QMetaObject::Connection connection = known->second;
        m_connections.erase(known);
        QObject::disconnect(connection);
    } else if (known == m_connections.end()) {
        // Kept first: connecting may start what it listens to.
        if (!m_kept)
            m_kept = Persistent(ref(), m_target);
        const QMetaObject::Connection connection = connectTo(event);
        if (connection)
            m_connections.emplace_back(event, connection);
    }
    if (m_connections.empty())
        m_kept.reset();
}

void EmitterHandle::emitEvent(Event event, std::initializer_list<JSValueRef> arguments)
{
    ValueList all(ref());
    all.push_back(m_target);
    all.push_back(JSValueMakeNumber(ref(), int(event)));
    for (const JSValueRef argument : arguments)
        all.push_back(argument);
    context().callExposed("emit", all.values());
}

void EmitterHandle::forgetListeners()
{
    for (const auto &[event, connection] : std::exchange(m_connections, {}))
        QObject::disconnect(connection);
    m_kept.reset();
}

namespace {

/// listen(handle of any EmitterHandle, event, listens)
JSValueRef listen(Call &call)
{
    if (EmitterHandle *handle = EmitterHandle::from(call.ref(), call.value(0)))
        handle->listen(Event(call.integer(1)), call.boolean(2));
    return call.undefined();
}

/// names(): of all events, in the order of their numbers
JSValueRef names(Call &call)
{
    ValueList items(call.ref());
    for (const char *name : eventNames())
        items.push_back(latin1Value(call.ref(), name));
    return arrayValue(call.ref(), items);
}

constexpr NativeModule::Function functions[] = {
    { "listen", nativeFunction<listen> },
    { "names", nativeFunction<names> },
};

} // namespace

const NativeModule emitterNatives { "emitter", functions };

} // namespace headrace::script

#include "context.h"

#include "call.h"

#include <utility>

namespace headrace::script {

namespace {

/// Of this thread; few.
thread_local std::vector<Context *> contexts;

} // namespace

Context *Context::of(JSContextRef context)
{
    const JSGlobalContextRef global = JSContextGetGlobalContext(context);
    for (Context *known : contexts) {
        if (known->m_context == global)
            return known;
    }
    return nullptr;
}

Context::Context(void *owner, Hooks hooks)
    : m_engine(Engine::forThread())
    , m_owner(owner)
    , m_hooks(std::move(hooks))
    , m_context(JSGlobalContextCreateInGroup(m_engine->group(), nullptr))
    , m_natives(m_context, JSObjectMake(m_context, nullptr, nullptr))
{
    contexts.push_back(this);
    m_engine->add(this);
}

Context::~Context()
{
    m_engine->remove(this);
    std::erase(contexts, this);
    Persistent::dropAll(m_context);
    JSGlobalContextRelease(m_context);
}

JSValueRef Context::enter(JSObjectRef function, JSObjectRef self,
    std::span<const JSValueRef> arguments, JSValueRef *exception)
{
    const Engine::Running running(*m_engine);
    const JSValueRef result = JSObjectCallAsFunction(
        m_context, function, self, arguments.size(), arguments.data(), exception);
    return *exception ? nullptr : result;
}

JSValueRef Context::call(
    JSObjectRef function, JSObjectRef self, std::span<const JSValueRef> arguments)
{
    if (m_closed)
        return nullptr;
    JSValueRef exception = nullptr;
    const JSValueRef result = enter(function, self, arguments, &exception);
    if (exception)
        setPending(exception);
    return result;
}

JSValueRef Context::callTop(
    JSObjectRef function, JSObjectRef self, std::initializer_list<JSValueRef> arguments)
{
    const int depth = std::exchange(m_nativeDepth, 0);
    const JSValueRef result = call(function, self, arguments);
    m_nativeDepth = depth;
    return result;
}

void Context::atTopLevel(const std::function<void()> &run)
{
    const int depth = std::exchange(m_nativeDepth, 0);
    run();
    m_nativeDepth = depth;
}

void Context::setPending(JSValueRef exception)
{
    if (m_nativeDepth == 0)
        m_hooks.uncaught(exception);
    else if (!m_pending)
        m_pending = Persistent(m_context, exception);
}

JSValueRef Context::callExposed(const char *name, std::span<const JSValueRef> arguments)
{
    const JSObjectRef function
        = m_exposed.value(QByteArray::fromRawData(name, qsizetype(qstrlen(name))));
    return function ? call(function, nullptr, arguments) : nullptr;
}

void Context::expose(const QByteArray &name, JSObjectRef function)
{
    JSValueProtect(m_context, function); // for as long as the context lives
    m_exposed.insert(name, function);
}

JSObjectRef Context::compile(
    const QByteArray &source, const QString &file, const char *parameters, JSValueRef *exception)
{
    // On the first line, so that line numbers are those of the file.
    const QByteArray whole
        = QByteArrayLiteral("(function (") + parameters + ") {" + source + "\n})";
    const QString text = QString::fromUtf8(whole);
    const JSStringRef script = JSStringCreateWithCharacters(
        reinterpret_cast<const JSChar *>(text.utf16()), size_t(text.size()));
    const JSStringRef url = JSStringCreateWithCharacters(
        reinterpret_cast<const JSChar *>(file.utf16()), size_t(file.size()));
    const JSValueRef function = JSEvaluateScript(m_context, script, nullptr, url, 1, exception);
    JSStringRelease(script);
    JSStringRelease(url);
    return *exception ? nullptr : const_cast<JSObjectRef>(function);
}

JSValueRef Context::errorValue(const http::Error &error)
{
    const JSValueRef made = callExposed("nodeError",
        { latin1Value(m_context, QByteArrayView(wire::name(error.code))),
            textValue(m_context, error.message),
            JSValueMakeNumber(m_context, double(error.bytesParsed)),
            error.rawPacket.isNull() ? JSValueMakeUndefined(m_context)
                                     : JSValueRef(octetsValue(m_context, error.rawPacket)) });
    return made ? made : textValue(m_context, error.message);
}

void Context::addNatives(const NativeModule &module)
{
    const JSObjectRef functions = JSObjectMake(m_context, nullptr, nullptr);
    for (const NativeModule::Function &function : module.functions) {
        const Name name(function.name);
        JSObjectSetProperty(m_context, functions, name,
            JSObjectMakeFunctionWithCallback(m_context, name, function.run),
            kJSPropertyAttributeNone, nullptr);
    }
    setProperty(m_context, natives(), module.name, functions);
}

void Context::close()
{
    m_closed = true;
    m_pending.reset();
}

void Context::afterTicks()
{
    if (!m_closed)
        m_hooks.afterTicks();
}

} // namespace headrace::script

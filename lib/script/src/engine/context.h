#pragma once

#include "engine.h"
#include "value.h"

#include <http/error.h>

#include <QHash>

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>

namespace headrace::script {

class Call;
struct NativeModule;

/** The JavaScript world of one runtime: its globals, its built-in modules, and all calls from C++ into it.
    Thread: the engine's. */
class Context
{
public:
    struct Hooks
    {
        std::function<void(JSValueRef exception)> uncaught; ///< Nobody on the stack catches it.
        std::function<void()> afterTicks; ///< Ticks and promise jobs have run.
    };

    /// \a owner: what native functions find by owner().
    Context(void *owner, Hooks hooks);
    ~Context();
    Q_DISABLE_COPY_MOVE(Context)

    /// The one that \a context is of: what a native function works for.
    static Context *of(JSContextRef context);

    JSContextRef ref() const { return m_context; }

    void *owner() const { return m_owner; }

    Engine &engine() const { return *m_engine; }

    /** Calls \a function. What it throws goes on into the JavaScript that called into C++, if there is any,
        and else to Hooks::uncaught; null then, and always after close(). */
    JSValueRef call(JSObjectRef function, JSObjectRef self, std::span<const JSValueRef> arguments);

    JSValueRef call(
        JSObjectRef function, JSObjectRef self, std::initializer_list<JSValueRef> arguments)
    {
        return call(function, self, std::span(arguments.begin(), arguments.size()));
    }

    /// As call(), but whatever it throws goes to Hooks::uncaught: for ticks, timers and other top levels.
    JSValueRef callTop(
        JSObjectRef function, JSObjectRef self, std::initializer_list<JSValueRef> arguments);

    /// Runs \a run as if nothing of JavaScript were on the stack: what is thrown in it goes to Hooks::uncaught.
    void atTopLevel(const std::function<void()> &run);

    /// Calls the function \a name that JavaScript gave to expose(). Null: it did not, or as call().
    JSValueRef callExposed(const char *name, std::span<const JSValueRef> arguments);

    JSValueRef callExposed(const char *name, std::initializer_list<JSValueRef> arguments)
    {
        return callExposed(name, std::span(arguments.begin(), arguments.size()));
    }

    void expose(const QByteArray &name, JSObjectRef function);

    /// Compiles \a source, the body of a function of \a parameters, and returns that function; null and
    /// \a exception if it is no JavaScript. \a file is what stacks show.
    JSObjectRef compile(const QByteArray &source, const QString &file, const char *parameters,
        JSValueRef *exception);

    /// The JavaScript error of \a error: class, name and code as Node's, and \a extra properties.
    JSValueRef errorValue(const http::Error &error);

    /// Something of this kind was thrown in C++, below the native function that runs.
    void setPending(JSValueRef exception);

    void addNatives(const NativeModule &module);

    JSObjectRef natives() const { return m_natives.object(); }

    void close(); ///< From now on nothing is called any more.

    bool isClosed() const { return m_closed; }

    void afterTicks();

private:
    friend class Call;

    JSValueRef enter(JSObjectRef function, JSObjectRef self, std::span<const JSValueRef> arguments,
        JSValueRef *exception);

    std::shared_ptr<Engine> m_engine;
    void *m_owner;
    Hooks m_hooks;
    JSGlobalContextRef m_context;
    Persistent m_natives;
    Persistent m_pending; ///< Thrown below the native function that runs.
    QHash<QByteArray, JSObjectRef>
        m_exposed; ///< Protected by their owner, JavaScript's module of them.
    int m_nativeDepth = 0; ///< Native functions on the stack above the last top level.
    bool m_closed = false;
};

} // namespace headrace::script

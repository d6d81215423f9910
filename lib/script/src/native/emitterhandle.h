#pragma once

#include "engine/call.h"

#include <QMetaObject>
#include <QObject>

#include <initializer_list>
#include <utility>
#include <vector>

namespace headrace::script {

/// The documented events, as both sides name them to each other. Their names are those of eventNames().
enum class Event
{
    Abort,
    Aborted,
    CheckContinue,
    CheckExpectation,
    ClientError,
    Close,
    Connect,
    Connection,
    Continue,
    Data,
    Drain,
    End,
    Error,
    Finish,
    Free,
    Information,
    Listening,
    Pause,
    Prefinish,
    Readable,
    Request,
    Response,
    Resume,
    Socket,
    Timeout,
    Upgrade,
};

/// In the order of Event.
std::span<const char *const> eventNames();

/** A C++ object with signals as JavaScript has it. A signal is connected while JavaScript listens to its event,
    so that having a listener means the same on both sides. While any is, the JavaScript object stays. */
class EmitterHandle : public Handle
{
public:
    ~EmitterHandle() override;

    /// Null: \a value is no object of any subclass.
    static EmitterHandle *from(JSContextRef context, JSValueRef value)
    {
        return dynamic_cast<EmitterHandle *>(any(context, value));
    }

    /// The JavaScript object that emits for this one; it owns this handle, and is not kept by it.
    void setTarget(Context &context, JSObjectRef target);

    /// Null: there is none yet.
    JSObjectRef target() const { return m_target; }

    void listen(Event event, bool listens);

protected:
    using Handle::Handle;

    /// Nothing: this object has no such event.
    virtual QMetaObject::Connection connectTo(Event event) = 0;

    Context &context() const { return *m_context; }

    JSContextRef ref() const { return m_context->ref(); }

    void emitEvent(Event event, std::initializer_list<JSValueRef> arguments = {});

    void forgetListeners(); ///< The C++ object is gone, or will emit nothing more.

private:
    Context *m_context = nullptr;
    JSObjectRef m_target = nullptr;
    Persistent m_kept; ///< The target, while a signal is connected.
    std::vector<std::pair<Event, QMetaObject::Connection>> m_connections;
};

/// listen(handle, event, listens), and the names of the events
extern const NativeModule emitterNatives;

} // namespace headrace::script

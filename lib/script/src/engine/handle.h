#pragma once

#include "jsc.h"

#include <memory>

namespace headrace::script {

/** What a JavaScript object stands for in C++. It goes away some time after that object: the collector's
    finalizers must not touch the engine, so it is deleted when the ticks have run.
    Thread: the engine's. */
class Handle
{
public:
    /// Distinguishes the subclasses: each has one of its own.
    struct Kind
    {
        const char *name;
    };

    explicit Handle(const Kind &kind)
        : m_kind(&kind)
    {
    }

    virtual ~Handle();

    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;

    /// The JavaScript object of \a handle, which owns it.
    static JSObjectRef wrap(JSContextRef context, std::unique_ptr<Handle> handle);

    /// Null: \a value is no object of a T.
    template <typename T>
    static T *from(JSContextRef context, JSValueRef value)
    {
        Handle *handle = any(context, value);
        return handle && handle->m_kind == &T::HandleKind ? static_cast<T *>(handle) : nullptr;
    }

    static void deleteCollected();

protected:
    static Handle *any(JSContextRef context, JSValueRef value);

private:
    const Kind *m_kind;
};

} // namespace headrace::script

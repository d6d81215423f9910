#pragma once

#include "context.h"
#include "handle.h"

namespace headrace::script {

/** A call of a native function from JavaScript: its arguments, and how to answer.
    A native function is `JSValueRef run(Call &call)`. */
class Call
{
public:
    Call(JSContextRef context, std::size_t count, const JSValueRef *arguments,
        JSValueRef *exception);
    ~Call(); ///< Throws what is pending.
    Q_DISABLE_COPY_MOVE(Call)

    JSContextRef ref() const { return m_ref; }

    Context &context() const { return m_context; }

    qsizetype count() const { return qsizetype(m_arguments.size()); }

    JSValueRef value(qsizetype index) const; ///< undefined: not given
    bool isNullish(qsizetype index) const; ///< undefined or null
    bool isString(qsizetype index) const;
    bool boolean(qsizetype index) const;
    double number(qsizetype index) const; ///< NaN: no number
    int integer(qsizetype index) const; ///< 0: no number; clamped to the range of int
    QString text(qsizetype index) const;
    QByteArray latin1(qsizetype index) const;
    QByteArray utf8(qsizetype index) const;
    QByteArray octets(
        qsizetype index) const; ///< Of a typed array; of anything else, its text in UTF-8.
    std::span<char> memory(qsizetype index) const; ///< Of a typed array; null pointer: none.
    JSObjectRef object(qsizetype index) const; ///< Null: no object.
    JSObjectRef function(qsizetype index) const; ///< Null: no function.

    template <typename T>
    T *handle(qsizetype index) const
    {
        return Handle::from<T>(m_ref, value(index));
    }

    JSValueRef undefined() const { return JSValueMakeUndefined(m_ref); }

    JSValueRef null() const { return JSValueMakeNull(m_ref); }

    JSValueRef answer(bool value) const { return JSValueMakeBoolean(m_ref, value); }

    JSValueRef answer(double value) const { return JSValueMakeNumber(m_ref, value); }

    JSValueRef answer(int value) const { return JSValueMakeNumber(m_ref, value); }

    JSValueRef answer(qint64 value) const { return JSValueMakeNumber(m_ref, double(value)); }

    /// Throws \a error in JavaScript; undefined.
    JSValueRef fail(const http::Error &error) const;
    JSValueRef failWith(JSValueRef exception) const;

    /// fail() if it is one; else undefined.
    JSValueRef done(const http::Error &error) const { return error ? fail(error) : undefined(); }

private:
    JSContextRef m_ref;
    Context &m_context;
    std::span<const JSValueRef> m_arguments;
    JSValueRef *m_exception;
};

/// A native function as the engine wants it.
template <JSValueRef (*run)(Call &)>
JSValueRef nativeFunction(JSContextRef context, JSObjectRef, JSObjectRef, std::size_t count,
    const JSValueRef arguments[], JSValueRef *exception)
{
    Call call(context, count, arguments, exception);
    return run(call);
}

/// The native functions of one module: `native.NAME.FUNCTION` in the built-in JavaScript modules.
struct NativeModule
{
    struct Function
    {
        const char *name;
        JSObjectCallAsFunctionCallback run;
    };

    const char *name;
    std::span<const Function> functions;
};

} // namespace headrace::script

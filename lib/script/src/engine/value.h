#pragma once

#include "jsc.h"

#include <QByteArray>
#include <QString>
#include <QVarLengthArray>

#include <span>
#include <utility>

namespace headrace::script {

/// A JavaScript string that lives as long as this: property names, mostly.
class Name
{
public:
    explicit Name(const char *ascii)
        : m_string(JSStringCreateWithUTF8CString(ascii))
    {
    }

    ~Name() { JSStringRelease(m_string); }

    Q_DISABLE_COPY_MOVE(Name)

    operator JSStringRef() const { return m_string; }

private:
    JSStringRef m_string;
};

/** A value that the garbage collector must not take while this lives. Not to be destroyed inside a finalizer
    (see Handle). Empty once its context is gone. Thread: the engine's. */
class Persistent
{
public:
    Persistent() = default;
    Persistent(JSContextRef context, JSValueRef value);

    ~Persistent() { reset(); }

    Persistent(Persistent &&other) noexcept { take(other); }

    Persistent &operator=(Persistent &&other) noexcept
    {
        if (this != &other) {
            reset();
            take(other);
        }
        return *this;
    }

    Q_DISABLE_COPY(Persistent)

    void reset();

    /// Empties all of a context that goes away.
    static void dropAll(JSGlobalContextRef context);

    explicit operator bool() const { return m_value; }

    JSValueRef value() const { return m_value; }

    JSObjectRef object() const { return const_cast<JSObjectRef>(m_value); }

private:
    void link();
    void unlink();
    void take(Persistent &other);

    JSGlobalContextRef m_context = nullptr;
    JSValueRef m_value = nullptr;
    Persistent *m_before = nullptr; ///< In the thread's list of those that hold something.
    Persistent *m_after = nullptr;
};

/** Values on their way into a call or an array. The collector looks for values on the stack, not on the heap, so a
    std::vector of them may lose what it holds. Lives on the stack. */
class ValueList
{
public:
    explicit ValueList(JSContextRef context)
        : m_context(context)
    {
    }

    ~ValueList()
    {
        if (m_values.size() > OnStack) {
            for (const JSValueRef value : m_values)
                JSValueUnprotect(m_context, value);
        }
    }

    Q_DISABLE_COPY_MOVE(ValueList)

    void push_back(JSValueRef value)
    {
        if (m_values.size() >= OnStack)
            JSValueProtect(m_context, value);
        if (m_values.size() == OnStack) { // all move to the heap
            for (qsizetype i = 0; i < OnStack; ++i)
                JSValueProtect(m_context, m_values[i]);
        }
        m_values.append(value);
    }

    std::span<const JSValueRef> values() const
    {
        return { m_values.constData(), size_t(m_values.size()) };
    }

private:
    static constexpr qsizetype OnStack = 64;

    JSContextRef m_context;
    QVarLengthArray<JSValueRef, OnStack> m_values;
};

// C++ to JavaScript. A string of Latin-1 octets becomes one character per octet.
JSValueRef latin1Value(JSContextRef context, QByteArrayView octets);
JSValueRef utf8Value(JSContextRef context, QByteArrayView octets);
JSValueRef textValue(JSContextRef context, QStringView text);

/// A Uint8Array on the memory of \a octets, without a copy.
JSObjectRef octetsValue(JSContextRef context, const QByteArray &octets);
JSObjectRef arrayValue(JSContextRef context, std::span<const JSValueRef> items);

inline JSObjectRef arrayValue(JSContextRef context, const ValueList &items)
{
    return arrayValue(context, items.values());
}

// JavaScript to C++. What cannot be converted gives an empty value.
QString toText(JSContextRef context, JSValueRef value);
QByteArray toLatin1(
    JSContextRef context, JSValueRef value); ///< Octets above 0xFF: their lower half.
QByteArray toUtf8(JSContextRef context, JSValueRef value);

/// The memory of a typed array, a DataView or an ArrayBuffer; null pointer: \a value is none of these.
std::span<char> memoryOf(JSContextRef context, JSValueRef value);

/// A copy of that memory; of anything else the text in UTF-8.
QByteArray toOctets(JSContextRef context, JSValueRef value);

JSValueRef propertyOf(
    JSContextRef context, JSValueRef object, JSStringRef name); ///< undefined: none
void setProperty(JSContextRef context, JSObjectRef object, const char *name, JSValueRef value);

} // namespace headrace::script

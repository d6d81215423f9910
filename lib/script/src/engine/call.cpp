#include "call.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headrace::script {

Call::Call(
    JSContextRef context, std::size_t count, const JSValueRef *arguments, JSValueRef *exception)
    : m_ref(context)
    , m_context(*Context::of(context))
    , m_arguments(arguments, count)
    , m_exception(exception)
{
    ++m_context.m_nativeDepth;
}

Call::~Call()
{
    --m_context.m_nativeDepth;
    if (m_context.m_pending) {
        const Persistent pending = std::move(m_context.m_pending);
        *m_exception = pending.value(); // what was made of it in C++ says less
    }
}

JSValueRef Call::value(qsizetype index) const
{
    return index < count() ? m_arguments[size_t(index)] : undefined();
}

bool Call::isNullish(qsizetype index) const
{
    const JSType type = JSValueGetType(m_ref, value(index));
    return type == kJSTypeUndefined || type == kJSTypeNull;
}

bool Call::isString(qsizetype index) const { return JSValueIsString(m_ref, value(index)); }

bool Call::boolean(qsizetype index) const { return JSValueToBoolean(m_ref, value(index)); }

double Call::number(qsizetype index) const
{
    const JSValueRef given = value(index);
    return JSValueIsNumber(m_ref, given) ? JSValueToNumber(m_ref, given, nullptr)
                                         : std::numeric_limits<double>::quiet_NaN();
}

int Call::integer(qsizetype index) const
{
    const double given = number(index);
    if (std::isnan(given))
        return 0;
    return int(std::clamp(
        given, double(std::numeric_limits<int>::min()), double(std::numeric_limits<int>::max())));
}

QString Call::text(qsizetype index) const { return toText(m_ref, value(index)); }

QByteArray Call::latin1(qsizetype index) const { return toLatin1(m_ref, value(index)); }

QByteArray Call::utf8(qsizetype index) const { return toUtf8(m_ref, value(index)); }

QByteArray Call::octets(qsizetype index) const { return toOctets(m_ref, value(index)); }

std::span<char> Call::memory(qsizetype index) const { return memoryOf(m_ref, value(index)); }

JSObjectRef Call::object(qsizetype index) const
{
    const JSValueRef given = value(index);
    return JSValueIsObject(m_ref, given) ? const_cast<JSObjectRef>(given) : nullptr;
}

JSObjectRef Call::function(qsizetype index) const
{
    const JSObjectRef given = object(index);
    return given && JSObjectIsFunction(m_ref, given) ? given : nullptr;
}

JSValueRef Call::fail(const http::Error &error) const
{
    return failWith(m_context.errorValue(error));
}

JSValueRef Call::failWith(JSValueRef exception) const
{
    *m_exception = exception;
    return undefined();
}

} // namespace headrace::script

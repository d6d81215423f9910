#include "value.h"

#include "native/textcodec.h"

#include <QVarLengthArray>

#include <algorithm>
#include <cstring>

namespace headrace::script {

namespace {

constexpr qsizetype ShortLength = 512; ///< Strings up to this length are converted on the stack.

/// ASCII without NUL: the engine makes a string of one octet per character of it.
bool isPlain(QByteArrayView octets)
{
    return std::ranges::all_of(octets, [](char c) { return static_cast<signed char>(c) > 0; });
}

JSValueRef valueOf(JSContextRef context, JSStringRef string)
{
    const JSValueRef value = JSValueMakeString(context, string);
    JSStringRelease(string);
    return value;
}

JSStringRef plainString(QByteArrayView octets)
{
    QVarLengthArray<char, ShortLength> terminated(octets.size() + 1);
    std::memcpy(terminated.data(), octets.data(), size_t(octets.size()));
    terminated[octets.size()] = '\0';
    return JSStringCreateWithUTF8CString(terminated.data());
}

} // namespace

namespace {

thread_local Persistent *firstPersistent = nullptr;

} // namespace

Persistent::Persistent(JSContextRef context, JSValueRef value)
    : m_context(JSContextGetGlobalContext(context))
    , m_value(value)
{
    if (!value)
        return;
    JSValueProtect(m_context, value);
    link();
}

void Persistent::reset()
{
    if (!m_value)
        return;
    unlink();
    JSValueUnprotect(m_context, std::exchange(m_value, nullptr));
}

void Persistent::dropAll(JSGlobalContextRef context)
{
    for (Persistent *at = firstPersistent; at;) {
        Persistent *after = at->m_after;
        if (at->m_context == context)
            at->reset();
        at = after;
    }
}

void Persistent::link()
{
    m_before = nullptr;
    m_after = firstPersistent;
    if (m_after)
        m_after->m_before = this;
    firstPersistent = this;
}

void Persistent::unlink()
{
    (m_before ? m_before->m_after : firstPersistent) = m_after;
    if (m_after)
        m_after->m_before = m_before;
}

void Persistent::take(Persistent &other)
{
    m_context = other.m_context;
    m_value = other.m_value;
    if (!m_value)
        return;
    other.unlink();
    other.m_value = nullptr;
    link();
}

JSValueRef latin1Value(JSContextRef context, QByteArrayView octets)
{
    if (isPlain(octets))
        return valueOf(context, plainString(octets));
    QVarLengthArray<JSChar, ShortLength> characters(octets.size());
    std::ranges::transform(octets, characters.begin(), [](char c) { return JSChar(uchar(c)); });
    return valueOf(
        context, JSStringCreateWithCharacters(characters.data(), size_t(characters.size())));
}

JSValueRef utf8Value(JSContextRef context, QByteArrayView octets)
{
    return isPlain(octets) ? valueOf(context, plainString(octets))
                           : textValue(context, QString::fromUtf8(octets));
}

JSValueRef textValue(JSContextRef context, QStringView text)
{
    static_assert(sizeof(JSChar) == sizeof(char16_t));
    return valueOf(context,
        JSStringCreateWithCharacters(
            reinterpret_cast<const JSChar *>(text.utf16()), size_t(text.size())));
}

JSObjectRef octetsValue(JSContextRef context, const QByteArray &octets)
{
    auto *held = new QByteArray(octets);
    // An empty array must not point into shared memory that is written by nobody.
    return JSObjectMakeTypedArrayWithBytesNoCopy(
        context, kJSTypedArrayTypeUint8Array, held->data(), size_t(held->size()),
        [](void *, void *data) { delete static_cast<QByteArray *>(data); }, held, nullptr);
}

JSObjectRef arrayValue(JSContextRef context, std::span<const JSValueRef> items)
{
    return JSObjectMakeArray(context, items.size(), items.data(), nullptr);
}

QString toText(JSContextRef context, JSValueRef value)
{
    const JSStringRef string = JSValueToStringCopy(context, value, nullptr);
    if (!string)
        return {};
    const QString text(reinterpret_cast<const QChar *>(JSStringGetCharactersPtr(string)),
        qsizetype(JSStringGetLength(string)));
    JSStringRelease(string);
    return text;
}

QByteArray toUtf8(JSContextRef context, JSValueRef value)
{
    const JSStringRef string = JSValueToStringCopy(context, value, nullptr);
    if (!string)
        return {};
    QByteArray octets(qsizetype(JSStringGetMaximumUTF8CStringSize(string)), Qt::Uninitialized);
    const size_t written = JSStringGetUTF8CString(string, octets.data(), size_t(octets.size()));
    if (written == JSStringGetLength(string) + 1) { // as many octets as characters: ASCII
        octets.truncate(qsizetype(written) - 1);
    } else { // not by the engine, which stops at a surrogate that stands alone
        octets = textcodec::encode(textcodec::Encoding::Utf8,
            QStringView(reinterpret_cast<const QChar *>(JSStringGetCharactersPtr(string)),
                qsizetype(JSStringGetLength(string))));
    }
    JSStringRelease(string);
    return octets;
}

QByteArray toLatin1(JSContextRef context, JSValueRef value)
{
    const JSStringRef string = JSValueToStringCopy(context, value, nullptr);
    if (!string)
        return {};
    const size_t length = JSStringGetLength(string);
    QByteArray octets(qsizetype(JSStringGetMaximumUTF8CStringSize(string)), Qt::Uninitialized);
    const size_t written = JSStringGetUTF8CString(string, octets.data(), size_t(octets.size()));
    if (written == length + 1) { // as many octets as characters: ASCII
        octets.truncate(qsizetype(length));
    } else {
        const JSChar *characters = JSStringGetCharactersPtr(string);
        octets.resize(qsizetype(length));
        std::transform(
            characters, characters + length, octets.begin(), [](JSChar c) { return char(c); });
    }
    JSStringRelease(string);
    return octets;
}

std::span<char> memoryOf(JSContextRef context, JSValueRef value)
{
    if (!value || !JSValueIsObject(context, value))
        return {};
    const JSObjectRef object = const_cast<JSObjectRef>(value);
    static char none = '\0';
    const JSTypedArrayType type = JSValueGetTypedArrayType(context, value, nullptr);
    if (type == kJSTypedArrayTypeNone)
        return {};
    char *base = nullptr;
    size_t length = 0;
    if (type == kJSTypedArrayTypeArrayBuffer) {
        base = static_cast<char *>(JSObjectGetArrayBufferBytesPtr(context, object, nullptr));
        length = JSObjectGetArrayBufferByteLength(context, object, nullptr);
    } else {
        base = static_cast<char *>(JSObjectGetTypedArrayBytesPtr(context, object, nullptr));
        length = JSObjectGetTypedArrayByteLength(context, object, nullptr);
        if (base)
            base += JSObjectGetTypedArrayByteOffset(context, object, nullptr);
    }
    return base ? std::span(base, length) : std::span(&none, 0);
}

QByteArray toOctets(JSContextRef context, JSValueRef value)
{
    const std::span<char> memory = memoryOf(context, value);
    return memory.data() ? QByteArray(memory.data(), qsizetype(memory.size()))
                         : toUtf8(context, value);
}

JSValueRef propertyOf(JSContextRef context, JSValueRef object, JSStringRef name)
{
    if (!object || !JSValueIsObject(context, object))
        return JSValueMakeUndefined(context);
    const JSValueRef value
        = JSObjectGetProperty(context, const_cast<JSObjectRef>(object), name, nullptr);
    return value ? value : JSValueMakeUndefined(context);
}

void setProperty(JSContextRef context, JSObjectRef object, const char *name, JSValueRef value)
{
    const Name key(name);
    JSObjectSetProperty(context, object, key, value, kJSPropertyAttributeNone, nullptr);
}

} // namespace headrace::script

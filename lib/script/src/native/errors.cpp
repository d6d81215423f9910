#include "native/errors.h"

namespace headrace::script {

http::Error errorFrom(JSContextRef context, JSValueRef value)
{
    if (!value || JSValueIsUndefined(context, value) || JSValueIsNull(context, value))
        return {};
    static const Name messageName("message");
    http::Error error;
    error.code = http::ErrorCode::Foreign;
    error.message = toText(
        context, JSValueIsObject(context, value) ? propertyOf(context, value, messageName) : value);
    error.cause = std::make_shared<const Persistent>(context, value);
    return error;
}

JSValueRef errorValue(Context &context, const http::Error &error)
{
    if (!error)
        return JSValueMakeNull(context.ref());
    if (error.code == http::ErrorCode::Foreign && error.cause)
        return static_cast<const Persistent *>(error.cause.get())->value();
    return context.errorValue(error);
}

QByteArray toWireText(JSContextRef context, JSValueRef value)
{
    const JSStringRef string = JSValueToStringCopy(context, value, nullptr);
    if (!string)
        return {};
    const size_t length = JSStringGetLength(string);
    const JSChar *characters = JSStringGetCharactersPtr(string);
    QByteArray octets(qsizetype(length), Qt::Uninitialized);
    std::transform(characters, characters + length, octets.begin(),
        [](JSChar c) { return c > 0xFF ? '\0' : char(c); });
    JSStringRelease(string);
    return octets;
}

} // namespace headrace::script

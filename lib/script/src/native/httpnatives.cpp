#include "native/errors.h"
#include "native/natives.h"

#include <http/http.h>

namespace headrace::script {

namespace {

/// names(): [[method…], [status code, phrase…]]
JSValueRef names(Call &call)
{
    const JSContextRef context = call.ref();
    ValueList methods(context);
    for (const auto &method : http::methods())
        methods.push_back(latin1Value(context, method));
    ValueList phrases(context);
    for (const auto &[code, phrase] : http::statusCodes()) {
        phrases.push_back(JSValueMakeNumber(context, code));
        phrases.push_back(latin1Value(context, phrase));
    }
    const std::array<JSValueRef, 2> both { arrayValue(context, methods),
        arrayValue(context, phrases) };
    return arrayValue(context, both);
}

JSValueRef maxHeaderSize(Call &call) { return call.answer(qint64(http::maxHeaderSize)); }

/// validateHeaderName(name)
JSValueRef validateHeaderName(Call &call)
{
    return call.done(http::validateHeaderName(toWireText(call.ref(), call.value(0))));
}

/// validateHeaderValue(name, value)
JSValueRef validateHeaderValue(Call &call)
{
    return call.done(http::validateHeaderValue(
        toWireText(call.ref(), call.value(0)), toWireText(call.ref(), call.value(1))));
}

constexpr NativeModule::Function functions[] = {
    { "names", nativeFunction<names> },
    { "maxHeaderSize", nativeFunction<maxHeaderSize> },
    { "validateHeaderName", nativeFunction<validateHeaderName> },
    { "validateHeaderValue", nativeFunction<validateHeaderValue> },
};

} // namespace

const NativeModule httpNatives { "http", functions };

} // namespace headrace::script

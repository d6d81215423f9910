#include "native/clientnatives.h"

#include "native/errors.h"
#include "native/incominghandle.h"
#include "native/options.h"
#include "native/outgoinghandle.h"
#include "native/sockets.h"
#include "program/program.h"

#include <http/cancellationtoken.h>
#include <http/http.h>
#include <http/ticks.h>

namespace headrace::script {

JSValueRef clientResponse(
    Program &program, OutgoingHandle &request, http::IncomingMessage *response)
{
    Context &context = *program.context;
    const JSContextRef ref = context.ref();
    auto handle = std::make_unique<IncomingHandle>(program, response);
    IncomingHandle *made = handle.get();
    const JSValueRef target = context.callExposed("makeResponse",
        { Handle::wrap(ref, std::move(handle)), request.target(),
            JSValueMakeNumber(ref, response->httpVersionMajor()),
            JSValueMakeNumber(ref, response->httpVersionMinor()),
            JSValueMakeNumber(ref, response->statusCode()),
            latin1Value(ref, response->statusMessage()) });
    if (!target)
        return JSValueMakeNull(ref);
    made->setTarget(context, const_cast<JSObjectRef>(target));
    return target;
}

JSValueRef informationValue(JSContextRef ref, const http::Information &information)
{
    ValueList raw(ref);
    for (const QByteArray &item : information.rawHeaders)
        raw.push_back(latin1Value(ref, item));
    ValueList parsed(ref);
    for (const http::Headers::Entry &entry : information.headers.entries()) {
        ValueList values(ref);
        for (const QByteArray &value : entry.values)
            values.push_back(latin1Value(ref, value));
        parsed.push_back(latin1Value(ref, entry.name));
        parsed.push_back(
            entry.name == "set-cookie" ? arrayValue(ref, values) : values.values().front());
    }
    const JSValueRef made = Context::of(ref)->callExposed("makeInformation",
        { JSValueMakeNumber(ref, information.statusCode),
            latin1Value(ref, information.statusMessage), latin1Value(ref, information.httpVersion),
            JSValueMakeNumber(ref, information.httpVersionMajor),
            JSValueMakeNumber(ref, information.httpVersionMinor), arrayValue(ref, parsed),
            arrayValue(ref, raw) });
    return made ? made : JSValueMakeUndefined(ref);
}

namespace {

http::ClientRequest *requestOf(const Call &call)
{
    const auto *handle = call.handle<OutgoingHandle>(0);
    return handle ? handle->request() : nullptr;
}

/// request(target, options): the handle. Throws what lib/http refuses.
JSValueRef request(Call &call)
{
    Program &program = Program::of(call);
    const http::RequestOptions options = requestOptionsFrom(program, call.value(1));
    http::Error error;
    const Program::Making making(program, call.object(0));
    http::ClientRequest *made = http::request(options, &error);
    if (!made)
        return call.failWith(errorValue(call.context(), error));
    auto handle = std::make_unique<OutgoingHandle>(program, made);
    handle->setTarget(call.context(), call.object(0));
    program.setTarget(made, call.object(0));
    return Handle::wrap(call.ref(), std::move(handle));
}

/// response(handle): the response that nobody was told of, or null
JSValueRef response(Call &call)
{
    auto *handle = call.handle<OutgoingHandle>(0);
    http::ClientRequest *made = requestOf(call);
    return made && made->res() ? clientResponse(Program::of(call), *handle, made->res())
                               : call.null();
}

/// abort(handle, isListened): 'abort' is told also when everything is over.
JSValueRef abort(Call &call)
{
    auto *handle = call.handle<OutgoingHandle>(0);
    http::ClientRequest *made = requestOf(call);
    if (!made)
        return call.undefined();
    const bool listensAgain = handle->isReleased() && call.boolean(1) && !made->isAborted();
    if (listensAgain)
        handle->listen(Event::Abort, true);
    made->abort();
    if (listensAgain)
        http::nextTick(made, [handle] { handle->listen(Event::Abort, false); });
    return call.undefined();
}

JSValueRef setNoDelay(Call &call)
{
    if (http::ClientRequest *made = requestOf(call))
        made->setNoDelay(call.boolean(1));
    return call.undefined();
}

JSValueRef setSocketKeepAlive(Call &call)
{
    if (http::ClientRequest *made = requestOf(call)) {
        made->setSocketKeepAlive(
            call.boolean(1), std::chrono::milliseconds(qint64(call.number(2))));
    }
    return call.undefined();
}

JSValueRef setMaxHeadersCount(Call &call)
{
    if (http::ClientRequest *made = requestOf(call))
        made->setMaxHeadersCount(call.integer(1));
    return call.undefined();
}

JSValueRef setMethod(Call &call)
{
    http::ClientRequest *made = requestOf(call);
    return made ? call.done(made->setMethod(toWireText(call.ref(), call.value(1))))
                : call.undefined();
}

JSValueRef setPath(Call &call)
{
    http::ClientRequest *made = requestOf(call);
    return made ? call.done(made->setPath(toWireText(call.ref(), call.value(1))))
                : call.undefined();
}

JSValueRef setReusedSocket(Call &call)
{
    if (http::ClientRequest *made = requestOf(call))
        made->setReusedSocket(call.boolean(1));
    return call.undefined();
}

JSValueRef reusedSocket(Call &call)
{
    const http::ClientRequest *made = requestOf(call);
    return call.answer(made && made->reusedSocket());
}

JSValueRef isAborted(Call &call)
{
    const http::ClientRequest *made = requestOf(call);
    return call.answer(made && made->isAborted());
}

constexpr NativeModule::Function functions[] = {
    { "request", nativeFunction<request> },
    { "response", nativeFunction<response> },
    { "abort", nativeFunction<abort> },
    { "setNoDelay", nativeFunction<setNoDelay> },
    { "setSocketKeepAlive", nativeFunction<setSocketKeepAlive> },
    { "setMaxHeadersCount", nativeFunction<setMaxHeadersCount> },
    { "setMethod", nativeFunction<setMethod> },
    { "setPath", nativeFunction<setPath> },
    { "setReusedSocket", nativeFunction<setReusedSocket> },
    { "reusedSocket", nativeFunction<reusedSocket> },
    { "isAborted", nativeFunction<isAborted> },
};

} // namespace

const NativeModule clientNatives { "client", functions };

} // namespace headrace::script

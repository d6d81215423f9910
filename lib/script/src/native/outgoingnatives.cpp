#include "native/errors.h"
#include "native/outgoinghandle.h"
#include "native/sockets.h"
#include "program/program.h"

#include <cmath>

namespace headrace::script {

namespace {

http::HeaderValue headerValueFrom(JSContextRef context, JSValueRef value)
{
    if (JSValueIsNumber(context, value)) {
        const double number = JSValueToNumber(context, value, nullptr);
        if (std::trunc(number) == number && std::abs(number) < 9e15)
            return qint64(number);
    }
    if (JSValueIsArray(context, value)) {
        const JSObjectRef list = const_cast<JSObjectRef>(value);
        static const Name lengthName("length");
        const auto length
            = unsigned(JSValueToNumber(context, propertyOf(context, list, lengthName), nullptr));
        QList<QByteArray> items;
        for (unsigned i = 0; i < length; ++i)
            items += toWireText(context, JSObjectGetPropertyAtIndex(context, list, i, nullptr));
        return items;
    }
    return toWireText(context, value);
}

JSValueRef headerValueIn(JSContextRef context, const http::HeaderValue &value)
{
    if (value.isNumber())
        return JSValueMakeNumber(context, double(value.toNumber()));
    if (!value.isList())
        return latin1Value(context, value.toByteArray());
    ValueList items(context);
    const QList<QByteArray> list = value.toList();
    for (const QByteArray &item : list)
        items.push_back(latin1Value(context, item));
    return arrayValue(context, items);
}

http::OutgoingMessage *messageOf(const Call &call)
{
    const auto *handle = call.handle<OutgoingHandle>(0);
    return handle ? handle->message() : nullptr;
}

JSValueRef latin1List(JSContextRef context, const QList<QByteArray> &list)
{
    ValueList items(context);
    for (const QByteArray &item : list)
        items.push_back(latin1Value(context, item));
    return arrayValue(context, items);
}

/// What goes out: octets of a typed array, or text in UTF-8, or in Latin-1 if the argument after it says so.
QByteArray bodyOf(const Call &call, qsizetype index)
{
    if (call.isNullish(index))
        return {};
    if (call.isString(index)) {
        const QByteArray octets = call.boolean(index + 1) ? call.latin1(index) : call.utf8(index);
        return octets.isNull() ? QByteArray("") : octets;
    }
    return call.octets(index);
}

http::OutgoingMessage::Callback callbackFrom(const Call &call, qsizetype index)
{
    const JSObjectRef function = call.function(index);
    if (!function)
        return {};
    return [&context = call.context(), kept = std::make_shared<Persistent>(call.ref(), function)](
               const http::Error &error) {
        if (error)
            context.call(kept->object(), nullptr, { errorValue(context, error) });
        else
            context.call(kept->object(), nullptr, {});
    };
}

/// setHeader(handle, name, value)
JSValueRef setHeader(Call &call)
{
    http::OutgoingMessage *message = messageOf(call);
    return message ? call.done(message->setHeader(
               toWireText(call.ref(), call.value(1)), headerValueFrom(call.ref(), call.value(2))))
                   : call.undefined();
}

JSValueRef getHeader(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    const std::optional<http::HeaderValue> value
        = message ? message->getHeader(call.latin1(1)) : std::nullopt;
    return value ? headerValueIn(call.ref(), *value) : call.undefined();
}

JSValueRef hasHeader(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    return call.answer(message && message->hasHeader(call.latin1(1)));
}

JSValueRef removeHeader(Call &call)
{
    http::OutgoingMessage *message = messageOf(call);
    return message ? call.done(message->removeHeader(call.latin1(1))) : call.undefined();
}

JSValueRef headerNames(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    return latin1List(call.ref(), message ? message->getHeaderNames() : QList<QByteArray>());
}

JSValueRef rawHeaderNames(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    return latin1List(call.ref(), message ? message->getRawHeaderNames() : QList<QByteArray>());
}

/// headers(handle): [name, value, name, value…]
JSValueRef headers(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    ValueList items(call.ref());
    const http::HeaderList list = message ? message->getHeaders() : http::HeaderList();
    for (const auto &[name, value] : list) {
        items.push_back(latin1Value(call.ref(), name));
        items.push_back(headerValueIn(call.ref(), value));
    }
    return arrayValue(call.ref(), items);
}

/// addTrailers(handle, [name, value…])
JSValueRef addTrailers(Call &call)
{
    http::OutgoingMessage *message = messageOf(call);
    return message ? call.done(message->addTrailers(headersFrom(call.ref(), call.value(1))))
                   : call.undefined();
}

/// write(handle, chunk, isLatin1, callback): true: below the high-water mark.
JSValueRef write(Call &call)
{
    http::OutgoingMessage *message = messageOf(call);
    if (!message)
        return call.answer(false);
    http::Error thrown;
    const bool goOn = message->write(bodyOf(call, 1), callbackFrom(call, 3), &thrown);
    return thrown ? call.failWith(errorValue(call.context(), thrown)) : call.answer(goOn);
}

/// end(handle, chunk, isLatin1, callback)
JSValueRef end(Call &call)
{
    http::OutgoingMessage *message = messageOf(call);
    if (!message)
        return call.undefined();
    http::Error thrown;
    message->end(bodyOf(call, 1), callbackFrom(call, 3), &thrown);
    return thrown ? call.failWith(errorValue(call.context(), thrown)) : call.undefined();
}

JSValueRef flushHeaders(Call &call)
{
    http::Error thrown;
    if (http::OutgoingMessage *message = messageOf(call))
        message->flushHeaders(&thrown);
    return thrown ? call.failWith(errorValue(call.context(), thrown)) : call.undefined();
}

JSValueRef cork(Call &call)
{
    if (http::OutgoingMessage *message = messageOf(call))
        message->cork();
    return call.undefined();
}

JSValueRef uncork(Call &call)
{
    if (http::OutgoingMessage *message = messageOf(call))
        message->uncork();
    return call.undefined();
}

/// destroy(handle, error)
JSValueRef destroy(Call &call)
{
    if (http::OutgoingMessage *message = messageOf(call))
        message->destroy(errorFrom(call.ref(), call.value(1)));
    return call.undefined();
}

/// setTimeout(handle, milliseconds)
JSValueRef setTimeout(Call &call)
{
    if (http::OutgoingMessage *message = messageOf(call))
        message->setTimeout(std::chrono::milliseconds(qint64(call.number(1))));
    return call.undefined();
}

JSValueRef socket(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    return message ? Program::of(call).sockets().value(message->socket()) : call.null();
}

/// head(handle): as it was rendered, or null
JSValueRef head(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    return message && message->headersSent() ? latin1Value(call.ref(), message->head())
                                             : call.null();
}

JSValueRef setSendDate(Call &call)
{
    if (http::OutgoingMessage *message = messageOf(call))
        message->setSendDate(call.boolean(1));
    return call.undefined();
}

JSValueRef setShouldKeepAlive(Call &call)
{
    if (http::OutgoingMessage *message = messageOf(call))
        message->setShouldKeepAlive(call.boolean(1));
    return call.undefined();
}

template <auto member>
JSValueRef flag(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    return call.answer(message && (message->*member)());
}

template <auto member>
JSValueRef count(Call &call)
{
    const http::OutgoingMessage *message = messageOf(call);
    return call.answer(message ? qint64((message->*member)()) : 0);
}

using http::OutgoingMessage;

constexpr NativeModule::Function functions[] = {
    { "setHeader", nativeFunction<setHeader> },
    { "getHeader", nativeFunction<getHeader> },
    { "hasHeader", nativeFunction<hasHeader> },
    { "removeHeader", nativeFunction<removeHeader> },
    { "headerNames", nativeFunction<headerNames> },
    { "rawHeaderNames", nativeFunction<rawHeaderNames> },
    { "headers", nativeFunction<headers> },
    { "addTrailers", nativeFunction<addTrailers> },
    { "write", nativeFunction<write> },
    { "end", nativeFunction<end> },
    { "flushHeaders", nativeFunction<flushHeaders> },
    { "cork", nativeFunction<cork> },
    { "uncork", nativeFunction<uncork> },
    { "destroy", nativeFunction<destroy> },
    { "setTimeout", nativeFunction<setTimeout> },
    { "socket", nativeFunction<socket> },
    { "head", nativeFunction<head> },
    { "setSendDate", nativeFunction<setSendDate> },
    { "setShouldKeepAlive", nativeFunction<setShouldKeepAlive> },
    { "sendDate", nativeFunction<flag<&OutgoingMessage::sendDate>> },
    { "shouldKeepAlive", nativeFunction<flag<&OutgoingMessage::shouldKeepAlive>> },
    { "headersSent", nativeFunction<flag<&OutgoingMessage::headersSent>> },
    { "isChunked", nativeFunction<flag<&OutgoingMessage::isChunked>> },
    { "isDestroyed", nativeFunction<flag<&OutgoingMessage::isDestroyed>> },
    { "isEnded", nativeFunction<flag<&OutgoingMessage::writableEnded>> },
    { "isFinished", nativeFunction<flag<&OutgoingMessage::writableFinished>> },
    { "needsDrain", nativeFunction<flag<&OutgoingMessage::writableNeedDrain>> },
    { "corked", nativeFunction<count<&OutgoingMessage::writableCorked>> },
    { "length", nativeFunction<count<&OutgoingMessage::writableLength>> },
    { "highWaterMark", nativeFunction<count<&OutgoingMessage::writableHighWaterMark>> },
};

// --- responses

http::ServerResponse *responseOf(const Call &call)
{
    const auto *handle = call.handle<OutgoingHandle>(0);
    return handle ? handle->response() : nullptr;
}

QList<QByteArray> rawFrom(JSContextRef context, JSValueRef list)
{
    return headerValueFrom(context, list).toList();
}

/// writeHead(handle, statusCode, statusMessage or undefined, [name, value…] or undefined, isRaw)
JSValueRef writeHead(Call &call)
{
    http::ServerResponse *response = responseOf(call);
    if (!response)
        return call.undefined();
    const int statusCode = call.integer(1);
    const bool isRaw = call.boolean(4);
    if (call.isNullish(2)) {
        response->setStatusMessage({}); // a message that was refused before is not meant
        return call.done(isRaw
                ? response->writeRawHead(statusCode, rawFrom(call.ref(), call.value(3)))
                : response->writeHead(statusCode, headersFrom(call.ref(), call.value(3))));
    }
    const QByteArray message = toWireText(call.ref(), call.value(2));
    return call.done(isRaw
            ? response->writeRawHead(statusCode, message, rawFrom(call.ref(), call.value(3)))
            : response->writeHead(statusCode, message, headersFrom(call.ref(), call.value(3))));
}

/// setStatus(handle, statusCode, statusMessage or undefined): of the head that is rendered next.
JSValueRef setStatus(Call &call)
{
    if (http::ServerResponse *response = responseOf(call)) {
        response->setStatusCode(call.integer(1));
        if (!call.isNullish(2))
            response->setStatusMessage(toWireText(call.ref(), call.value(2)));
    }
    return call.undefined();
}

JSValueRef writeContinue(Call &call)
{
    if (http::ServerResponse *response = responseOf(call))
        response->writeContinue(callbackFrom(call, 1));
    return call.undefined();
}

JSValueRef writeProcessing(Call &call)
{
    if (http::ServerResponse *response = responseOf(call))
        response->writeProcessing(callbackFrom(call, 1));
    return call.undefined();
}

/// writeInformation(handle, statusCode, [name, value…])
JSValueRef writeInformation(Call &call)
{
    http::ServerResponse *response = responseOf(call);
    return response ? call.done(
               response->writeInformation(call.integer(1), headersFrom(call.ref(), call.value(2))))
                    : call.undefined();
}

/// makeBare(target): an http.OutgoingMessage that is neither a request nor a response.
JSValueRef makeBare(Call &call)
{
    auto *message = new BareMessage;
    auto handle = std::make_unique<OutgoingHandle>(Program::of(call), message);
    handle->setTarget(call.context(), call.object(0));
    message->release();
    return Handle::wrap(call.ref(), std::move(handle));
}

/// assignSocket(handle, stream)
JSValueRef assignSocket(Call &call)
{
    QIODevice *device = Program::of(call).sockets().device(call.value(1));
    if (auto *response = dynamic_cast<ScriptResponse *>(responseOf(call)); response && device)
        response->assignSocket(device);
    return call.undefined();
}

JSValueRef detachSocket(Call &call)
{
    if (auto *response = dynamic_cast<ScriptResponse *>(responseOf(call)))
        response->detachSocket();
    return call.undefined();
}

constexpr NativeModule::Function responseFunctions[] = {
    { "makeBare", nativeFunction<makeBare> },
    { "assignSocket", nativeFunction<assignSocket> },
    { "detachSocket", nativeFunction<detachSocket> },
    { "writeHead", nativeFunction<writeHead> },
    { "setStatus", nativeFunction<setStatus> },
    { "writeContinue", nativeFunction<writeContinue> },
    { "writeProcessing", nativeFunction<writeProcessing> },
    { "writeInformation", nativeFunction<writeInformation> },
};

} // namespace

http::HeaderList headersFrom(JSContextRef context, JSValueRef list)
{
    http::HeaderList headers;
    if (!JSValueIsArray(context, list))
        return headers;
    const JSObjectRef items = const_cast<JSObjectRef>(list);
    static const Name lengthName("length");
    const auto length
        = unsigned(JSValueToNumber(context, propertyOf(context, items, lengthName), nullptr));
    headers.reserve(length / 2);
    for (unsigned i = 0; i + 1 < length; i += 2) {
        headers.append({ toWireText(
                             context, JSObjectGetPropertyAtIndex(context, items, i, nullptr)),
            headerValueFrom(context, JSObjectGetPropertyAtIndex(context, items, i + 1, nullptr)) });
    }
    return headers;
}

const NativeModule outgoingNatives { "outgoing", functions };
const NativeModule responseNatives { "response", responseFunctions };

} // namespace headrace::script

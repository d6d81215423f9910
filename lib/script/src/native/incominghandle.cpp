#include "native/incominghandle.h"

#include "native/errors.h"
#include "native/sockets.h"
#include "program/program.h"

#include <http/ticks.h>

namespace headrace::script {

IncomingHandle::IncomingHandle(Program &program, http::IncomingMessage *message)
    : EmitterHandle(HandleKind)
    , m_program(program)
    , m_message(message)
{
    message->setKeeper(this);
}

IncomingHandle::~IncomingHandle()
{
    if (!m_message)
        return;
    m_message->setKeeper(nullptr);
    if (m_isOurs)
        delete m_message;
}

void IncomingHandle::messageReleased()
{
    m_isOurs = true;
    m_message->setParent(nullptr);
    // What was queued before is still to be heard.
    http::nextTick(m_message, [this] { forgetListeners(); });
}

void IncomingHandle::messageDestroyed()
{
    m_message = nullptr;
    m_isOurs = false;
    forgetListeners();
}

QMetaObject::Connection IncomingHandle::connectTo(Event event)
{
    using http::IncomingMessage;
    if (!m_message)
        return {};
    const auto plain = [&](auto signal) {
        return QObject::connect(m_message, signal, m_message, [this, event] { emitEvent(event); });
    };
    switch (event) {
    case Event::Data:
        if (m_isText)
            return QObject::connect(
                m_message, &IncomingMessage::text, m_message, [this](const QString &piece) {
                    emitEvent(Event::Data, { textValue(ref(), piece) });
                });
        return QObject::connect(
            m_message, &IncomingMessage::data, m_message, [this](const QByteArray &octets) {
                emitEvent(Event::Data, { octetsValue(ref(), octets) });
            });
    case Event::End:
        return plain(&IncomingMessage::ended);
    case Event::Readable:
        return plain(&IncomingMessage::readable);
    case Event::Close:
        return plain(&IncomingMessage::closed);
    case Event::Error:
        return QObject::connect(m_message, &IncomingMessage::errorOccurred, m_message,
            [this](const http::Error &error) {
                emitEvent(Event::Error, { errorValue(context(), error) });
            });
    case Event::Pause:
        return plain(&IncomingMessage::paused);
    case Event::Resume:
        return plain(&IncomingMessage::resumed);
    case Event::Aborted:
        return plain(&IncomingMessage::aborted);
    case Event::Timeout:
        return QObject::connect(m_message, &IncomingMessage::timedOut, m_message, [this] {
            emitEvent(Event::Timeout, { m_program.sockets().value(m_message->socket()) });
        });
    default:
        return {};
    }
}

namespace {

http::IncomingMessage *messageOf(const Call &call)
{
    const auto *handle = call.handle<IncomingHandle>(0);
    return handle ? handle->message() : nullptr;
}

/// read(handle, size): octets, or null; size -1 for all.
JSValueRef read(Call &call)
{
    http::IncomingMessage *message = messageOf(call);
    const QByteArray octets = message ? message->read(call.integer(1)) : QByteArray();
    return octets.isNull() ? call.null() : JSValueRef(octetsValue(call.ref(), octets));
}

JSValueRef unshift(Call &call)
{
    if (http::IncomingMessage *message = messageOf(call))
        message->unshift(call.octets(1));
    return call.undefined();
}

JSValueRef pause(Call &call)
{
    if (http::IncomingMessage *message = messageOf(call))
        message->pause();
    return call.undefined();
}

JSValueRef resume(Call &call)
{
    if (http::IncomingMessage *message = messageOf(call))
        message->resume();
    return call.undefined();
}

/// destroy(handle, error)
JSValueRef destroy(Call &call)
{
    if (http::IncomingMessage *message = messageOf(call))
        message->destroy(errorFrom(call.ref(), call.value(1)));
    return call.undefined();
}

/// setTimeout(handle, milliseconds)
JSValueRef setTimeout(Call &call)
{
    if (http::IncomingMessage *message = messageOf(call))
        message->setTimeout(std::chrono::milliseconds(qint64(call.number(1))));
    return call.undefined();
}

/// setEncoding(handle, name): true if 'data' has text from now on; false: this encoding is JavaScript's to decode.
JSValueRef setEncoding(Call &call)
{
    auto *handle = call.handle<IncomingHandle>(0);
    if (!handle || !handle->message())
        return call.answer(false);
    const QByteArray name = call.latin1(1);
    QStringConverter::Encoding encoding = QStringConverter::Utf8;
    if (name == "latin1")
        encoding = QStringConverter::Latin1;
    else if (name == "utf16le")
        encoding = QStringConverter::Utf16LE;
    else if (name != "utf8")
        return call.answer(false);
    handle->message()->setEncoding(encoding);
    handle->setText(true);
    return call.answer(true);
}

template <auto member>
JSValueRef flag(Call &call)
{
    const http::IncomingMessage *message = messageOf(call);
    return call.answer(message && (message->*member)());
}

/// flowing(handle): true, false or null
JSValueRef flowing(Call &call)
{
    const http::IncomingMessage *message = messageOf(call);
    const std::optional<bool> flowing = message ? message->readableFlowing() : std::nullopt;
    return flowing ? call.answer(*flowing) : call.null();
}

JSValueRef length(Call &call)
{
    const http::IncomingMessage *message = messageOf(call);
    return call.answer(message ? qint64(message->readableLength()) : 0);
}

JSValueRef highWaterMark(Call &call)
{
    const http::IncomingMessage *message = messageOf(call);
    return call.answer(message ? qint64(message->readableHighWaterMark()) : 16384);
}

JSValueRef latin1List(JSContextRef context, const QList<QByteArray> &list)
{
    ValueList items(context);
    for (const QByteArray &item : list)
        items.push_back(latin1Value(context, item));
    return arrayValue(context, items);
}

/// [name, value, name, [value, value]…]: a list for Set-Cookie.
JSValueRef headerList(JSContextRef context, const http::Headers &headers)
{
    ValueList items(context);
    for (const http::Headers::Entry &entry : headers.entries()) {
        items.push_back(latin1Value(context, entry.name));
        items.push_back(entry.name == "set-cookie"
                ? latin1List(context, entry.values)
                : latin1Value(context, entry.values.constFirst()));
    }
    return arrayValue(context, items);
}

template <auto member>
JSValueRef parsed(Call &call)
{
    const http::IncomingMessage *message = messageOf(call);
    return headerList(call.ref(), message ? (message->*member)() : http::Headers());
}

template <auto member>
JSValueRef raw(Call &call)
{
    const http::IncomingMessage *message = messageOf(call);
    return latin1List(call.ref(), message ? (message->*member)() : QList<QByteArray>());
}

JSValueRef socket(Call &call)
{
    const http::IncomingMessage *message = messageOf(call);
    return message ? Program::of(call).sockets().value(message->socket()) : call.null();
}

/// make(target, socket): one of the script's own; it receives nothing.
JSValueRef make(Call &call)
{
    Program &program = Program::of(call);
    auto *message = new http::IncomingMessage(program.sockets().device(call.value(1)));
    auto handle = std::make_unique<IncomingHandle>(program, message);
    handle->setTarget(call.context(), call.object(0));
    message->release();
    return Handle::wrap(call.ref(), std::move(handle));
}

using http::IncomingMessage;

constexpr NativeModule::Function functions[] = {
    { "make", nativeFunction<make> },
    { "read", nativeFunction<read> },
    { "unshift", nativeFunction<unshift> },
    { "pause", nativeFunction<pause> },
    { "resume", nativeFunction<resume> },
    { "destroy", nativeFunction<destroy> },
    { "setTimeout", nativeFunction<setTimeout> },
    { "setEncoding", nativeFunction<setEncoding> },
    { "isComplete", nativeFunction<flag<&IncomingMessage::isComplete>> },
    { "isAborted", nativeFunction<flag<&IncomingMessage::isAborted>> },
    { "isUpgrade", nativeFunction<flag<&IncomingMessage::isUpgrade>> },
    { "isDestroyed", nativeFunction<flag<&IncomingMessage::isDestroyed>> },
    { "isReadable", nativeFunction<flag<&IncomingMessage::isReadable>> },
    { "isEnded", nativeFunction<flag<&IncomingMessage::isReadableEnded>> },
    { "isPaused", nativeFunction<flag<&IncomingMessage::isPaused>> },
    { "flowing", nativeFunction<flowing> },
    { "length", nativeFunction<length> },
    { "highWaterMark", nativeFunction<highWaterMark> },
    { "headers", nativeFunction<parsed<&IncomingMessage::headers>> },
    { "trailers", nativeFunction<parsed<&IncomingMessage::trailers>> },
    { "rawHeaders", nativeFunction<raw<&IncomingMessage::rawHeaders>> },
    { "rawTrailers", nativeFunction<raw<&IncomingMessage::rawTrailers>> },
    { "socket", nativeFunction<socket> },
};

} // namespace

const NativeModule incomingNatives { "incoming", functions };

} // namespace headrace::script

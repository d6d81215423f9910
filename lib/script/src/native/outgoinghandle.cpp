#include "native/outgoinghandle.h"

#include "native/clientnatives.h"
#include "native/errors.h"
#include "native/sockets.h"
#include "program/program.h"

#include <http/ticks.h>
#include <http/transport.h>

namespace headrace::script {

http::Error ScriptResponse::implicitHeader()
{
    return m_handle && m_handle->target() ? m_handle->renderHead()
                                          : ServerResponse::implicitHeader();
}

/// An error that nobody listens to is thrown by the emitter, so it has to be told in any case.
void ScriptResponse::emitError(const http::Error &error)
{
    if (m_handle && m_handle->target())
        m_handle->listen(Event::Error, true);
    ServerResponse::emitError(error);
}

void ScriptResponse::describeRequest(const QByteArray &method, int versionMajor, int versionMinor)
{
    m_hasBody = method != "HEAD";
    if (versionMajor < 1 || versionMinor < 1) {
        m_chunkedByDefault = false;
        m_shouldKeepAlive = false;
    }
}

void ScriptResponse::assignSocket(QIODevice *socket)
{
    http::Transport *transport = http::Transport::of(socket);
    QObject::connect(transport, &http::Transport::drained, this, [this] { onSocketDrained(); });
    attach(transport);
    flushToSocket();
}

void ScriptResponse::detachSocket() { detach(); }

BareMessage::BareMessage()
    : OutgoingMessage(nullptr)
{
}

http::Error BareMessage::implicitHeader()
{
    return m_handle ? m_handle->renderHead() : http::Error();
}

OutgoingHandle::OutgoingHandle(Program &program, http::OutgoingMessage *message)
    : EmitterHandle(HandleKind)
    , m_program(program)
    , m_message(message)
{
    message->setKeeper(this);
}

OutgoingHandle::OutgoingHandle(Program &program, http::ServerResponse *response)
    : OutgoingHandle(program, static_cast<http::OutgoingMessage *>(response))
{
    m_response = response;
    m_scriptResponse = dynamic_cast<ScriptResponse *>(response);
    if (m_scriptResponse)
        m_scriptResponse->setHandle(this);
}

OutgoingHandle::OutgoingHandle(Program &program, http::ClientRequest *request)
    : OutgoingHandle(program, static_cast<http::OutgoingMessage *>(request))
{
    m_request = request;
}

OutgoingHandle::OutgoingHandle(Program &program, BareMessage *message)
    : OutgoingHandle(program, static_cast<http::OutgoingMessage *>(message))
{
    m_bare = message;
    message->setHandle(this);
}

OutgoingHandle::~OutgoingHandle()
{
    if (!m_message)
        return;
    if (m_bare)
        m_bare->setHandle(nullptr);
    m_message->setKeeper(nullptr);
    if (m_scriptResponse)
        m_scriptResponse->setHandle(nullptr);
    if (m_isOurs)
        delete m_message;
}

void OutgoingHandle::messageReleased()
{
    m_isOurs = true;
    if (m_request)
        m_program.forget(m_request);
    // What was queued before is still to be heard.
    http::nextTick(m_message, [this] { forgetListeners(); });
}

void OutgoingHandle::messageDestroyed()
{
    if (m_request)
        m_program.forget(m_request);
    m_message = nullptr;
    m_response = nullptr;
    m_scriptResponse = nullptr;
    m_request = nullptr;
    m_isOurs = false;
    forgetListeners();
}

http::Error OutgoingHandle::renderHead()
{
    if (context().callExposed("implicitHeader", { target() }))
        return {};
    return errorFrom(ref(), latin1Value(ref(), "the head was not rendered"));
}

QMetaObject::Connection OutgoingHandle::connectTo(Event event)
{
    using http::OutgoingMessage;
    if (!m_message)
        return {};
    const auto plain = [&](auto signal) {
        return QObject::connect(m_message, signal, m_message, [this, event] { emitEvent(event); });
    };
    switch (event) {
    case Event::Drain:
        return plain(&OutgoingMessage::drain);
    case Event::Finish:
        return plain(&OutgoingMessage::finish);
    case Event::Prefinish:
        return plain(&OutgoingMessage::prefinish);
    case Event::Close:
        return plain(&OutgoingMessage::closed);
    case Event::Error:
        return QObject::connect(m_message, &OutgoingMessage::errorOccurred, m_message,
            [this](const http::Error &error) {
                emitEvent(Event::Error, { errorValue(context(), error) });
            });
    case Event::Socket:
        return QObject::connect(
            m_message, &OutgoingMessage::socketAssigned, m_message, [this](QIODevice *socket) {
                emitEvent(Event::Socket, { m_program.sockets().value(socket) });
            });
    case Event::Timeout:
        return QObject::connect(m_message, &OutgoingMessage::timedOut, m_message, [this] {
            if (m_request)
                emitEvent(Event::Timeout);
            else
                emitEvent(Event::Timeout, { m_program.sockets().value(m_message->socket()) });
        });
    default:
        return m_request ? connectToRequest(event) : QMetaObject::Connection();
    }
}

QMetaObject::Connection OutgoingHandle::connectToRequest(Event event)
{
    using http::ClientRequest;
    const auto handedOver = [this, event](http::IncomingMessage *response, QIODevice *socket,
                                const QByteArray &head) {
        emitEvent(event,
            { clientResponse(m_program, *this, response), m_program.sockets().value(socket),
                octetsValue(ref(), head) });
    };
    switch (event) {
    case Event::Abort:
        return QObject::connect(m_request, &ClientRequest::abortOccurred, m_request,
            [this] { emitEvent(Event::Abort); });
    case Event::Continue:
        return QObject::connect(m_request, &ClientRequest::continued, m_request,
            [this] { emitEvent(Event::Continue); });
    case Event::Information:
        return QObject::connect(m_request, &ClientRequest::information, m_request,
            [this](const http::Information &information) {
                emitEvent(Event::Information, { informationValue(ref(), information) });
            });
    case Event::Response:
        return QObject::connect(m_request, &ClientRequest::response, m_request,
            [this](http::IncomingMessage *response) {
                emitEvent(Event::Response, { clientResponse(m_program, *this, response) });
            });
    case Event::Connect:
        return QObject::connect(m_request, &ClientRequest::connectRequested, m_request, handedOver);
    case Event::Upgrade:
        return QObject::connect(m_request, &ClientRequest::upgrade, m_request, handedOver);
    default:
        return {};
    }
}

} // namespace headrace::script

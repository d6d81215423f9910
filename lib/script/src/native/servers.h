#pragma once

#include "native/emitterhandle.h"

#include <http/incomingmessage.h>
#include <http/server.h>
#include <http/serverresponse.h>

#include <QPointer>

namespace headrace::script {

class Program;

/// An http.Server or https.Server of JavaScript's.
class ServerHandle final : public EmitterHandle
{
public:
    static constexpr Kind HandleKind { "Server" };

    ServerHandle(Program &program, http::ServerOptions options);
    ~ServerHandle() override;

    http::Server *server() const { return m_server; }

private:
    QMetaObject::Connection connectTo(Event event) override;

    Program &m_program;
    QPointer<http::Server> m_server;
};

/// The pair of message objects that a 'request' is told with.
struct MessagePair
{
    JSValueRef request;
    JSValueRef response;
};

/// Made by JavaScript for \a server (null: its classes' defaults).
MessagePair messagesFor(Program &program, JSValueRef server, http::IncomingMessage *request,
    http::ServerResponse *response);

extern const NativeModule serverNatives;

} // namespace headrace::script

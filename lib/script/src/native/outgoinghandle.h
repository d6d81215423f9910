#pragma once

#include "native/emitterhandle.h"

#include <http/clientrequest.h>
#include <http/incomingmessage.h>
#include <http/serverresponse.h>

namespace headrace::script {

class OutgoingHandle;
class Program;

/// A response whose head JavaScript renders: a script may override writeHead().
class ScriptResponse final : public http::ServerResponse
{
public:
    using ServerResponse::ServerResponse;

    void setHandle(OutgoingHandle *handle) { m_handle = handle; }

    /// What a request that is not lib/http's is.
    void describeRequest(const QByteArray &method, int versionMajor, int versionMinor);

    // For a response of the script's own: where it goes.
    void assignSocket(QIODevice *socket);
    void detachSocket();

protected:
    http::Error implicitHeader() override;
    void emitError(const http::Error &error) override;

private:
    OutgoingHandle *m_handle = nullptr;
};

/// A message that is neither: a script made an http.OutgoingMessage, and renders its head, if it can.
class BareMessage final : public http::OutgoingMessage
{
public:
    BareMessage();

    void setHandle(OutgoingHandle *handle) { m_handle = handle; }

protected:
    http::Error implicitHeader() override;

    http::Emitter emitter() const override { return http::Emitter::ServerResponse; }

private:
    OutgoingHandle *m_handle = nullptr;
};

/// A message that is sent by lib/http, kept as long as JavaScript has it.
class OutgoingHandle final : public EmitterHandle, public http::Keeper
{
public:
    static constexpr Kind HandleKind { "OutgoingMessage" };

    OutgoingHandle(Program &program, http::ServerResponse *response);
    OutgoingHandle(Program &program, http::ClientRequest *request);
    OutgoingHandle(Program &program, BareMessage *message);
    ~OutgoingHandle() override;

    http::OutgoingMessage *message() const { return m_message; } ///< Null: it is gone.

    http::ServerResponse *response() const { return m_response; } ///< Null: it is none, or gone.

    http::ClientRequest *request() const { return m_request; } ///< Null: it is none, or gone.

    bool isReleased() const { return m_isOurs; } ///< lib/http is done with it.

    /// JavaScript's _implicitHeader().
    http::Error renderHead();

private:
    OutgoingHandle(Program &program, http::OutgoingMessage *message);

    QMetaObject::Connection connectTo(Event event) override;
    QMetaObject::Connection connectToRequest(Event event);
    void messageReleased() override;
    void messageDestroyed() override;

    Program &m_program;
    http::OutgoingMessage *m_message;
    http::ServerResponse *m_response = nullptr;
    ScriptResponse *m_scriptResponse = nullptr; ///< Null: it is one that somebody else made.
    http::ClientRequest *m_request = nullptr;
    BareMessage *m_bare = nullptr;
    bool m_isOurs = false;
};

extern const NativeModule outgoingNatives;
extern const NativeModule responseNatives;

/// From [name, value, name, value…]; a value is a text, a number or a list of texts.
http::HeaderList headersFrom(JSContextRef context, JSValueRef list);

} // namespace headrace::script

#pragma once

#include "native/emitterhandle.h"

#include <http/agent.h>
#include <http/tlsagent.h>

#include <QPointer>

namespace headrace::script {

class Program;

/// Calls JavaScript's \a function(options, callback) on \a self: the device of the stream that it returns or
/// gives to the callback.
QIODevice *createConnectionBy(Program &program, JSObjectRef function, JSObjectRef self,
    JSValueRef options, const http::RequestOptions::ConnectionCallback &done);

/// A connection that JavaScript is asked for.
class ConnectionHandle final : public Handle
{
public:
    static constexpr Kind HandleKind { "Connection" };

    explicit ConnectionHandle(http::RequestOptions::ConnectionCallback done)
        : Handle(HandleKind)
        , m_done(std::move(done))
    {
    }

    void answer(const http::Error &error, QIODevice *device) { m_done(error, device); }

private:
    http::RequestOptions::ConnectionCallback m_done;
};

/// Addresses that JavaScript is asked for.
class LookupHandle final : public Handle
{
public:
    static constexpr Kind HandleKind { "Lookup" };

    LookupHandle(QIODevice *socket, http::ConnectOptions::LookupCallback answer)
        : Handle(HandleKind)
        , m_socket(socket)
        , m_answer(std::move(answer))
    {
    }

    QIODevice *socket() const { return m_socket; } ///< Null: it is gone.

    void answer(const http::Error &error, const QList<QHostAddress> &addresses)
    {
        m_answer(error, addresses);
    }

private:
    QPointer<QIODevice> m_socket;
    http::ConnectOptions::LookupCallback m_answer;
};

/// An http.Agent or https.Agent of JavaScript's. What a script overrides is called there.
class AgentHandle final : public EmitterHandle
{
public:
    static constexpr Kind HandleKind { "Agent" };

    AgentHandle(Program &program, bool isSecure, const http::AgentOptions &options);
    ~AgentHandle() override;

    http::Agent *agent() const { return m_agent; }

    Program &program() const { return m_program; }

    /// The target's own function of that name; null: it is the one of http.Agent.
    JSObjectRef overriding(const char *name) const;

    /// http.Agent's own, whatever the script overrides.
    QByteArray nameOf(const http::ConnectOptions &options) const;

    /// As the script set them on the agent.
    void setIdentity(const QByteArray &protocol, quint16 defaultPort);

private:
    QMetaObject::Connection connectTo(Event event) override;

    Program &m_program;
    QPointer<http::Agent> m_agent;
    bool m_isSecure;
};

extern const NativeModule agentNatives;

} // namespace headrace::script

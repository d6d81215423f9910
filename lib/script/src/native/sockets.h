#pragma once

#include "native/emitterhandle.h"

#include <http/transport.h>

#include <QHash>
#include <QIODevice>
#include <QPointer>

namespace headrace::script {

class Program;

/** A connection of lib/http as JavaScript's net.Socket has it. It goes away with the device.
    The signals that a net.Socket needs to know of itself are always connected: closing, error and close. */
class SocketHandle final : public Handle
{
public:
    static constexpr Kind HandleKind { "Socket" };

    SocketHandle(Program &program, QIODevice *device);
    ~SocketHandle() override;

    QIODevice *device() const { return m_device; } ///< Null: it is gone.

    http::Transport *transport() const { return m_transport; } ///< Null: it is gone.

    void setTarget(JSObjectRef target) { m_target = target; }

    /// From now on, octets and the end are told: 'data' or 'readable' is listened to, or somebody pipes.
    void read();

    void listenToTimeout();

    void detach(); ///< The program is over: tells nothing any more.

private:
    void tell(const char *what, std::initializer_list<JSValueRef> arguments);

    Program &m_program;
    QPointer<QIODevice> m_device;
    QPointer<http::Transport> m_transport;
    JSObjectRef m_target = nullptr; ///< Kept by Sockets while the device lives.
    QObject m_context; ///< Of the connections to the transport.
    QMetaObject::Connection m_timeout;
    bool m_reads = false;
};

/// The sockets of one program: each device has one JavaScript object, for as long as it is open.
class Sockets
{
public:
    explicit Sockets(Program &program);
    ~Sockets();
    Q_DISABLE_COPY_MOVE(Sockets)

    /// The net.Socket of \a device, made on first use; null for none.
    JSValueRef value(QIODevice *device);

    /// The device of a net.Socket, or of any other duplex stream of JavaScript's; null: it is neither.
    QIODevice *device(JSValueRef stream);

    /// \a target stands for \a device from now on. The handle's object.
    JSObjectRef adopt(QIODevice *device, JSObjectRef target);

    void closeAll();

private:
    struct Entry
    {
        Persistent target;
        SocketHandle *handle;
    };

    Program &m_program;
    QHash<QIODevice *, std::shared_ptr<Entry>> m_entries;
    QObject m_context; ///< Of connections that end with this.
};

extern const NativeModule socketNatives;

} // namespace headrace::script

#pragma once

#include <QObject>

#include <functional>
#include <utility>

namespace headrace::http {

/** One reason why a program on this thread is not over: an open connection, a listening server. Where libuv
    counts active and referenced handles, whoever has such a handle has one of these.
    Thread: the one that made it. Source: Node's server.ref(), socket.unref(); "process 'beforeExit'". */
class Pending
{
public:
    Pending() = default;

    ~Pending() { end(); }

    Q_DISABLE_COPY_MOVE(Pending)

    void begin(); ///< Active from now on.
    void end();

    /// Unreferenced ones are not waited for. Default: true.
    void setReferenced(bool referenced);

    bool isReferenced() const { return m_referenced; }

    /// How many of the current thread are active and referenced.
    static int count();

    /// Calls \a listener whenever the count of the current thread becomes 0, as long as \a context lives.
    static void setEmptyListener(QObject *context, std::function<void()> listener);

private:
    static void add(int difference);

    bool m_active = false;
    bool m_referenced = true;
};

} // namespace headrace::http

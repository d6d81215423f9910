#pragma once

#include "proxy/transit.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace headrace::http {
class Transport;
} // namespace headrace::http

namespace headrace::proxy {

/** Lets octets through to a transport late, slowly, or not all, as a Shaping says. The transport is borrowed.
    Thread: the transport's. */
class ShapedWriter : public QObject
{
    Q_OBJECT

public:
    ShapedWriter(http::Transport *transport, const Shaping &shaping);

    void write(const QByteArray &octets);
    bool isFull() const; ///< drained() follows.

    /// Called when all went on to the transport; at once if it has. Never after a fault.
    void whenWritten(std::function<void()> done);

Q_SIGNALS:
    void drained();
    void faulted(headrace::proxy::Shaping::Fault fault); ///< It was carried out, but for closing.

private:
    void letThrough();
    void carryOutFault();

    http::Transport *m_transport;
    Shaping m_shaping;
    std::deque<QByteArray> m_waiting;
    qint64 m_waitingOctets = 0;
    qint64 m_through = 0;
    double m_allowance = 0; // octets
    QElapsedTimer m_sinceLast;
    QTimer m_timer;
    std::function<void()> m_done;
    bool m_isOpen = false; // the latency is over
    bool m_hasFaulted = false;
};

} // namespace headrace::proxy

#pragma once

#include <exchange/exchange.h>
#include <http/error.h>

#include <QByteArray>
#include <QObject>
#include <QPointer>

#include <functional>

namespace headrace::http {
class Transport;
} // namespace headrace::http

namespace headrace::proxy {

/** Two connections as one: what comes from one goes out by the other, no faster than it takes it, each direction to its own
    end. Both transports are borrowed, and closed in the end. Thread: theirs. */
class Tunnel : public QObject
{
    Q_OBJECT

public:
    /// What is sent on in place of what came; empty: nothing now.
    using Filter = std::function<QByteArray(exchange::Direction, const QByteArray &octets)>;

    /// \a watcher hears of all that comes, before any filter.
    using Watcher = std::function<void(exchange::Direction, const QByteArray &octets)>;

    Tunnel(http::Transport *client, http::Transport *origin, Watcher watcher, Filter filter = {});
    ~Tunnel() override;

    /// What was read of each already.
    void start(const QByteArray &fromClient, const QByteArray &fromOrigin);

    /// What the filter has kept back goes on. \a direction: whose.
    void send(exchange::Direction direction, const QByteArray &octets);

    /// The filter takes its time: nothing more of that direction is read, and its end waits, till it is called with false.
    void hold(exchange::Direction direction, bool holds);

    void close(); ///< At once; ended() is not emitted.

Q_SIGNALS:
    void ended(const headrace::http::Error &error); ///< Both directions. Once.

private:
    struct End
    {
        QPointer<http::Transport> from;
        QPointer<http::Transport> to;
        exchange::Direction direction = exchange::Direction::Request;
        bool isHeld = false;
        bool hasEnded = false;
        bool isEndPassed = false;
    };

    void join(End &end);
    void pass(End &end, const QByteArray &octets);
    void write(End &end, const QByteArray &octets);
    static void updateReading(End &end);
    void endDirection(End &end);
    void passEnd(End &end);
    void finish(const http::Error &error);

    End m_up; // from the client
    End m_down;
    Watcher m_watcher;
    Filter m_filter;
    bool m_isOver = false;
};

} // namespace headrace::proxy

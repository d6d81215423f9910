#include "passage/tunnel.h"

#include <http/transport.h>

#include <utility>

namespace headrace::proxy {

using exchange::Direction;

Tunnel::Tunnel(http::Transport *client, http::Transport *origin, Watcher watcher, Filter filter)
    : m_up { client, origin, Direction::Request }
    , m_down { origin, client, Direction::Response }
    , m_watcher(std::move(watcher))
    , m_filter(std::move(filter))
{
}

Tunnel::~Tunnel() { close(); }

void Tunnel::start(const QByteArray &fromClient, const QByteArray &fromOrigin)
{
    join(m_up);
    join(m_down);
    if (!fromClient.isEmpty())
        pass(m_up, fromClient);
    if (!fromOrigin.isEmpty())
        pass(m_down, fromOrigin);
    for (End *end : { &m_up, &m_down }) {
        if (!end->from || end->from->isDestroyed()) {
            finish({});
            return;
        }
        updateReading(*end);
        end->from->resume();
    }
}

void Tunnel::join(End &end)
{
    http::Transport *from = end.from;
    from->setAllowHalfOpen(true);
    connect(from, &http::Transport::received, this,
        [this, &end](const QByteArray &octets) { pass(end, octets); });
    connect(from, &http::Transport::ended, this, [this, &end] { endDirection(end); });
    connect(from, &http::Transport::drained, this, [this, from] {
        End &other = from == m_up.from ? m_down : m_up; // what goes out here comes from there
        updateReading(other);
    });
    connect(from, &http::Transport::errorOccurred, this, &Tunnel::finish);
    connect(from, &http::Transport::closed, this, [this] { finish({}); });
}

void Tunnel::pass(End &end, const QByteArray &octets)
{
    m_watcher(end.direction, octets);
    write(end, m_filter ? m_filter(end.direction, octets) : octets);
}

void Tunnel::write(End &end, const QByteArray &octets)
{
    if (octets.isEmpty() || !end.to || !end.to->isWritable())
        return;
    if (!end.to->writeReported(octets))
        updateReading(end);
}

void Tunnel::updateReading(End &end)
{
    if (end.from && !end.from->isDestroyed())
        end.from->holdReading(end.isHeld || (end.to && end.to->needsDrain()));
}

void Tunnel::send(Direction direction, const QByteArray &octets)
{
    if (!m_isOver)
        write(direction == Direction::Request ? m_up : m_down, octets);
}

void Tunnel::hold(Direction direction, bool holds)
{
    End &end = direction == Direction::Request ? m_up : m_down;
    if (m_isOver || std::exchange(end.isHeld, holds) == holds)
        return;
    updateReading(end);
    if (!holds && end.hasEnded)
        passEnd(end);
}

void Tunnel::endDirection(End &end)
{
    end.hasEnded = true;
    if (!end.isHeld)
        passEnd(end);
}

void Tunnel::passEnd(End &end)
{
    end.isEndPassed = true;
    if (end.to && end.to->isWritable())
        end.to->end();
    if (m_up.isEndPassed && m_down.isEndPassed)
        finish({});
}

void Tunnel::finish(const http::Error &error)
{
    if (std::exchange(m_isOver, true))
        return;
    for (End *end : { &m_up, &m_down }) {
        if (!end->from)
            continue;
        disconnect(end->from, nullptr, this, nullptr);
        if (!end->from->isDestroyed())
            end->from->destroySoon();
    }
    Q_EMIT ended(error);
}

void Tunnel::close()
{
    if (std::exchange(m_isOver, true))
        return;
    for (End *end : { &m_up, &m_down }) {
        if (!end->from)
            continue;
        disconnect(end->from, nullptr, this, nullptr);
        if (!end->from->isDestroyed())
            end->from->destroy();
    }
}

} // namespace headrace::proxy

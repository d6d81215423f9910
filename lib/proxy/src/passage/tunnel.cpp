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
        end->from->holdReading(end->to->needsDrain());
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
        if (other.from && !other.from->isDestroyed())
            other.from->holdReading(false);
    });
    connect(from, &http::Transport::errorOccurred, this, &Tunnel::finish);
    connect(from, &http::Transport::closed, this, [this] { finish({}); });
}

void Tunnel::pass(End &end, const QByteArray &octets)
{
    m_watcher(end.direction, octets);
    const QByteArray sent = m_filter ? m_filter(end.direction, octets) : octets;
    if (sent.isEmpty() || !end.to || !end.to->isWritable())
        return;
    if (!end.to->writeReported(sent) && end.from)
        end.from->holdReading(true);
}

void Tunnel::endDirection(End &end)
{
    end.hasEnded = true;
    if (end.to && end.to->isWritable())
        end.to->end();
    if (m_up.hasEnded && m_down.hasEnded)
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

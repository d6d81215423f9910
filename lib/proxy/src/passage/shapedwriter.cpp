#include "passage/shapedwriter.h"

#include <http/ticks.h>
#include <http/transport.h>

#include <utility>

namespace headrace::proxy {

namespace {

using namespace std::chrono_literals;

constexpr auto turn = 20ms; // between two lots of a slow one
constexpr qint64 mostWaiting = 64 * 1024; // octets; then the writer is full

} // namespace

ShapedWriter::ShapedWriter(http::Transport *transport, const Shaping &shaping)
    : m_transport(transport)
    , m_shaping(shaping)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const http::IoScope scope;
        m_isOpen = true;
        letThrough();
    });
    connect(m_transport, &http::Transport::drained, this, [this] {
        if (m_isOpen && !m_timer.isActive())
            letThrough();
    });
}

void ShapedWriter::write(const QByteArray &octets)
{
    if (octets.isEmpty() || m_hasFaulted)
        return;
    m_waiting.push_back(octets);
    m_waitingOctets += octets.size();
    if (m_isOpen && !m_timer.isActive()) {
        letThrough();
    } else if (!m_sinceLast.isValid()) {
        m_sinceLast.start();
        if (m_shaping.latency.count() > 0) {
            m_timer.start(m_shaping.latency);
        } else {
            m_isOpen = true;
            letThrough();
        }
    }
}

bool ShapedWriter::isFull() const
{
    return m_waitingOctets >= mostWaiting || m_transport->needsDrain();
}

void ShapedWriter::whenWritten(std::function<void()> done)
{
    if (m_waiting.empty() && !m_hasFaulted)
        done();
    else
        m_done = std::move(done);
}

void ShapedWriter::letThrough()
{
    const bool wasFull = isFull();
    const bool isSlow = m_shaping.octetsPerSecond > 0;
    if (isSlow) {
        // No more than a turn's worth is saved up: an idle time is not made up for in one burst.
        const double perTurn = double(m_shaping.octetsPerSecond) * 0.02;
        const double seconds = double(m_sinceLast.nsecsElapsed()) / 1e9;
        m_allowance = qMin(
            m_allowance + seconds * double(m_shaping.octetsPerSecond), qMax(perTurn * 2, 1.0));
        m_sinceLast.restart();
    }
    while (!m_waiting.empty() && !m_hasFaulted && !m_transport->needsDrain()
        && m_transport->isWritable()) {
        QByteArray &next = m_waiting.front();
        qint64 size = next.size();
        if (isSlow)
            size = qMin(size, qint64(m_allowance));
        if (m_shaping.fault != Shaping::Fault::None)
            size = qMin(size, m_shaping.faultAt - m_through);
        if (size > 0) {
            m_transport->writeReported(next.first(size));
            m_through += size;
            m_waitingOctets -= size;
            m_allowance -= double(size);
            if (size == next.size())
                m_waiting.pop_front();
            else
                next.remove(0, size);
        }
        if (m_shaping.fault != Shaping::Fault::None && m_through >= m_shaping.faultAt) {
            carryOutFault();
            return;
        }
        if (isSlow && m_allowance < 1)
            break;
    }
    if (m_waiting.empty()) {
        if (const auto done = std::exchange(m_done, {}))
            done();
        else if (wasFull)
            Q_EMIT drained();
        return;
    }
    if (isSlow && !m_transport->needsDrain())
        m_timer.start(turn);
    if (wasFull && !isFull())
        Q_EMIT drained();
}

void ShapedWriter::carryOutFault()
{
    m_hasFaulted = true;
    m_waiting.clear();
    m_waitingOctets = 0;
    m_timer.stop();
    if (m_shaping.fault == Shaping::Fault::MalformedChunk)
        m_transport->writeReported(QByteArrayLiteral("zz\r\n"));
    Q_EMIT faulted(m_shaping.fault);
}

} // namespace headrace::proxy

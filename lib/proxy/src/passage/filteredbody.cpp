#include "passage/filteredbody.h"

#include <http/ticks.h>
#include <wire/headserializer.h>

#include <QScopedValueRollback>

#include <utility>

namespace headrace::proxy {

using wire::MessagePart;

FilteredBody::FilteredBody(bool isChunked, Transit::PieceFilter filter,
    std::function<void(const QByteArray &octets)> write, std::function<void()> freed)
    : m_isChunked(isChunked)
    , m_filter(std::move(filter))
    , m_write(std::move(write))
    , m_freed(std::move(freed))
    , m_self(std::make_shared<FilteredBody *>(this))
{
}

void FilteredBody::pass(MessagePart part, const QByteArray &octets)
{
    m_steps.push_back({ part, octets, false });
    proceed();
}

void FilteredBody::finish()
{
    m_steps.push_back({ MessagePart::Body, {}, true });
    proceed();
}

void FilteredBody::whenPassed(std::function<void()> done)
{
    if (isPassed())
        done();
    else
        m_done = std::move(done);
}

void FilteredBody::proceed()
{
    if (m_isProceeding)
        return;
    const QScopedValueRollback proceeding(m_isProceeding, true);
    while (!m_isAsked && !m_steps.empty()) {
        if (take(m_steps.front()))
            m_steps.pop_front();
    }
}

/// False: the filter has to hear of the body's end first.
bool FilteredBody::take(const Step &step)
{
    const bool endsBody = step.isEnd || (step.part == MessagePart::Trailers && m_isChunked);
    if (endsBody && !std::exchange(m_isBodyOver, true)) {
        ask(QByteArray());
        return false;
    }
    if (step.isEnd) {
        if (m_isChunked && !m_isLastChunkSent)
            m_write(wire::renderLastChunk({}));
        return true;
    }
    switch (step.part) {
    case MessagePart::Body: {
        const QByteArray octets = step.octets; // the step may go away
        ask(octets);
        break;
    }
    case MessagePart::Trailers: // with the blank line behind them
        if (!m_isChunked)
            break;
        if (!std::exchange(m_isLastChunkSent, true))
            m_write(QByteArrayLiteral("0\r\n"));
        m_write(step.octets);
        break;
    case MessagePart::ChunkHeader:
    case MessagePart::ChunkEnd:
        break; // the sizes are others
    case MessagePart::Head:
    case MessagePart::Tunnel:
    case MessagePart::Unparsed:
        m_write(step.octets);
        break;
    }
    return true;
}

void FilteredBody::ask(const QByteArray &piece)
{
    m_isAsked = true;
    m_filter(piece, [self = std::weak_ptr(m_self)](const QByteArray &result) {
        if (const auto body = self.lock(); body && (*body)->m_isAsked)
            (*body)->answered(result);
    });
}

void FilteredBody::answered(const QByteArray &result)
{
    const http::IoScope scope;
    m_isAsked = false;
    if (!result.isEmpty())
        m_write(m_isChunked ? wire::renderChunkHeader(result.size()) + result + "\r\n" : result);
    if (m_isProceeding)
        return; // it was asked from there
    const std::weak_ptr self = m_self;
    proceed();
    if (self.expired() || m_isAsked)
        return;
    if (const auto done = std::exchange(m_done, {}))
        done();
    else
        m_freed();
}

} // namespace headrace::proxy

#pragma once

#include "proxy/transit.h"

#include <wire/messagepart.h>

#include <QByteArray>

#include <deque>
#include <functional>
#include <memory>

namespace headrace::proxy {

/** A body that goes through a filter piece by piece, and is framed anew. What comes while the filter takes its time waits, in
    its order. Thread: the filter's. */
class FilteredBody
{
public:
    /// \a isChunked: else it lasts until the connection's end. \a write: gets what goes on. \a freed: called when the filter
    /// had taken its time and more can be passed.
    FilteredBody(bool isChunked, Transit::PieceFilter filter,
        std::function<void(const QByteArray &octets)> write, std::function<void()> freed);

    void pass(wire::MessagePart part, const QByteArray &octets);
    void finish(); ///< No more comes: what the filter kept, and the last chunk if none was passed.

    bool isWaiting() const { return m_isAsked; } ///< For the filter.

    bool isPassed() const { return m_steps.empty() && !m_isAsked; } ///< All that came was written.

    void whenPassed(std::function<void()> done); ///< Once it is; at once if so.

private:
    struct Step
    {
        wire::MessagePart part = wire::MessagePart::Body;
        QByteArray octets;
        bool isEnd = false; ///< finish()
    };

    void proceed();
    bool take(const Step &step);
    void ask(const QByteArray &piece);
    void answered(const QByteArray &result);

    bool m_isChunked;
    Transit::PieceFilter m_filter;
    std::function<void(const QByteArray &)> m_write;
    std::function<void()> m_freed;
    std::function<void()> m_done;
    std::deque<Step> m_steps; // that wait
    std::shared_ptr<FilteredBody *> m_self; // gone with this: who answers then is late
    bool m_isAsked = false;
    bool m_isProceeding = false;
    bool m_isBodyOver = false; // the filter knows
    bool m_isLastChunkSent = false;
};

} // namespace headrace::proxy

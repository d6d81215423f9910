#pragma once

#include "session/scriptmessage.h"

#include <QMutex>

#include <functional>

namespace headrace::session {

/** What scripts say, on its way from their thread to the one that shows it. Bounded: when nobody takes for long,
    or a script says more than anyone can read, the oldest is left out and counted.
    Thread: any. */
class ScriptOutbox
{
public:
    static constexpr qsizetype Limit = 512 * 1024; ///< Unit: characters.

    /// \a wake: called in the adding thread when there is something to take, once until take().
    explicit ScriptOutbox(std::function<void()> wake);

    void add(const ScriptMessage &message);
    QList<ScriptMessage> take();

private:
    void shorten();

    std::function<void()> m_wake;
    QMutex m_mutex; // guards all below
    QList<ScriptMessage> m_messages;
    qsizetype m_size = 0;
    qsizetype m_leftOut = 0;
    bool m_isWaked = false;
};

} // namespace headrace::session

#pragma once

#include <QMutex>
#include <QSet>

namespace headrace::script {
class Runtime;
}

namespace headrace::session {

/// The runtimes of a thread, so that another thread can interrupt what they run. Thread: any.
class RunningScripts
{
public:
    void add(script::Runtime *runtime);
    void remove(script::Runtime *runtime); ///< Before it is deleted.
    void interruptAll();

private:
    QMutex m_mutex;
    QSet<script::Runtime *> m_runtimes;
};

} // namespace headrace::session

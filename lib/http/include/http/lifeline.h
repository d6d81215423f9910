#pragma once

#include <QtGlobal>

namespace headrace::http {

/** Tells the functions of an object that are being executed whether it still lives: whoever listens to a
    signal may delete the object. A member of that object, which is watched like this:

        const Lifeline::Watch guard(m_lifeline);
        Q_EMIT something();
        if (!guard)
            return;

    As a QPointer, for local variables of the object's thread only, and without its atomic counters: there
    are dozens of such moments in every exchange. */
class Lifeline
{
public:
    class Watch
    {
    public:
        explicit Watch(Lifeline &lifeline);

        ~Watch()
        {
            if (m_lifeline)
                m_lifeline->m_innermost = m_outer;
        }

        Q_DISABLE_COPY_MOVE(Watch)

        explicit operator bool() const { return m_lifeline; }

    private:
        friend class Lifeline;

        Lifeline *m_lifeline;
        Watch *m_outer;
    };

    Lifeline() = default;

    ~Lifeline()
    {
        for (Watch *watch = m_innermost; watch; watch = watch->m_outer)
            watch->m_lifeline = nullptr;
    }

    Q_DISABLE_COPY_MOVE(Lifeline)

private:
    Watch *m_innermost = nullptr;
};

} // namespace headrace::http

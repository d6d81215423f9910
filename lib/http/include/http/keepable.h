#pragma once

#include <QtGlobal>

#include <utility>

namespace headrace::http {

/// Whoever keeps a message when the library is done with it: the object of a garbage-collected language, say.
class Keeper
{
public:
    /// It is over; the library would delete it now, but it is the keeper's from here on.
    virtual void messageReleased() = 0;

    /// It goes away for another reason (its socket, its server).
    virtual void messageDestroyed() = 0;

protected:
    ~Keeper() = default;
};

/** What a program may keep longer than its exchange. Without a keeper the library deletes it.
    Thread: the message's. */
class Keepable
{
public:
    /// One at most, borrowed; null: none any more.
    void setKeeper(Keeper *keeper) { m_keeper = keeper; }

    /// True: it is the keeper's now.
    bool release()
    {
        if (m_isReleased || !m_keeper)
            return m_isReleased;
        m_isReleased = true;
        m_keeper->messageReleased();
        return true;
    }

protected:
    Keepable() = default;

    ~Keepable()
    {
        if (m_keeper)
            m_keeper->messageDestroyed();
    }

    Q_DISABLE_COPY_MOVE(Keepable)

private:
    Keeper *m_keeper = nullptr;
    bool m_isReleased = false;
};

} // namespace headrace::http

#pragma once

#include <QPointer>

namespace headrace::http {

class Readiness;

/** Tells when a descriptor can be read or written: a QSocketNotifier for both directions. All descriptors
    of a thread are watched in one epoll instance, and Qt's dispatcher polls only that: a notifier for each
    connection costs it time in every turn, also while the connection is idle. Linux only. */
class DescriptorWatch
{
public:
    /// Called from the event loop, only what was asked for; both may delete the watch. An error or the
    /// peer's end is told as what is asked for: the next read or write finds it.
    class Listener
    {
    public:
        virtual void descriptorReadable() = 0;
        virtual void descriptorWritable() = 0;

    protected:
        ~Listener() = default;
    };

    /// Asks for nothing. \a descriptor is borrowed; stop() before it is closed.
    DescriptorWatch(int descriptor, Listener *listener);
    ~DescriptorWatch();
    Q_DISABLE_COPY_MOVE(DescriptorWatch)

    void setReading(bool reading);
    void setWriting(bool writing);
    void stop(); ///< For good.

private:
    friend class Readiness;

    void ask(quint32 events);
    void tell(quint32 events, quint32 direction);

    QPointer<Readiness> m_readiness; ///< Gone with the application.
    Listener *m_listener;
    int m_descriptor; ///< -1: stopped.
    quint32 m_asked = 0;
};

} // namespace headrace::http

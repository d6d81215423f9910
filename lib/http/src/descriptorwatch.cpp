#include "descriptorwatch.h"

#include "threadglobal.h"

#include <QSocketNotifier>

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace headrace::http {

/// The watches of one thread. Finds them by descriptor: one that is stopped, or deleted, while its event is
/// under way is simply not there any more.
class Readiness : public QObject
{
public:
    explicit Readiness(QObject *parent = nullptr)
        : QObject(parent)
        , m_epoll(epoll_create1(EPOLL_CLOEXEC))
        , m_notifier(m_epoll, QSocketNotifier::Read)
    {
        if (m_epoll < 0)
            qFatal("epoll_create1: %s", std::strerror(errno));
        connect(&m_notifier, &QSocketNotifier::activated, this, &Readiness::dispatch);
    }

    ~Readiness() override { ::close(m_epoll); }

    void ask(DescriptorWatch *watch, int descriptor, quint32 before, quint32 events)
    {
        const auto index = std::size_t(descriptor);
        if (index >= m_watches.size())
            m_watches.resize(index + 1, nullptr);
        // Without EPOLL_CTL_DEL, epoll tells of errors that nobody asked for, again and again.
        const int operation = events == 0 ? EPOLL_CTL_DEL
            : before == 0                 ? EPOLL_CTL_ADD
                                          : EPOLL_CTL_MOD;
        m_watches[index] = events == 0 ? nullptr : watch;
        epoll_event event {};
        event.events = events;
        event.data.fd = descriptor;
        epoll_ctl(m_epoll, operation, descriptor, &event);
    }

private:
    void dispatch()
    {
        std::array<epoll_event, 64> events;
        const int count = epoll_wait(m_epoll, events.data(), int(events.size()), 0);
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[std::size_t(i)];
            // Either may end the watch.
            if (DescriptorWatch *watch = find(event.data.fd))
                watch->tell(event.events, EPOLLIN);
            if (DescriptorWatch *watch = find(event.data.fd))
                watch->tell(event.events, EPOLLOUT);
        }
    }

    DescriptorWatch *find(int descriptor) const
    {
        const auto index = std::size_t(descriptor);
        return index < m_watches.size() ? m_watches[index] : nullptr;
    }

    int m_epoll;
    QSocketNotifier m_notifier;
    std::vector<DescriptorWatch *> m_watches; ///< By descriptor; null for others.
};

DescriptorWatch::DescriptorWatch(int descriptor, Listener *listener)
    : m_readiness(ThreadGlobal<Readiness>::get())
    , m_listener(listener)
    , m_descriptor(descriptor)
{
}

DescriptorWatch::~DescriptorWatch() { stop(); }

void DescriptorWatch::setReading(bool reading)
{
    ask(reading ? m_asked | EPOLLIN : m_asked & ~quint32(EPOLLIN));
}

void DescriptorWatch::setWriting(bool writing)
{
    ask(writing ? m_asked | EPOLLOUT : m_asked & ~quint32(EPOLLOUT));
}

void DescriptorWatch::stop()
{
    ask(0);
    m_descriptor = -1;
}

void DescriptorWatch::ask(quint32 events)
{
    const quint32 before = m_asked;
    if (events == before || m_descriptor < 0)
        return;
    m_asked = events;
    if (m_readiness)
        m_readiness->ask(this, m_descriptor, before, events);
}

void DescriptorWatch::tell(quint32 events, quint32 direction)
{
    if (!(m_asked & direction) || !(events & (direction | EPOLLERR | EPOLLHUP)))
        return;
    if (direction == EPOLLIN)
        m_listener->descriptorReadable();
    else
        m_listener->descriptorWritable();
}

} // namespace headrace::http

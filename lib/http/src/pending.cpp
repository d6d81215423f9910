#include "http/pending.h"

#include <QPointer>

#include <algorithm>
#include <vector>

namespace headrace::http {

namespace {

struct Listener
{
    QPointer<QObject> context;
    std::function<void()> call;
};

struct Count
{
    int active = 0;
    std::vector<Listener> listeners;
};

Count &current()
{
    thread_local Count count;
    return count;
}

} // namespace

void Pending::begin()
{
    if (!std::exchange(m_active, true) && m_referenced)
        add(1);
}

void Pending::end()
{
    if (std::exchange(m_active, false) && m_referenced)
        add(-1);
}

void Pending::setReferenced(bool referenced)
{
    if (std::exchange(m_referenced, referenced) != referenced && m_active)
        add(referenced ? 1 : -1);
}

int Pending::count() { return current().active; }

void Pending::setEmptyListener(QObject *context, std::function<void()> listener)
{
    std::vector<Listener> &listeners = current().listeners;
    std::erase_if(listeners, [](const Listener &known) { return !known.context; });
    listeners.push_back({ context, std::move(listener) });
}

void Pending::add(int difference)
{
    Count &count = current();
    count.active += difference;
    if (count.active != 0)
        return;
    const std::vector<Listener> listeners = count.listeners;
    for (const Listener &listener : listeners) {
        if (listener.context)
            listener.call();
    }
}

} // namespace headrace::http

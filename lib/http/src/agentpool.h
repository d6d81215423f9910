#pragma once

#include "http/agent.h"
#include "http/clientrequest.h"
#include "http/transport.h"

#include <QHash>
#include <QList>
#include <QPointer>

#include <deque>
#include <optional>
#include <vector>

namespace headrace::http {

/** The books of an agent: which sockets of which origin are in use or free, and which requests wait.
    Decides nothing and touches no socket. */
class AgentPool
{
public:
    struct Waiting
    {
        QPointer<ClientRequest> request;
        ConnectOptions options;
    };

    void add(const QByteArray &name, QIODevice *socket)
    {
        m_names.insert(socket, name);
        m_used[name].append(socket);
    }

    /// The least (Fifo) or most (Lifo) recently used free socket; it is in no list then.
    QIODevice *takeFree(const QByteArray &name, AgentOptions::Scheduling scheduling)
    {
        const auto it = m_free.find(name);
        if (it == m_free.end())
            return nullptr;
        it->removeIf([](QIODevice *socket) { return Transport::of(socket)->isDestroyed(); });
        QIODevice *socket = it->isEmpty()                  ? nullptr
            : scheduling == AgentOptions::Scheduling::Fifo ? it->takeFirst()
                                                           : it->takeLast();
        if (it->isEmpty())
            m_free.erase(it);
        return socket;
    }

    void setFree(QIODevice *socket)
    {
        const QByteArray name = nameOf(socket);
        take(m_used, name, socket);
        m_free[name].append(socket);
    }

    void remove(QIODevice *socket)
    {
        const QByteArray name = m_names.take(socket);
        take(m_used, name, socket);
        take(m_free, name, socket);
    }

    /// Null when the socket is not in the books.
    QByteArray nameOf(QIODevice *socket) const { return m_names.value(socket); }

    bool isFree(QIODevice *socket) const { return m_free.value(nameOf(socket)).contains(socket); }

    int freeCount(const QByteArray &name) const { return int(m_free.value(name).size()); }

    int count(const QByteArray &name) const
    {
        return int(m_used.value(name).size()) + freeCount(name);
    }

    int totalCount() const ///< Sockets in use, of all origins.
    {
        int count = 0;
        for (const QList<QIODevice *> &sockets : m_used)
            count += int(sockets.size());
        return count;
    }

    void enqueue(const QByteArray &name, ClientRequest *request, const ConnectOptions &options)
    {
        queueOf(name).push_back({ request, options });
    }

    ClientRequest *dequeue(const QByteArray &name)
    {
        for (auto it = m_waiting.begin(); it != m_waiting.end(); ++it) {
            if (it->first != name)
                continue;
            ClientRequest *request = nullptr;
            while (!request && !it->second.empty()) {
                request = it->second.front().request;
                it->second.pop_front();
            }
            if (it->second.empty())
                m_waiting.erase(it);
            return request;
        }
        return nullptr;
    }

    /// The request to make a socket for when \a name lost one: of that origin, or of one that has none.
    std::optional<Waiting> firstWaiting(const QByteArray &name)
    {
        forgetDeleted();
        for (const auto &[waitingName, queue] : m_waiting) {
            if (waitingName == name && queue.front().request)
                return queue.front();
        }
        for (const auto &[waitingName, queue] : m_waiting) {
            if (!m_used.value(waitingName).isEmpty())
                break;
            if (queue.front().request)
                return queue.front();
        }
        return {};
    }

    QList<QIODevice *> devices() const { return m_names.keys(); }

    const QHash<QByteArray, QList<QIODevice *>> &used() const { return m_used; }

    const QHash<QByteArray, QList<QIODevice *>> &free() const { return m_free; }

    QHash<QByteArray, QList<ClientRequest *>> waiting() const
    {
        QHash<QByteArray, QList<ClientRequest *>> result;
        for (const auto &[name, queue] : m_waiting) {
            for (const Waiting &waiting : queue) {
                if (waiting.request)
                    result[name].append(waiting.request);
            }
        }
        return result;
    }

private:
    /// Requests that were deleted while they waited.
    void forgetDeleted()
    {
        for (auto &[name, queue] : m_waiting)
            std::erase_if(queue, [](const Waiting &waiting) { return !waiting.request; });
        std::erase_if(m_waiting, [](const auto &entry) { return entry.second.empty(); });
    }

    static void take(
        QHash<QByteArray, QList<QIODevice *>> &books, const QByteArray &name, QIODevice *socket)
    {
        const auto it = books.find(name);
        if (it == books.end())
            return;
        it->removeOne(socket);
        if (it->isEmpty())
            books.erase(it);
    }

    std::deque<Waiting> &queueOf(const QByteArray &name)
    {
        for (auto &[waitingName, queue] : m_waiting) {
            if (waitingName == name)
                return queue;
        }
        return m_waiting.emplace_back(name, std::deque<Waiting>()).second;
    }

    QHash<QIODevice *, QByteArray> m_names;
    QHash<QByteArray, QList<QIODevice *>> m_used;
    QHash<QByteArray, QList<QIODevice *>> m_free;
    /// Origins in order of arrival.
    std::vector<std::pair<QByteArray, std::deque<Waiting>>> m_waiting;
};

} // namespace headrace::http

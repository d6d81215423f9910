#include "sessioncache_p.h"

#include <ctime>
#include <utility>

namespace headrace::tls {

namespace {

constexpr size_t mostSessions = 500; // some kilobytes each

} // namespace

void SessionCache::put(const QByteArray &key, SessionPointer session)
{
    if (m_sessions.size() >= mostSessions && !m_sessions.contains(key))
        m_sessions.erase(m_sessions.begin()); // any: each costs one full handshake
    m_sessions[key] = std::move(session);
}

SessionPointer SessionCache::take(const QByteArray &key)
{
    const auto found = m_sessions.find(key);
    if (found == m_sessions.end())
        return {};
    SessionPointer session = std::move(found->second);
    m_sessions.erase(found);
    const long age = long(std::time(nullptr)) - SSL_SESSION_get_time(session.get());
    const bool isFresh = age >= 0 && age < SSL_SESSION_get_timeout(session.get());
    return isFresh && SSL_SESSION_is_resumable(session.get()) == 1 ? std::move(session)
                                                                   : SessionPointer();
}

} // namespace headrace::tls

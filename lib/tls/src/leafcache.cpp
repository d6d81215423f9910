#include "tls/leafcache.h"

#include <QMutexLocker>

namespace headrace::tls {

namespace {

constexpr qint64 renewedBefore = 24 * 60 * 60; // seconds: a connection may last

QString keyOf(const LeafRequest &request) { return request.names.join(u'\n').toLower(); }

} // namespace

LeafCache::LeafCache(const CertificateAuthority &authority, qsizetype capacity)
    : m_authority(authority)
    , m_capacity(capacity)
{
}

Identity LeafCache::leafFor(const LeafRequest &request, TlsError *error, const QDateTime &now)
{
    const QString key = keyOf(request);
    const QMutexLocker lock(&m_mutex);
    const auto known = m_entries.find(key);
    if (known != m_entries.end()) {
        m_order.splice(m_order.begin(), m_order, known->place);
        if (now.addSecs(renewedBefore) < known->identity.validUntil)
            return known->identity;
    }
    const Identity made = m_authority.issue(request, error);
    if (made.isNull())
        return made;
    if (known != m_entries.end()) {
        known->identity = made;
        return made;
    }
    m_order.push_front(key);
    m_entries.insert(key, { made, m_order.begin() });
    if (m_entries.size() > m_capacity) {
        m_entries.remove(m_order.back());
        m_order.pop_back();
    }
    return made;
}

qsizetype LeafCache::size() const
{
    const QMutexLocker lock(&m_mutex);
    return m_entries.size();
}

} // namespace headrace::tls

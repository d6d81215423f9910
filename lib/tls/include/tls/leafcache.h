#pragma once

#include "tls/certificateauthority.h"

#include <QHash>
#include <QMutex>

#include <list>

namespace headrace::tls {

/** Leaf certificates by their names, made when they are first asked for, and again some time before they end.
    Keeps those that were asked for last. Thread: any, several at a time. */
class LeafCache
{
public:
    static constexpr qsizetype DefaultCapacity = 1000;

    /// \a authority is borrowed and outlives this.
    explicit LeafCache(const CertificateAuthority &authority, qsizetype capacity = DefaultCapacity);

    /// See CertificateAuthority::issue(). \a now: UTC; for tests.
    Identity leafFor(const LeafRequest &request, TlsError *error,
        const QDateTime &now = QDateTime::currentDateTimeUtc());

    qsizetype size() const;

private:
    using Order = std::list<QString>; ///< Keys, last used first.

    struct Entry
    {
        Identity identity;
        Order::iterator place;
    };

    const CertificateAuthority &m_authority;
    const qsizetype m_capacity;
    mutable QMutex m_mutex; ///< Guards all below, and the authority.
    QHash<QString, Entry> m_entries;
    Order m_order;
};

} // namespace headrace::tls

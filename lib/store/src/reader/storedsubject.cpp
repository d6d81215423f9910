#include "reader/storedsubject.h"

#include "reader/filereader.h"
#include "reader/storedexchange.h"

namespace headrace::store {

StoredSubject::StoredSubject(
    FileReader &reader, const Inbox &inbox, const std::atomic<bool> &isCanceled)
    : m_reader(reader)
    , m_inbox(inbox)
    , m_isCanceled(isCanceled)
{
}

void StoredSubject::setId(exchange::ExchangeId id)
{
    m_id = id;
    m_summary.reset();
    m_exchange.reset();
}

const exchange::Summary &StoredSubject::summary()
{
    if (m_exchange)
        return m_exchange->summary;
    if (!m_summary) {
        m_summary = m_inbox.summary(m_id);
        if (!m_summary)
            m_summary = m_reader.summary(m_id);
        if (!m_summary) // gone since its row was found
            m_summary.emplace();
    }
    return *m_summary;
}

const exchange::Exchange &StoredSubject::exchange()
{
    if (!m_exchange) {
        m_exchange = readExchange(m_reader, m_inbox, m_id, 0);
        if (!m_exchange)
            m_exchange.emplace();
    }
    return *m_exchange;
}

void StoredSubject::readOctets(
    int message, const std::function<bool(const exchange::Octets &)> &take)
{
    store::readOctets(m_reader, m_inbox, m_id, message,
        [&](const exchange::Octets &octets) { return !m_isCanceled && take(octets); });
}

} // namespace headrace::store

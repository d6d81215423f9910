#include "reader/storedsubject.h"

#include "reader/filereader.h"
#include "reader/storedexchange.h"
#include "record/logreader.h"

#include <exchange/exchangebuilder.h>

#include <utility>

namespace headrace::store {

namespace {

constexpr qsizetype mostKept = 1 << 20; // octets of a log

} // namespace

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
    m_waiting = m_inbox.find(id); // before the file is read: see readWholeLog()
    m_summary.reset();
    m_exchange.reset();
    m_heads.reset();
    m_logState = LogState::Unread;
}

const exchange::Summary &StoredSubject::summary()
{
    if (!m_summary) {
        m_summary = m_waiting ? m_waiting->summary : m_reader.summary(m_id);
        if (!m_summary) // gone since its row was found
            m_summary.emplace();
    }
    return *m_summary;
}

const exchange::Exchange &StoredSubject::exchange()
{
    if (!m_exchange) {
        exchange::ExchangeBuilder builder(0);
        builder.begin(summary());
        readLog([&](QByteArrayView log) { return replay(log, builder); });
        m_exchange = std::move(builder.exchange());
        m_exchange->summary = summary();
    }
    return *m_exchange;
}

const exchange::Message &StoredSubject::head(int message)
{
    if (!m_heads) {
        exchange::ExchangeBuilder builder(0);
        readLog([&](QByteArrayView log) {
            replayHeads(log, builder);
            return true;
        });
        exchange::Exchange &read = builder.exchange();
        m_heads.emplace(std::array { std::move(read.request), std::move(read.response) });
    }
    return m_heads->at(message < 0 ? 0 : 1);
}

void StoredSubject::readOctets(
    int message, const std::function<bool(const exchange::Octets &)> &take)
{
    const auto takeUnlessCanceled
        = [&](const exchange::Octets &octets) { return !m_isCanceled && take(octets); };
    readLog([&](QByteArrayView log) { return replayOctets(log, message, takeUnlessCanceled); });
}

void StoredSubject::readLog(const std::function<bool(QByteArrayView log)> &take)
{
    if (m_logState == LogState::Unread)
        keepLog();
    if (m_logState == LogState::Kept)
        take(m_log);
    else
        readWholeLog(m_reader, m_waiting, m_id, take);
}

void StoredSubject::keepLog()
{
    m_log.resize(0);
    m_logState = LogState::Kept;
    readWholeLog(m_reader, m_waiting, m_id, [this](QByteArrayView log) {
        if (m_log.size() + log.size() > mostKept)
            m_logState = LogState::Long;
        else
            m_log.append(log);
        return m_logState == LogState::Kept;
    });
}

} // namespace headrace::store

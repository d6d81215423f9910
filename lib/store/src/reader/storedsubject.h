#pragma once

#include "writer/inbox.h"

#include <exchange/filtersubject.h>

#include <array>
#include <atomic>
#include <optional>

namespace headrace::store {

class FileReader;

/** What a filter looks at of an exchange in the file, and of what waits for it: read when it is asked for. A log of
    usual length is read once, whatever is asked; a longer one anew each time, piece by piece. */
class StoredSubject : public exchange::FilterSubject
{
public:
    /// All are borrowed. Octets are given until \a isCanceled.
    StoredSubject(FileReader &reader, const Inbox &inbox, const std::atomic<bool> &isCanceled);

    /// Another exchange from here on.
    void setId(exchange::ExchangeId id);

    const exchange::Summary &summary() override;
    const exchange::Exchange &exchange() override;
    const exchange::Message &head(int message) override;
    void readOctets(
        int message, const std::function<bool(const exchange::Octets &)> &take) override;

private:
    enum class LogState
    {
        Unread,
        Kept, ///< In m_log.
        Long, ///< Too long to be kept.
    };

    void readLog(const std::function<bool(QByteArrayView log)> &take);
    void keepLog();

    FileReader &m_reader;
    const Inbox &m_inbox;
    const std::atomic<bool> &m_isCanceled;
    exchange::ExchangeId m_id = 0;
    std::optional<Inbox::Waiting> m_waiting;
    std::optional<exchange::Summary> m_summary;
    std::optional<exchange::Exchange> m_exchange;
    std::optional<std::array<exchange::Message, 2>> m_heads; // request, response
    LogState m_logState = LogState::Unread;
    QByteArray m_log;
};

} // namespace headrace::store

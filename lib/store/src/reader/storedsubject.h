#pragma once

#include "writer/inbox.h"

#include <exchange/filtersubject.h>

#include <atomic>
#include <optional>

namespace headrace::store {

class FileReader;

/// What a filter looks at of an exchange in the file, and of what waits for it: read when it is asked for.
class StoredSubject : public exchange::FilterSubject
{
public:
    /// All are borrowed. Octets are given until \a isCanceled.
    StoredSubject(FileReader &reader, const Inbox &inbox, const std::atomic<bool> &isCanceled);

    /// Another exchange from here on.
    void setId(exchange::ExchangeId id);

    const exchange::Summary &summary() override;
    const exchange::Exchange &exchange() override;
    void readOctets(
        int message, const std::function<bool(const exchange::Octets &)> &take) override;

private:
    FileReader &m_reader;
    const Inbox &m_inbox;
    const std::atomic<bool> &m_isCanceled;
    exchange::ExchangeId m_id = 0;
    std::optional<exchange::Summary> m_summary;
    std::optional<exchange::Exchange> m_exchange;
};

} // namespace headrace::store

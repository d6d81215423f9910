#pragma once

#include "file/connection.h"

#include <exchange/store.h>

#include <memory>

namespace headrace::store {

/// Reads a session file through a connection of its own. Thread: one at a time.
class FileReader
{
public:
    explicit FileReader(std::unique_ptr<Connection> connection);

    Connection &connection() { return *m_connection; }

    qsizetype count();
    exchange::ExchangeId lastId();
    QList<exchange::ExchangeId> ids(exchange::ExchangeId first, qsizetype limit);
    std::optional<exchange::Summary> summary(exchange::ExchangeId id);
    QList<exchange::HostCount> hosts();

    /// Gives the log of an exchange piece by piece, from piece \a first on, until \a take says false. Whether it
    /// never did.
    bool readLog(exchange::ExchangeId id, quint32 first,
        const std::function<bool(quint32 number, QByteArrayView log)> &take);

private:
    std::unique_ptr<Connection> m_connection;
    Statement m_summary;
    Statement m_log;
};

} // namespace headrace::store

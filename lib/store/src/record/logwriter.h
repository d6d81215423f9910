#pragma once

#include "record/logformat.h"

#include <exchange/exchange.h>

namespace headrace::store {

/// Appends calls to the log of an exchange.
class LogWriter
{
public:
    explicit LogWriter(QByteArray &log)
        : m_log(log)
    {
    }

    void setConnection(const exchange::Connection &connection);
    void setTimings(const exchange::Timings &timings);
    void setHead(int message, const exchange::Message &head);
    void addOctets(int message, const exchange::Octets &octets);
    void addUnkept(int message, exchange::Part part, qint64 count);
    void addChunk(int message, const exchange::Chunk &chunk);
    void setTrailers(int message, const exchange::FieldList &trailers);
    void setEnd(int message, qint64 time);
    void addEvent(const exchange::Event &event);
    void setFailure(const exchange::Failure &failure);
    void setClient(const exchange::Connection &client);
    void addChange(const exchange::Change &change);

private:
    class Call;

    void addConnection(LogCall call, const exchange::Connection &connection);

    QByteArray &m_log;
};

} // namespace headrace::store

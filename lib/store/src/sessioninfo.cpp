#include "store/sessioninfo.h"

#include "file/schema.h"
#include "file/sessionlock.h"

namespace headrace::store {

std::optional<SessionInfo> sessionInfo(const QString &path)
{
    SessionLock lock;
    if (lock.take(path).code == FileError::Code::InUse)
        return std::nullopt;
    Connection connection;
    // To be written: what a crashed program left in the log is only seen so.
    if (connection.open(path, Connection::Mode::ReadWrite) || checkForReading(connection))
        return std::nullopt;
    SessionInfo info;
    info.exchanges = connection.number("SELECT count(*) FROM exchange");
    info.wasClosed = connection.number("SELECT value FROM meta WHERE key = 'closed'") != 0;
    return info;
}

} // namespace headrace::store

#pragma once

#include <QString>

#include <optional>

namespace headrace::store {

/// What can be said of a session file without opening it for work.
struct SessionInfo
{
    qint64 exchanges = 0;
    bool wasClosed = false; ///< false: the program that wrote it ended without closing it.
};

/// Nothing for a file that is no session, cannot be read, or is open in another process. Thread: any.
std::optional<SessionInfo> sessionInfo(const QString &path);

} // namespace headrace::store

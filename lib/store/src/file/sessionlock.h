#pragma once

#include "store/fileerror.h"

#include <QLockFile>

#include <memory>

namespace headrace::store {

/// Keeps a second Headrace away from a session file, by a file beside it. A crashed process's lock is no lock.
class SessionLock
{
public:
    /// ReadOnly: the folder must not be written, so there is no lock. InUse: another process has it.
    [[nodiscard]] FileError take(const QString &sessionPath);
    void release();

    void swap(SessionLock &other) { m_file.swap(other.m_file); }

private:
    std::unique_ptr<QLockFile> m_file;
};

} // namespace headrace::store

#pragma once

#include "file/connection.h"

struct sqlite3_backup;

namespace headrace::store {

/** A session file on its way into another one, page by page, while it goes on being written by its own
    connection. Nothing is at the new path before finish(); deleting this takes what was copied away. */
class Saving
{
public:
    Saving(Connection &source, const QString &path);
    ~Saving();

    [[nodiscard]] FileError begin();

    /// Copies a little. 1: all is there. Repeats itself from the start when another connection wrote.
    [[nodiscard]] FileError step(double *share);

    /// Puts the copy at its path, in place of what is there.
    [[nodiscard]] FileError finish();

    const QString &path() const { return m_path; }

private:
    Connection &m_source;
    QString m_path;
    QString m_partPath;
    Connection m_target;
    sqlite3_backup *m_backup = nullptr;
};

} // namespace headrace::store

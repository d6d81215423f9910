#include "writer/checkpointer.h"

#include "file/connection.h"

#include <sqlite3.h>

#include <utility>

namespace headrace::store {

Checkpointer::Checkpointer(const QString &path)
    : m_path(path)
{
    setObjectName(QStringLiteral("checkpoints"));
}

Checkpointer::~Checkpointer()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_isStopping = true;
        m_wake.wakeAll();
    }
    wait();
}

void Checkpointer::request()
{
    const QMutexLocker lock(&m_mutex);
    m_isRequested = true;
    m_wake.wakeAll();
}

// A passive move holds up nobody. It leaves what was written meanwhile, which the next round takes: that one is
// short, and ends between two commits, so that the log begins anew. Where it cannot (disk full, a reader in an old
// state) the log grows until the next request.
void Checkpointer::run()
{
    Connection connection;
    if (connection.open(m_path, Connection::Mode::ReadWrite))
        return;
    connection.number("PRAGMA user_version"); // before its first read it knows of no log
    for (;;) {
        {
            const QMutexLocker lock(&m_mutex);
            while (!m_isRequested && !m_isStopping)
                m_wake.wait(&m_mutex);
            if (m_isStopping)
                return;
            m_isRequested = false;
        }
        for (int round = 0, pages = 1, moved = 0; round < 5 && moved < pages; ++round) {
            if (sqlite3_wal_checkpoint_v2(
                    connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved)
                != SQLITE_OK)
                break;
        }
    }
}

} // namespace headrace::store

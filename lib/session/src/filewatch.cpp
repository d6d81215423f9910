#include "session/filewatch.h"

#include <QFileInfo>

namespace headrace::session {

namespace {

constexpr std::chrono::milliseconds settleTime { 100 };

} // namespace

FileWatch::FileWatch(QObject *parent)
    : QObject(parent)
    , m_watcher(this)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(settleTime);
    const auto later = [this] { m_timer.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_timer, later);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_timer, later);
    connect(&m_timer, &QTimer::timeout, this, &FileWatch::compare);
}

void FileWatch::setFiles(const QStringList &paths)
{
    for (const QString &path : files()) {
        if (!paths.contains(path)) {
            m_stamps.remove(path);
            m_watcher.removePath(path);
        }
    }
    QStringList folders;
    for (const QString &path : paths) {
        add(path);
        folders += QFileInfo(path).path();
    }
    for (const QString &folder : m_watcher.directories()) {
        if (!folders.contains(folder))
            m_watcher.removePath(folder);
    }
}

void FileWatch::add(const QString &path)
{
    if (path.isEmpty() || m_stamps.contains(path))
        return;
    m_stamps.insert(path, stampOf(path));
    watch(path);
}

QStringList FileWatch::files() const { return m_stamps.keys(); }

void FileWatch::acknowledge(const QString &path)
{
    if (const auto found = m_stamps.find(path); found != m_stamps.end())
        *found = stampOf(path);
}

FileWatch::Stamp FileWatch::stampOf(const QString &path)
{
    const QFileInfo info(path);
    return info.isFile() ? Stamp { info.size(), info.lastModified() } : Stamp {};
}

// The folder too: a file that was replaced is watched no longer, one that appears was never.
void FileWatch::watch(const QString &path)
{
    const QFileInfo info(path);
    if (info.isFile() && !m_watcher.files().contains(path))
        m_watcher.addPath(path);
    if (QFileInfo(info.path()).isDir() && !m_watcher.directories().contains(info.path()))
        m_watcher.addPath(info.path());
}

void FileWatch::compare()
{
    QStringList changed;
    for (auto entry = m_stamps.begin(); entry != m_stamps.end(); ++entry) {
        watch(entry.key());
        const Stamp now = stampOf(entry.key());
        // A file that is gone for now has nothing to load: it is told of when it is back.
        if (now.size < 0 || now == entry.value())
            continue;
        entry.value() = now;
        changed += entry.key();
    }
    for (const QString &path : changed) {
        if (m_stamps.contains(path))
            Q_EMIT this->changed(path);
    }
}

} // namespace headrace::session

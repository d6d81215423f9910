#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace headrace::session {

/** Tells when files get another content, also when an editor puts a new file in the place of the old one, or
    when a file that was not there appears. Waits a moment, so that several writes are told of once.
    Thread: its own, with an event loop. */
class FileWatch : public QObject
{
    Q_OBJECT

public:
    explicit FileWatch(QObject *parent = nullptr);

    /// Watches these and no others. \a paths: absolute.
    void setFiles(const QStringList &paths);
    void add(const QString &path);
    QStringList files() const;

    /// What is on the disk now is known: only a later change is told. After writing it oneself.
    void acknowledge(const QString &path);

Q_SIGNALS:
    void changed(const QString &path);

private:
    struct Stamp
    {
        qint64 size = -1; // -1: not there
        QDateTime modified;

        friend bool operator==(const Stamp &, const Stamp &) = default;
    };

    static Stamp stampOf(const QString &path);
    void watch(const QString &path);
    void compare();

    QFileSystemWatcher m_watcher;
    QTimer m_timer;
    QHash<QString, Stamp> m_stamps;
};

} // namespace headrace::session

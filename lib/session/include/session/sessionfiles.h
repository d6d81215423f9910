#pragma once

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>

namespace headrace::store {
class ExchangeStore;
struct FileError;
} // namespace headrace::store

namespace headrace::session {

/// A session that was never saved under a name of the user's.
struct EarlierSession
{
    QString path;
    QDateTime changed;
    qint64 exchanges = 0;
    bool wasClosed = false; ///< false: the program ended without closing it.
};

/** The file that a session is recorded into. A new session is a file of the user's state directory from its first
    exchange on, where it stays until it is saved under a name or discarded; nothing is asked at the end. When the
    directory cannot be written, the folder for temporary files takes its place, and else memory (256 MiB).
    Thread: the session's. */
class SessionFiles : public QObject
{
    Q_OBJECT

public:
    static constexpr int KeptEarlier
        = 10; ///< Closed sessions beyond these are deleted, oldest first.

    /// \a store is borrowed. Nothing is open before startNew() or open().
    SessionFiles(
        store::ExchangeStore &store, const QString &stateDirectory, QObject *parent = nullptr);
    ~SessionFiles() override; ///< Closes; an unsaved session without exchanges is deleted.

    /// $HEADRACE_STATE_DIR, else "headrace" in $XDG_STATE_HOME or ~/.local/state.
    static QString defaultStateDirectory();

    /// Closes what is open and begins an unsaved session.
    void startNew();

    /// Closes what is open and goes on in \a path. On an error, whose text this answers, a new session is begun.
    [[nodiscard]] QString open(const QString &path);

    /// See store::ExchangeStore::saveAs(); saved() or saveFailed() follows.
    void saveAs(const QString &path);
    void cancelSave();
    bool isSaving() const;

    QString path() const; ///< Empty: in memory.
    bool isSaved() const; ///< In a file that the user named.
    QString name() const; ///< For titles: the file's name without suffix, or "Unsaved session".

    /// The file could not be written lately: closing it now loses what waits in memory.
    bool hasUnwritten() const;

    /// Unsaved sessions of before with exchanges, newest first; not those open in another Headrace.
    QList<EarlierSession> earlier() const;
    void discard(const QString &path); ///< Of an earlier session: deletes it.

Q_SIGNALS:
    void closing(); ///< The open file is closed next: who reads or writes in other threads ends.
    void changed(); ///< Another file, or another name.
    void warned(
        const QString &message); ///< Where the session is recorded instead; what was not done.
    void saveProgressed(double share);
    void saved();
    void saveFailed(const QString &message); ///< Empty: it was canceled.

private:
    QString newPathIn(const QString &directory) const;
    bool tryNewIn(const QString &directory, QString *problem);
    bool isInState(const QString &path) const;
    void closeCurrent();
    void deleteOldest();

    store::ExchangeStore &m_store;
    QString m_stateDirectory;
    QString m_unsavedPath; ///< The open file, while it has no name of the user's.
};

} // namespace headrace::session

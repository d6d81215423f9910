#pragma once

#include "writer/filewriter.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QThread>

#include <functional>
#include <vector>

namespace headrace::store {

class Checkpointer;
class Saving;

/** The thread that writes the session file: takes what is in the inbox in batches, at once after a quiet time and
    at most some twenty a second, and does what else changes the file between them, in order.
    A batch that cannot be written is kept and tried again every second; recording goes on in the inbox.
    Signals are emitted in this thread: receivers elsewhere get them queued. */
class Writer : public QThread
{
    Q_OBJECT

public:
    explicit Writer(Inbox &inbox); ///< Borrowed.
    ~Writer() override; ///< Writes what is there, if it can, and closes the file.

    /// Opens and begins. \a path: of a file, made if it is not there; or a URI of SQLite.
    [[nodiscard]] FileError start(const QString &path);

    // Thread: any. Done in order, after what the inbox has now.
    void setNote(const QList<exchange::ExchangeId> &ids, const QString &note);
    void setMark(const QList<exchange::ExchangeId> &ids, exchange::Mark mark);
    void remove(const QList<exchange::ExchangeId> &ids);
    void clear();
    void setSizeLimit(qint64 octets); ///< Of the file; beyond it, writing fails as on a full disk.
    void setClosed(); ///< The file says that it was left in order.
    void flush(); ///< Blocks until what the inbox has now is in the file, or could not be written.

    /// Copies the file to \a path and goes on there: saved() or saveFailed() follows. One at a time.
    void saveAs(const QString &path);
    void cancelSave(); ///< saveFailed() follows, without a message, unless it was over.

Q_SIGNALS:
    void written(const QList<headrace::exchange::ExchangeId> &added,
        const QList<headrace::exchange::ExchangeId> &changed);
    void removed(const QList<headrace::exchange::ExchangeId> &ids);
    void cleared();
    void delayed(const QString &problem); ///< The file cannot be written now.
    void resumed(); ///< It can again.
    void failed(const QString &problem); ///< Something the user asked for was not done.
    void saveProgressed(double share);
    void saved(const QString &path);
    void saveFailed(const headrace::store::FileError &failure);

protected:
    void run() override;

private:
    using Command = std::function<void()>;

    void post(Command command);
    void runCommands();
    void tellChanged(const FileError &failure, const QList<exchange::ExchangeId> &ids);
    void runRemoval(const QList<exchange::ExchangeId> &ids);
    void writeAll();
    bool writeBatch(); ///< Whether it is in the file.
    FileError lookForFile();
    void tell(const Batch &batch);
    void stepSaving();
    void endSaving(const FileError &failure);
    FileError open(const QString &path);
    void closeFile();
    QDeadlineTimer nextWork() const;
    std::chrono::nanoseconds untilDue();
    bool isStopping();

    Inbox &m_inbox;
    QMutex m_mutex; // guards the next two
    std::vector<Command> m_commands;
    bool m_isStopping = false;

    QString m_path; // of the file; or a URI of SQLite
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<FileWriter> m_file;
    std::unique_ptr<Checkpointer> m_checkpointer;
    std::unique_ptr<Saving> m_saving;
    std::shared_ptr<const Batch> m_batch; // could not be written yet
    QElapsedTimer m_sinceCommit;
    QElapsedTimer m_sinceWork; // that there is something to write
    QElapsedTimer m_sinceProgress;
    QElapsedTimer m_sinceLook; // for the file
    bool m_isDelayed = false;
};

} // namespace headrace::store

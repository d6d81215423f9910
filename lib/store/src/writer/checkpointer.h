#pragma once

#include <QMutex>
#include <QString>
#include <QThread>
#include <QWaitCondition>

namespace headrace::store {

/** Moves what lies in the write-ahead log into the session file, beside the writer: the disk's flushes that this
    takes would otherwise hold up commits, and what is not committed is what a crash loses. */
class Checkpointer : public QThread
{
public:
    explicit Checkpointer(const QString &path);
    ~Checkpointer() override; ///< Ends it, after the move that runs.

    void request(); ///< The log is worth moving. Thread: any.

protected:
    void run() override;

private:
    QString m_path;
    QMutex m_mutex; // guards the two below
    QWaitCondition m_wake;
    bool m_isRequested = false;
    bool m_isStopping = false;
};

} // namespace headrace::store

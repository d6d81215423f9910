#pragma once

#include "store/fileerror.h"

#include <QThread>

#include <atomic>

namespace headrace::store {

/// Copies a session file that is only read. Signals are emitted in this thread, which it ends with.
class CopyThread : public QThread
{
    Q_OBJECT

public:
    CopyThread(const QString &from, bool isImmutable, const QString &to);
    ~CopyThread() override; ///< Cancels.

    void cancel() { m_isCanceled = true; } ///< Thread: any.

Q_SIGNALS:
    void progressed(double share);
    void done(const headrace::store::FileError &failure); ///< Canceled: Failed without a message.

protected:
    void run() override;

private:
    FileError copy();

    QString m_from;
    bool m_isImmutable;
    QString m_to;
    std::atomic<bool> m_isCanceled = false;
};

} // namespace headrace::store

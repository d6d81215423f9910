#include "file/sessionlock.h"

#include <QFileInfo>

namespace headrace::store {

FileError SessionLock::take(const QString &sessionPath)
{
    release();
    auto file = std::make_unique<QLockFile>(sessionPath + QStringLiteral(".lock"));
    file->setStaleLockTime(0); // only the death of its process makes it stale
    if (file->tryLock(0)) {
        m_file = std::move(file);
        return {};
    }
    const QString name = QFileInfo(sessionPath).fileName();
    switch (file->error()) {
    case QLockFile::LockFailedError:
        return { FileError::Code::InUse,
            QStringLiteral("%1 is open in another Headrace.").arg(name) };
    case QLockFile::PermissionError: {
        const QFileInfo folder(QFileInfo(sessionPath).absolutePath());
        if (!folder.exists())
            return { FileError::Code::NotFound,
                QStringLiteral("There is no folder %1.").arg(folder.filePath()) };
        return { FileError::Code::ReadOnly,
            QStringLiteral("The folder of %1 must not be written.").arg(name) };
    }
    default:
        return { QFileInfo(QFileInfo(sessionPath).absolutePath()).exists()
                ? FileError::Code::Failed
                : FileError::Code::NotFound,
            QStringLiteral("%1 cannot be locked.").arg(name) };
    }
}

void SessionLock::release() { m_file.reset(); }

} // namespace headrace::store

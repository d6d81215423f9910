#include "tls/keylog.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

namespace headrace::tls {

KeyLog::KeyLog(int descriptor)
    : m_descriptor(descriptor)
{
}

KeyLog::~KeyLog() { ::close(m_descriptor); }

std::shared_ptr<KeyLog> KeyLog::open(const QString &path, TlsError *error)
{
    const int descriptor = ::open(
        QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        *error = { TlsError::Code::NotWritable,
            QStringLiteral("%1: %2").arg(path, QString::fromLocal8Bit(strerror(errno))) };
        return {};
    }
    return std::shared_ptr<KeyLog>(new KeyLog(descriptor));
}

QString KeyLog::environmentPath() { return QFile::decodeName(qgetenv("SSLKEYLOGFILE")); }

void KeyLog::append(QByteArrayView line)
{
    // One write: what several append stays apart. A full disk costs lines of the log, not the connection.
    const QByteArray octets = line.toByteArray() + '\n';
    [[maybe_unused]] const ssize_t written
        = ::write(m_descriptor, octets.constData(), size_t(octets.size()));
}

} // namespace headrace::tls

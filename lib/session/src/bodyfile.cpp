#include "bodyfile_p.h"

namespace headrace::session {

BodyFile::BodyFile(const QString &path, qint64 octets, QObject *parent)
    : QFile(path, parent)
    , m_left(octets)
{
}

bool BodyFile::atEnd() const { return m_hasEnded || m_left == 0; }

bool BodyFile::isSequential() const { return false; }

qint64 BodyFile::readData(char *data, qint64 size)
{
    if (m_left < 0) {
        const qint64 count = QFile::readData(data, size);
        m_hasEnded = count == 0;
        return count;
    }
    if (m_left == 0)
        return 0;
    const qint64 count = QFile::readData(data, qMin(size, m_left));
    if (count > 0) {
        m_left -= count;
        return count;
    }
    if (count == 0)
        setErrorString(QStringLiteral("%1 became shorter while it was sent.").arg(fileName()));
    return -1;
}

} // namespace headrace::session

#include "bodyfile_p.h"
#include "bodypieces_p.h"

#include <cstring>

namespace headrace::session {

BodyPieces::BodyPieces(const QList<BodyPart> &parts, QObject *parent)
    : QIODevice(parent)
    , m_parts(parts)
{
}

bool BodyPieces::open(OpenMode mode)
{
    for (const BodyPart &part : std::as_const(m_parts)) {
        if (part.filePath.isEmpty() || part.size < 0) // opening a pipe would wait for its writer
            continue;
        QFile file(part.filePath);
        if (file.open(QIODevice::ReadOnly))
            continue;
        m_failedPath = part.filePath;
        setErrorString(file.errorString());
        return false;
    }
    return QIODevice::open(mode | QIODevice::Unbuffered);
}

bool BodyPieces::atEnd() const { return m_index >= m_parts.size(); }

bool BodyPieces::isSequential() const { return false; }

QString BodyPieces::failedPath() const { return m_failedPath; }

qint64 BodyPieces::readData(char *data, qint64 size)
{
    qint64 count = 0;
    while (count < size && !atEnd()) {
        const qint64 more = readPart(data + count, size - count);
        if (more < 0)
            return -1;
        if (more == 0)
            nextPart();
        count += more;
        if (m_file && more > 0)
            break; // a pipe may have no more for now
    }
    // Whoever reads to the end is to see it, not an empty read.
    while (!atEnd() && m_parts.at(m_index).filePath.isEmpty()
        && m_offset == m_parts.at(m_index).octets.size())
        nextPart();
    return count;
}

// 0: the part has ended.
qint64 BodyPieces::readPart(char *data, qint64 size)
{
    const BodyPart &part = m_parts.at(m_index);
    if (part.filePath.isEmpty()) {
        const qint64 count = qMin<qint64>(size, part.octets.size() - m_offset);
        std::memcpy(data, part.octets.constData() + m_offset, size_t(count));
        m_offset += count;
        return count;
    }
    if (!m_file) {
        m_file = std::make_unique<BodyFile>(part.filePath, part.size, nullptr);
        if (!m_file->open(QIODevice::ReadOnly)) {
            m_failedPath = part.filePath;
            setErrorString(
                QStringLiteral("%1 cannot be read: %2.").arg(part.filePath, m_file->errorString()));
            return -1;
        }
    }
    const qint64 count = m_file->read(data, size);
    if (count < 0)
        setErrorString(m_file->errorString());
    return count == 0 && !m_file->atEnd() ? -1 : count;
}

void BodyPieces::nextPart()
{
    ++m_index;
    m_offset = 0;
    m_file.reset();
}

qint64 BodyPieces::writeData(const char *, qint64) { return -1; }

} // namespace headrace::session

#include "exchange/octetspool.h"

#include <QMutex>
#include <QTemporaryFile>

#include <algorithm>
#include <utility>

namespace headrace::exchange {

namespace {

class FileOctets : public OctetSource
{
public:
    FileOctets(std::unique_ptr<QTemporaryFile> file, qint64 size)
        : m_file(std::move(file))
        , m_size(size)
    {
    }

    qint64 size() const override { return m_size; }

    QByteArray read(qint64 offset, qint64 length) const override
    {
        const qint64 begin = std::clamp<qint64>(offset, 0, m_size);
        const qint64 wanted = std::clamp<qint64>(length, 0, m_size - begin);
        const QMutexLocker lock(&m_mutex);
        return m_file->seek(begin) ? m_file->read(wanted) : QByteArray();
    }

private:
    mutable QMutex m_mutex; // guards the place in the file
    std::unique_ptr<QTemporaryFile> m_file;
    qint64 m_size;
};

} // namespace

OctetSpool::OctetSpool(qint64 memoryLimit)
    : m_memoryLimit(memoryLimit)
{
}

OctetSpool::~OctetSpool() = default;

bool OctetSpool::append(const QByteArray &octets)
{
    if (!m_error.isEmpty())
        return false;
    if (!m_file && m_size + octets.size() <= m_memoryLimit) {
        m_memory += octets;
        m_size += octets.size();
        return true;
    }
    if (!m_file) {
        m_file = std::make_unique<QTemporaryFile>();
        if (!m_file->open()) {
            m_error = m_file->errorString();
            m_file.reset();
            return false;
        }
        m_size = 0;
        if (!write(std::exchange(m_memory, {})))
            return false;
    }
    return write(octets);
}

bool OctetSpool::write(const QByteArray &octets)
{
    const qint64 written = m_file->write(octets);
    m_size += std::max<qint64>(0, written);
    if (written == octets.size())
        return true;
    m_error = m_file->errorString();
    return false;
}

qint64 OctetSpool::size() const { return m_size; }

QString OctetSpool::error() const { return m_error; }

OctetSourcePointer OctetSpool::take()
{
    if (!m_file)
        return std::make_shared<MemoryOctets>(std::exchange(m_memory, {}));
    if (!m_file->flush()) {
        m_error = m_file->errorString();
        m_size = std::min(m_size, m_file->size());
    }
    return std::make_shared<FileOctets>(std::move(m_file), m_size);
}

} // namespace headrace::exchange

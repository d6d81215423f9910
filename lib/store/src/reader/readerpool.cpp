#include "reader/readerpool.h"

#include "file/schema.h"

namespace headrace::store {

namespace {

constexpr size_t mostIdle = 4;

} // namespace

ReaderPool::Loan::Loan(ReaderPool *pool, std::unique_ptr<FileReader> reader, int generation)
    : m_pool(pool)
    , m_reader(std::move(reader))
    , m_generation(generation)
{
}

ReaderPool::Loan::~Loan()
{
    if (m_reader)
        m_pool->giveBack(std::move(m_reader), m_generation);
}

void ReaderPool::setFile(const QString &path, Connection::Mode mode)
{
    const QMutexLocker lock(&m_mutex);
    m_path = path;
    m_mode = mode;
    ++m_generation;
    m_idle.clear();
}

ReaderPool::Loan ReaderPool::take()
{
    QString path;
    Connection::Mode mode;
    int generation = 0;
    {
        const QMutexLocker lock(&m_mutex);
        generation = m_generation;
        if (!m_idle.empty()) {
            auto reader = std::move(m_idle.back());
            m_idle.pop_back();
            return Loan(this, std::move(reader), generation);
        }
        path = m_path;
        mode = m_mode;
    }
    auto connection = std::make_unique<Connection>();
    if (path.isEmpty() || connection->open(path, mode) || checkForReading(*connection))
        return Loan(this, nullptr, generation);
    return Loan(this, std::make_unique<FileReader>(std::move(connection)), generation);
}

void ReaderPool::giveBack(std::unique_ptr<FileReader> reader, int generation)
{
    const QMutexLocker lock(&m_mutex);
    if (generation == m_generation && m_idle.size() < mostIdle)
        m_idle.push_back(std::move(reader));
}

} // namespace headrace::store

#pragma once

#include "reader/filereader.h"

#include <QMutex>

#include <memory>
#include <vector>

namespace headrace::store {

/** Open readers of the session file, each used by one thread at a time. Thread: any. */
class ReaderPool
{
public:
    /// A reader on loan; goes back by itself. Empty (false) when the file cannot be opened.
    class Loan
    {
    public:
        Loan(ReaderPool *pool, std::unique_ptr<FileReader> reader, int generation);
        ~Loan();
        Q_DISABLE_COPY(Loan)

        explicit operator bool() const { return m_reader != nullptr; }

        FileReader *operator->() const { return m_reader.get(); }

        FileReader &operator*() const { return *m_reader; }

    private:
        ReaderPool *m_pool;
        std::unique_ptr<FileReader> m_reader;
        int m_generation;
    };

    /// Readers from now on are of this file; those on loan go on with the one before. Empty: none.
    void setFile(const QString &path, Connection::Mode mode);

    Loan take();

private:
    void giveBack(std::unique_ptr<FileReader> reader, int generation);

    QMutex m_mutex; // guards all below
    QString m_path;
    Connection::Mode m_mode = Connection::Mode::ReadOnly;
    int m_generation = 0;
    std::vector<std::unique_ptr<FileReader>> m_idle;
};

} // namespace headrace::store

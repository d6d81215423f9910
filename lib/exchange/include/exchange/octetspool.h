#pragma once

#include "exchange/octetsource.h"

#include <QString>

#include <memory>

class QTemporaryFile;

namespace headrace::exchange {

/** Takes octets in order and gives them as a source: a few from memory, many from a file in the folder for
    temporary files that has no name where the system can do that, and goes with the source.
    Thread: one at a time. */
class OctetSpool
{
public:
    /// More than that go to a file. Unit: octets.
    static constexpr qint64 MemoryLimit = qint64(4) * 1024 * 1024;

    explicit OctetSpool(qint64 memoryLimit = MemoryLimit);
    ~OctetSpool();
    Q_DISABLE_COPY_MOVE(OctetSpool)

    /// False when the file cannot be written: error() says why, and what was taken before stays.
    bool append(const QByteArray &octets);
    qint64 size() const;
    QString error() const; ///< For people; empty without one.

    /// What was taken so far, once; nothing is taken after that.
    OctetSourcePointer take();

private:
    bool write(const QByteArray &octets);

    qint64 m_memoryLimit;
    QByteArray m_memory;
    std::unique_ptr<QTemporaryFile> m_file;
    qint64 m_size = 0;
    QString m_error;
};

} // namespace headrace::exchange

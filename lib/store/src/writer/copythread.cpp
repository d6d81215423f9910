#include "writer/copythread.h"

#include "writer/saving.h"

namespace headrace::store {

CopyThread::CopyThread(const QString &from, bool isImmutable, const QString &to)
    : m_from(from)
    , m_isImmutable(isImmutable)
    , m_to(to)
{
}

CopyThread::~CopyThread()
{
    cancel();
    wait();
}

void CopyThread::run() { Q_EMIT done(copy()); }

FileError CopyThread::copy()
{
    Connection source;
    if (FileError failure = source.open(
            m_from, m_isImmutable ? Connection::Mode::Immutable : Connection::Mode::ReadOnly))
        return failure;
    Saving saving(source, m_to);
    if (FileError failure = saving.begin())
        return failure;
    for (double share = 0; share < 1;) {
        if (m_isCanceled)
            return { FileError::Code::Failed, {} };
        if (FileError failure = saving.step(&share))
            return failure;
        Q_EMIT progressed(share);
    }
    return saving.finish();
}

} // namespace headrace::store

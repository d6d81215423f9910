#pragma once

#include <QByteArrayView>
#include <QString>

#include <memory>

namespace headrace::exchange::decoding {

/// What one call has done.
struct Progress
{
    qsizetype consumed = 0;
    qsizetype produced = 0;
    QString error; ///< One sentence; empty if all is well. Behind it there is nothing.
};

/// Takes one coding off. Neither counts nor keeps what it is given.
class Stage
{
public:
    virtual ~Stage() = default;

    /// Decodes \a octets, as many as it can, into the \a size octets at \a to. Without room left there may be more
    /// to come even though all was consumed. After the end it consumes nothing.
    virtual Progress run(QByteArrayView octets, char *to, qsizetype size) = 0;

    /// What was given may be all: it is complete.
    virtual bool mayEnd() const = 0;

    /// Octets that follow do not belong to it.
    virtual bool isOver() const = 0;

    /// Octets it consumed that turned out not to belong to it, or may yet.
    virtual qsizetype looseOctets() const { return 0; }
};

/// Null for an unknown \a coding. Lower case.
std::unique_ptr<Stage> makeStage(QByteArrayView coding);

std::unique_ptr<Stage> makeGzip();
std::unique_ptr<Stage> makeDeflate();
std::unique_ptr<Stage> makeBrotli();
std::unique_ptr<Stage> makeZstd();

} // namespace headrace::exchange::decoding

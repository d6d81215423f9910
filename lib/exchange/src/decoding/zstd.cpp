#include "decoding/stage.h"

#include <zstd.h>

namespace headrace::exchange::decoding {

namespace {

constexpr int maxWindowLog = 23; // RFC 9659 section 3: 8 MiB

/// RFC 8878: frames one behind the other.
class Zstd : public Stage
{
public:
    Zstd()
        : m_stream(ZSTD_createDCtx())
    {
        if (m_stream)
            ZSTD_DCtx_setParameter(m_stream, ZSTD_d_windowLogMax, maxWindowLog);
    }

    ~Zstd() override { ZSTD_freeDCtx(m_stream); }

    Q_DISABLE_COPY_MOVE(Zstd)

    Progress run(QByteArrayView octets, char *to, qsizetype size) override
    {
        if (!m_stream)
            return { 0, 0, QStringLiteral("There is not enough memory to decode the data.") };
        if (octets.isEmpty() && m_isBetween)
            return {}; // else it would begin a frame
        ZSTD_inBuffer in { octets.data(), size_t(octets.size()), 0 };
        ZSTD_outBuffer out { to, size_t(size), 0 };
        const size_t result = ZSTD_decompressStream(m_stream, &out, &in);
        Progress progress { qsizetype(in.pos), qsizetype(out.pos), {} };
        m_isBetween = result == 0;
        if (ZSTD_isError(result)) {
            const QString reason = QString::fromLatin1(ZSTD_getErrorName(result));
            progress.error = QStringLiteral("The compressed data is damaged: %1.").arg(reason);
            // The library's number of this is not in its stable part.
            if (reason.contains(QLatin1StringView("too much memory")))
                progress.error = QStringLiteral("The data needs a window of more than 8 MiB.");
        }
        return progress;
    }

    bool mayEnd() const override { return m_isBetween; }

    bool isOver() const override { return false; }

private:
    ZSTD_DCtx *m_stream;
    bool m_isBetween = false; ///< Behind a whole frame.
};

} // namespace

std::unique_ptr<Stage> makeZstd() { return std::make_unique<Zstd>(); }

} // namespace headrace::exchange::decoding

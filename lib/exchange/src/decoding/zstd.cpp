#include "decoding/stage.h"

#include <zstd.h>

#include <algorithm>

namespace headrace::exchange::decoding {

namespace {

constexpr int maxWindowLog = 23; // RFC 9659 section 3: 8 MiB
constexpr qsizetype frameStart = 5; // octets of the least header
constexpr qsizetype blockStart = 3;
constexpr QByteArrayView frameMagic("\x28\xb5\x2f\xfd");
constexpr QByteArrayView skippableMagic("\x50\x2a\x4d\x18"); // or \x51 to \x5f

QString messageOf(size_t result)
{
    const QString reason = QString::fromLatin1(ZSTD_getErrorName(result));
    // The library's number of this is not in its stable part.
    if (reason.contains(QLatin1StringView("too much memory")))
        return QStringLiteral("The data needs a window of more than 8 MiB.");
    return QStringLiteral("The compressed data is damaged: %1.").arg(reason);
}

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
        if (m_holdsBack) { // first what an error behind it would swallow
            Progress progress = call({}, to, size);
            if (progress.produced > 0 || !progress.error.isEmpty())
                return progress;
        }
        if (octets.isEmpty() && m_isBetween)
            return {}; // else it would begin a frame
        // A call that fails gives nothing: so one block at a time.
        octets = octets.first(std::min(octets.size(), m_wanted));
        if (!begins(octets))
            return { 0, 0, QStringLiteral("The data is not in the format of zstd.") };
        return call(octets, to, size);
    }

    bool mayEnd() const override { return m_isBetween; }

    bool isOver() const override { return false; }

private:
    /// The library also reads what zstd wrote before its format was settled, but nobody may send that.
    bool begins(QByteArrayView octets)
    {
        for (const char octet : octets) {
            if (m_begun == 0)
                m_magic = (uchar(octet) & 0xf0) == 0x50 ? skippableMagic : frameMagic;
            if (m_begun == m_magic.size())
                break;
            const bool isAnyNumber = m_begun == 0 && m_magic == skippableMagic;
            if (octet != m_magic[m_begun++] && !isAnyNumber)
                return false;
        }
        return true;
    }

    Progress call(QByteArrayView octets, char *to, qsizetype size)
    {
        ZSTD_inBuffer in { octets.data(), size_t(octets.size()), 0 };
        ZSTD_outBuffer out { to, size_t(size), 0 };
        const size_t result = ZSTD_decompressStream(m_stream, &out, &in);
        Progress progress { qsizetype(in.pos), qsizetype(out.pos), {} };
        if (ZSTD_isError(result)) {
            progress.error = messageOf(result);
            return progress;
        }
        m_isBetween = result == 0;
        if (m_isBetween)
            m_begun = 0;
        m_holdsBack = out.pos == out.size && !m_isBetween;
        // The library would like the header of the next block with each.
        const auto hint = qsizetype(result);
        m_wanted = m_isBetween ? frameStart : hint > blockStart ? hint - blockStart : hint;
        return progress;
    }

    ZSTD_DCtx *m_stream;
    qsizetype m_wanted = frameStart;
    QByteArrayView m_magic;
    qsizetype m_begun = 0; ///< Octets of it.
    bool m_holdsBack = false; ///< There was no room for more.
    bool m_isBetween = true; ///< Two frames.
};

} // namespace

std::unique_ptr<Stage> makeZstd() { return std::make_unique<Zstd>(); }

} // namespace headrace::exchange::decoding

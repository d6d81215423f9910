#include "decoding/stage.h"

#include <QByteArray>

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace headrace::exchange::decoding {

namespace {

constexpr int windowBits = 15;

uInt clamped(qsizetype size)
{
    return uInt(std::min<qsizetype>(size, std::numeric_limits<int>::max()));
}

// zlib's own words, as a sentence.
QString messageOf(const z_stream &stream, int result)
{
    if (result == Z_NEED_DICT)
        return QStringLiteral("The data needs a preset dictionary.");
    if (result == Z_MEM_ERROR)
        return QStringLiteral("There is not enough memory to decode the data.");
    const QString reason
        = stream.msg ? QString::fromLatin1(stream.msg) : QStringLiteral("invalid data");
    return QStringLiteral("The compressed data is damaged: %1.").arg(reason);
}

/// One zlib stream in whatever wrapper.
class Inflater
{
public:
    explicit Inflater(int bits)
        : m_isReady(inflateInit2(&m_stream, bits) == Z_OK)
    {
    }

    ~Inflater()
    {
        if (m_isReady)
            inflateEnd(&m_stream);
    }

    Q_DISABLE_COPY_MOVE(Inflater)

    bool isAtEnd() const { return m_isAtEnd; }

    void restart()
    {
        inflateReset(&m_stream);
        m_isAtEnd = false;
    }

    Progress run(QByteArrayView octets, char *to, qsizetype size)
    {
        if (!m_isReady)
            return { 0, 0, messageOf(m_stream, Z_MEM_ERROR) };
        m_stream.next_in
            = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(octets.data())); // never written
        m_stream.avail_in = clamped(octets.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(to);
        m_stream.avail_out = clamped(size);
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        Progress progress { clamped(octets.size()) - qsizetype(m_stream.avail_in),
            clamped(size) - qsizetype(m_stream.avail_out), {} };
        m_isAtEnd = result == Z_STREAM_END;
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            progress.error = messageOf(m_stream, result);
        return progress;
    }

private:
    z_stream m_stream {};
    bool m_isReady;
    bool m_isAtEnd = false;
};

/// RFC 1952: members one behind the other; what does not begin as one is no member.
class Gzip : public Stage
{
public:
    Progress run(QByteArrayView octets, char *to, qsizetype size) override
    {
        switch (m_state) {
        case State::Member:
            break;
        case State::Between: {
            qsizetype used = 0;
            while (m_begun < magic.size() && used < octets.size()) {
                if (octets[used] != magic[m_begun]) {
                    m_state = State::Over;
                    return { used, 0, {} };
                }
                ++used;
                ++m_begun;
            }
            if (m_begun == magic.size()) {
                m_state = State::Member;
                m_inflater.restart();
                m_inflater.run(magic, to, size); // is a part of a header: gives nothing
                m_begun = 0;
            }
            return { used, 0, {} };
        }
        case State::Over:
            return {};
        }
        Progress progress = m_inflater.run(octets, to, size);
        if (m_inflater.isAtEnd())
            m_state = State::Between;
        return progress;
    }

    bool mayEnd() const override { return m_state != State::Member; }

    bool isOver() const override { return m_state == State::Over; }

    qsizetype looseOctets() const override { return m_begun; }

private:
    enum class State
    {
        Member,
        Between,
        Over
    };
    static constexpr QByteArrayView magic { "\x1f\x8b", 2 };

    Inflater m_inflater { windowBits + 16 };
    State m_state = State::Member;
    qsizetype m_begun = 0; ///< Octets of the next member's magic.
};

/// "deflate" is RFC 1950, but some send RFC 1951 without it (RFC 9110 section 8.4.1.2): the first two octets tell.
class Deflate : public Stage
{
public:
    Progress run(QByteArrayView octets, char *to, qsizetype size) override
    {
        if (m_inflater) {
            if (m_inflater->isAtEnd())
                return {};
            return m_inflater->run(octets, to, size);
        }
        const qsizetype used = std::min<qsizetype>(2 - m_first.size(), octets.size());
        m_first += octets.first(used).toByteArray();
        if (m_first.size() < 2)
            return { used, 0, {} };
        const int method = uchar(m_first[0]);
        const bool isWrapped = (method & 0x0f) == Z_DEFLATED && (method >> 4) <= 7
            && (method * 256 + uchar(m_first[1])) % 31 == 0;
        m_inflater = std::make_unique<Inflater>(isWrapped ? windowBits : -windowBits);
        Progress progress = m_inflater->run(m_first, to, size);
        progress.consumed = used;
        return progress;
    }

    bool mayEnd() const override { return m_inflater && m_inflater->isAtEnd(); }

    bool isOver() const override { return mayEnd(); }

private:
    QByteArray m_first;
    std::unique_ptr<Inflater> m_inflater;
};

} // namespace

std::unique_ptr<Stage> makeGzip() { return std::make_unique<Gzip>(); }

std::unique_ptr<Stage> makeDeflate() { return std::make_unique<Deflate>(); }

} // namespace headrace::exchange::decoding

#include "websocket/inflater.h"

#include <array>

namespace headrace::exchange::websocket {

namespace {

constexpr int rawWindowBits = -15; // the largest window decodes what any smaller one wrote
constexpr size_t pieceSize = 16 * 1024;
constexpr QByteArrayView flushTail { "\x00\x00\xff\xff", 4 }; // which senders leave out

} // namespace

Inflater::Inflater(bool hasContext)
    : m_hasContext(hasContext)
    , m_isReady(inflateInit2(&m_stream, rawWindowBits) == Z_OK)
    , m_isUsable(m_isReady)
{
}

Inflater::~Inflater()
{
    if (m_isReady)
        inflateEnd(&m_stream);
}

bool Inflater::feed(QByteArrayView octets, const std::function<bool(QByteArrayView)> &take)
{
    std::array<char, pieceSize> piece;
    m_stream.next_in
        = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(octets.data())); // never written
    m_stream.avail_in = uInt(octets.size());
    do {
        if (!m_isUsable)
            return false;
        m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        m_stream.avail_out = uInt(piece.size());
        const int result = inflate(&m_stream, Z_SYNC_FLUSH);
        const auto made = qsizetype(piece.size() - m_stream.avail_out);
        m_isUsable = (made == 0 || take({ piece.data(), made }))
            && (result == Z_OK || result == Z_BUF_ERROR || result == Z_STREAM_END);
        if (m_isUsable && result == Z_STREAM_END)
            m_isUsable = goOnBehindTheEnd();
        if (result == Z_BUF_ERROR && made == 0)
            break;
    } while (m_stream.avail_in > 0 || m_stream.avail_out == 0);
    return m_isUsable;
}

bool Inflater::endMessage(const std::function<bool(QByteArrayView)> &take)
{
    return feed(flushTail, take);
}

void Inflater::beginMessage()
{
    if (m_isReady && !m_hasContext)
        m_isUsable = inflateReset(&m_stream) == Z_OK;
}

// Some senders close the stream with the message (section 7.2.3.4): more blocks follow, and look back at the same window.
bool Inflater::goOnBehindTheEnd()
{
    std::array<Bytef, 32 * 1024> window;
    uInt size = 0;
    return inflateGetDictionary(&m_stream, window.data(), &size) == Z_OK
        && inflateReset(&m_stream) == Z_OK
        && (size == 0 || inflateSetDictionary(&m_stream, window.data(), size) == Z_OK);
}

} // namespace headrace::exchange::websocket

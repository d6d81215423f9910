#include "exchange/websocket.h"

#include <QRandomGenerator>

#include <wslay/wslay.h>
#include <zlib.h>

#include <cstring>

namespace headrace::exchange {

namespace {

constexpr int smallestWindow = 9; // zlib writes no smaller one without a wrapper
constexpr int memoryLevel = 8; // its default

/// What wslay writes, and the mask that it asks for.
struct Written
{
    QByteArray octets;
    std::array<char, 4> mask {};

    static ssize_t send(const uint8_t *data, size_t size, int, void *self)
    {
        static_cast<Written *>(self)->octets.append(
            reinterpret_cast<const char *>(data), qsizetype(size));
        return ssize_t(size);
    }

    static int makeMask(uint8_t *to, size_t size, void *self)
    {
        const std::array<char, 4> &mask = static_cast<Written *>(self)->mask;
        std::memcpy(to, mask.data(), std::min(size, mask.size()));
        return 0;
    }
};

std::array<char, 4> randomMask()
{
    const quint32 number = QRandomGenerator::system()->generate();
    std::array<char, 4> mask;
    std::memcpy(mask.data(), &number, mask.size());
    return mask;
}

} // namespace

QByteArray WebSocketFrame::toOctets() const
{
    Written written;
    written.mask = mask.value_or(std::array<char, 4> {});
    wslay_frame_context_ptr context = nullptr;
    const wslay_frame_callbacks callbacks { &Written::send, nullptr, &Written::makeMask };
    if (wslay_frame_context_init(&context, &callbacks, &written) != 0)
        return {}; // no memory
    wslay_frame_iocb frame {};
    frame.fin = isFinal;
    frame.rsv = isCompressed ? WSLAY_RSV1_BIT : WSLAY_RSV_NONE;
    frame.opcode = uint8_t(opcode);
    frame.payload_length = uint64_t(payload.size());
    frame.mask = mask.has_value();
    const QByteArrayView whole = payload;
    qsizetype sent = 0;
    do { // also of nothing: a header
        frame.data = reinterpret_cast<const uint8_t *>(whole.data()) + sent;
        frame.data_length = size_t(whole.size() - sent);
        const ssize_t result = wslay_frame_send(context, &frame);
        if (result < 0) { // a control frame that is too long, or in pieces
            written.octets.clear();
            break;
        }
        sent += result;
    } while (sent < whole.size());
    wslay_frame_context_free(context);
    return written.octets;
}

/// Compresses messages. Source: RFC 7692 section 7.2.1.
class WebSocketWriter::Deflater
{
public:
    Deflater(int windowBits, bool hasContext)
        : m_hasContext(hasContext)
        , m_isReady(windowBits >= smallestWindow
              && deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -windowBits,
                     memoryLevel, Z_DEFAULT_STRATEGY)
                  == Z_OK)
    {
    }

    ~Deflater()
    {
        if (m_isReady)
            deflateEnd(&m_stream);
    }

    Q_DISABLE_COPY_MOVE(Deflater)

    bool isReady() const { return m_isReady; }

    QByteArray run(QByteArrayView payload)
    {
        QByteArray result;
        m_stream.next_in
            = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(payload.data())); // never written
        m_stream.avail_in = uInt(payload.size());
        do {
            const qsizetype at = result.size();
            result.resize(at + std::max<qsizetype>(payload.size() / 2, 256));
            m_stream.next_out = reinterpret_cast<Bytef *>(result.data() + at);
            m_stream.avail_out = uInt(result.size() - at);
            deflate(&m_stream, Z_SYNC_FLUSH);
            result.resize(result.size() - qsizetype(m_stream.avail_out));
        } while (m_stream.avail_out == 0);
        if (!m_hasContext)
            deflateReset(&m_stream);
        result.chop(4); // of the flush; who reads adds it
        return result.isEmpty() ? QByteArray(1, '\0') : result;
    }

private:
    z_stream m_stream {};
    bool m_hasContext;
    bool m_isReady;
};

WebSocketWriter::WebSocketWriter(
    Direction direction, const std::optional<WebSocketDeflate> &deflate)
    : m_direction(direction)
{
    if (!deflate)
        return;
    m_deflater = std::make_unique<Deflater>(
        deflate->windowBits(direction), deflate->hasContext(direction));
    if (!m_deflater->isReady())
        m_deflater.reset();
}

WebSocketWriter::~WebSocketWriter() = default;
WebSocketWriter::WebSocketWriter(WebSocketWriter &&) noexcept = default;
WebSocketWriter &WebSocketWriter::operator=(WebSocketWriter &&) noexcept = default;

QByteArray WebSocketWriter::write(int opcode, QByteArrayView payload)
{
    WebSocketFrame frame;
    frame.opcode = opcode;
    frame.payload = payload;
    if (m_direction == Direction::Request)
        frame.mask = randomMask();
    if (!m_deflater || opcode >= WebSocketMessage::Close)
        return frame.toOctets();
    const QByteArray compressed = m_deflater->run(payload);
    frame.payload = compressed;
    frame.isCompressed = true;
    return frame.toOctets();
}

} // namespace headrace::exchange

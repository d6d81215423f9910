#include "websocket/channel.h"

#include <algorithm>
#include <cstring>

namespace headrace::exchange {

namespace {

constexpr uint8_t compressedBit = WSLAY_RSV1_BIT;

// RFC 6455 section 5.2. wslay takes lengths in their shortest form alone, so they tell how long the header was.
qint64 headerSize(const wslay_frame_iocb &frame)
{
    const qint64 length = frame.payload_length > 0xffff ? 8 : frame.payload_length > 125 ? 2 : 0;
    return 2 + length + (frame.mask ? 4 : 0);
}

bool isKnown(int opcode)
{
    return opcode <= WebSocketMessage::Binary
        || (opcode >= WebSocketMessage::Close && opcode <= WebSocketMessage::Pong);
}

// RFC 6455 section 7.4: those of the registry, of libraries and of applications.
bool mayBeSent(int code)
{
    if (code >= 3000)
        return code < 5000;
    return code >= 1000 && code < 1016 && code != 1004 && code != 1005 && code != 1006
        && code != 1015;
}

} // namespace

WebSocketReader::Channel::Channel(
    Direction direction, const std::optional<WebSocketDeflate> &deflate, qsizetype kept)
    : m_direction(direction)
    , m_hasDeflate(deflate.has_value())
    , m_kept(kept)
    , m_inflater(deflate && deflate->hasContext(direction))
{
    const wslay_frame_callbacks callbacks { nullptr, &Channel::receive, nullptr };
    m_isBroken = wslay_frame_context_init(&m_context, &callbacks, this) != 0; // no memory
}

WebSocketReader::Channel::~Channel() { wslay_frame_context_free(m_context); }

ssize_t WebSocketReader::Channel::receive(uint8_t *to, size_t size, int, void *user)
{
    QByteArrayView &input = static_cast<Channel *>(user)->m_input;
    const qsizetype count = std::min(qsizetype(size), input.size());
    if (count == 0)
        return -1; // it asks again
    std::memcpy(to, input.data(), size_t(count));
    input = input.sliced(count);
    return count;
}

QList<WebSocketMessage> WebSocketReader::Channel::feed(QByteArrayView octets, qint64 time)
{
    QList<WebSocketMessage> messages;
    m_fed += octets.size();
    if (m_isBroken || octets.isEmpty())
        return messages;
    m_input = octets;
    m_time = time;
    if (m_frameTime < 0)
        m_frameTime = time;
    for (;;) {
        wslay_frame_iocb frame {};
        const ssize_t result = wslay_frame_recv(m_context, &frame);
        if (result == WSLAY_ERR_WANT_READ)
            break;
        if (result < 0) {
            breakOff(&messages);
            break;
        }
        if (!m_isInFrame)
            beginFrame(frame, &messages);
        addData({ reinterpret_cast<const char *>(frame.data), qsizetype(frame.data_length) });
        if (m_seen == frame.payload_length)
            endFrame(frame, &messages);
    }
    return messages;
}

void WebSocketReader::Channel::beginFrame(
    const wslay_frame_iocb &frame, QList<WebSocketMessage> *messages)
{
    m_isInFrame = true;
    m_isControl = wslay_is_ctrl_frame(frame.opcode);
    m_seen = 0;
    Open &open = current();
    const bool isContinuation = frame.opcode == WebSocketMessage::Continuation;
    if (open.isOpen && !isContinuation) { // another message in its midst
        open.message.violations |= WebSocketMessage::NoContinuation;
        messages->append(open.message);
        open.isOpen = false;
    }
    const bool isFirst = !open.isOpen;
    if (isFirst) {
        open = {};
        open.isOpen = true;
        open.message.direction = m_direction;
        open.message.opcode = frame.opcode;
        open.message.firstTime = m_frameTime;
        open.message.offset = m_frameBegin;
        open.message.isMasked = frame.mask;
        open.message.isCompressed
            = m_hasDeflate && !m_isControl && (frame.rsv & compressedBit) != 0;
        if (open.message.isCompressed)
            m_inflater.beginMessage();
    }
    WebSocketMessage::Violations violations;
    violations.setFlag(WebSocketMessage::NoContinuation, isFirst && isContinuation);
    violations.setFlag(WebSocketMessage::UnknownOpcode, !isKnown(frame.opcode));
    violations.setFlag(
        WebSocketMessage::Unmasked, m_direction == Direction::Request && !frame.mask);
    violations.setFlag(WebSocketMessage::Masked, m_direction == Direction::Response && frame.mask);
    const uint8_t meant = isFirst && open.message.isCompressed ? compressedBit : 0;
    violations.setFlag(WebSocketMessage::ReservedBits, (frame.rsv & ~meant) != 0);
    open.message.violations |= violations;
    ++open.message.frames;
    open.message.wireOctets += headerSize(frame);
    m_frameBegin += headerSize(frame);
}

void WebSocketReader::Channel::addData(QByteArrayView data)
{
    Open &open = current();
    m_seen += quint64(data.size());
    m_frameBegin += data.size();
    open.message.wireOctets += data.size();
    open.message.lastTime = m_time;
    if (data.isEmpty())
        return;
    if (!open.message.isCompressed)
        addPayload(open, data);
    else
        decompress([&](const auto &take) { return m_inflater.feed(data, take); });
}

void WebSocketReader::Channel::addPayload(Open &open, QByteArrayView payload) const
{
    WebSocketMessage &message = open.message;
    if (message.opcode == WebSocketMessage::Text)
        open.utf8.feed(payload);
    message.payload
        += payload.first(std::clamp<qsizetype>(m_kept - message.payload.size(), 0, payload.size()));
    message.payloadOctets += payload.size();
}

void WebSocketReader::Channel::decompress(
    const std::function<bool(const std::function<bool(QByteArrayView)> &)> &run)
{
    WebSocketMessage &message = m_data.message;
    const bool isGood = run([&](QByteArrayView payload) {
        if (message.payloadOctets > DecodedLimit)
            return false;
        addPayload(m_data, payload);
        return true;
    });
    if (!isGood)
        message.violations |= message.payloadOctets > DecodedLimit
            ? WebSocketMessage::TooLong
            : WebSocketMessage::BadCompression;
}

void WebSocketReader::Channel::endFrame(
    const wslay_frame_iocb &frame, QList<WebSocketMessage> *messages)
{
    Open &open = current();
    m_isInFrame = false;
    // What wslay has read ahead is of this piece too.
    m_frameTime = m_frameBegin < m_fed ? m_time : -1;
    if (!frame.fin)
        return;
    if (open.message.isCompressed)
        decompress([&](const auto &take) { return m_inflater.endMessage(take); });
    complete(open, messages);
}

void WebSocketReader::Channel::complete(Open &open, QList<WebSocketMessage> *messages)
{
    WebSocketMessage &message = open.message;
    message.isComplete = true;
    if (message.opcode == WebSocketMessage::Text && !open.utf8.isGoodAtEnd())
        message.violations |= WebSocketMessage::BadUtf8;
    if (message.opcode == WebSocketMessage::Close && message.payloadOctets > 0) {
        if (message.payloadOctets == 1 || !mayBeSent(message.closeCode()))
            message.violations |= WebSocketMessage::BadClose;
        websocket::Utf8Check reason;
        reason.feed(message.closeReason());
        if (!reason.isGoodAtEnd() && !message.isCut())
            message.violations |= WebSocketMessage::BadUtf8;
    }
    messages->append(message);
    open = {};
}

// The header is none: where the next would begin is not known.
void WebSocketReader::Channel::breakOff(QList<WebSocketMessage> *messages)
{
    m_isBroken = true;
    if (m_data.isOpen)
        messages->append(m_data.message);
    m_data = {};
    WebSocketMessage message;
    message.direction = m_direction;
    message.opcode = WebSocketMessage::Continuation;
    message.firstTime = m_frameTime;
    message.lastTime = m_time;
    message.offset = m_frameBegin;
    message.violations = WebSocketMessage::BadFraming;
    messages->append(message);
}

std::optional<WebSocketMessage> WebSocketReader::Channel::incomplete() const
{
    if (m_isInFrame && m_isControl)
        return m_control.message;
    return m_data.isOpen ? std::optional(m_data.message) : std::nullopt;
}

} // namespace headrace::exchange

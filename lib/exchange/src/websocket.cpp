#include "exchange/websocket.h"

#include "websocket/channel.h"

namespace headrace::exchange {

namespace {

// RFC 6455 section 9.1: name and parameters, of which a value may be quoted.
QByteArray unquoted(QByteArray value)
{
    value = value.trimmed();
    if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
        value = value.sliced(1, value.size() - 2);
    return value;
}

// RFC 7692 section 7.1.2.1: 8 to 15, without leading zeros; nothing: malformed.
std::optional<int> windowBits(const QByteArray &value)
{
    bool isNumber = false;
    const int bits = value.toInt(&isNumber);
    if (!isNumber || bits < 8 || bits > 15 || value != QByteArray::number(bits))
        return std::nullopt;
    return bits;
}

bool takeParameter(const QByteArray &parameter, WebSocketDeflate &deflate)
{
    const qsizetype equals = parameter.indexOf('=');
    const QByteArray name
        = parameter.first(equals < 0 ? parameter.size() : equals).trimmed().toLower();
    const QByteArray value = equals < 0 ? QByteArray() : unquoted(parameter.sliced(equals + 1));
    if (name == "client_no_context_takeover" || name == "server_no_context_takeover") {
        (name.startsWith('c') ? deflate.hasClientContext : deflate.hasServerContext) = false;
        return value.isEmpty();
    }
    if (name != "client_max_window_bits" && name != "server_max_window_bits")
        return false;
    const std::optional<int> bits = windowBits(value);
    (name.startsWith('c') ? deflate.clientWindowBits : deflate.serverWindowBits)
        = bits.value_or(15);
    return bits.has_value();
}

} // namespace

bool isWebSocket(const Exchange &exchange)
{
    if (exchange.summary.scheme == u"ws" || exchange.summary.scheme == u"wss")
        return true;
    const bool isSwitched
        = exchange.summary.statusCode == 101 || exchange.response.statusCode == 101;
    return isSwitched && exchange.response.field("Upgrade").toLower().contains("websocket");
}

std::optional<WebSocketDeflate> webSocketDeflateOf(const Message &response)
{
    for (const auto &[name, value] : response.fields) {
        if (name.compare("Sec-WebSocket-Extensions", Qt::CaseInsensitive) != 0)
            continue;
        for (const QByteArray &extension : value.split(',')) {
            const QByteArrayList parts = extension.split(';');
            if (parts.constFirst().trimmed().compare("permessage-deflate", Qt::CaseInsensitive)
                != 0)
                continue;
            WebSocketDeflate deflate;
            bool isGood = true;
            for (const QByteArray &parameter : parts.sliced(1))
                isGood = takeParameter(parameter, deflate) && isGood;
            return isGood ? std::optional(deflate) : std::nullopt;
        }
    }
    return std::nullopt;
}

int WebSocketMessage::closeCode() const
{
    constexpr int noCode = 1005;
    return payload.size() < 2 ? noCode : uchar(payload.at(0)) << 8 | uchar(payload.at(1));
}

QByteArray WebSocketMessage::closeReason() const { return payload.mid(2); }

QString webSocketOpcodeName(int opcode)
{
    switch (opcode) {
    case WebSocketMessage::Continuation:
        return QStringLiteral("continuation");
    case WebSocketMessage::Text:
        return QStringLiteral("text");
    case WebSocketMessage::Binary:
        return QStringLiteral("binary");
    case WebSocketMessage::Close:
        return QStringLiteral("close");
    case WebSocketMessage::Ping:
        return QStringLiteral("ping");
    case WebSocketMessage::Pong:
        return QStringLiteral("pong");
    default:
        return QStringLiteral("opcode %1").arg(opcode);
    }
}

QString violationText(WebSocketMessage::Violations violations)
{
    using M = WebSocketMessage;
    static constexpr std::pair<M::Violation, const char *> texts[] {
        { M::BadFraming, "No frame begins here: what follows cannot be read." },
        { M::BadCompression, "The compressed data is damaged, or follows such that was." },
        { M::TooLong, "It decompresses to more than is decoded." },
        { M::BadUtf8, "The text is not UTF-8." },
        { M::BadClose, "The code of the close is none that may be sent." },
        { M::NoContinuation, "The message was cut off by another, or continues none." },
        { M::UnknownOpcode, "The opcode has no meaning." },
        { M::ReservedBits, "Reserved bits are set, though no extension was agreed on." },
        { M::Unmasked, "A client has to mask its frames." },
        { M::Masked, "A server must not mask its frames." },
    };
    for (const auto &[violation, text] : texts) {
        if (violations.testFlag(violation))
            return QString::fromLatin1(text);
    }
    return {};
}

WebSocketReader::WebSocketReader(const std::optional<WebSocketDeflate> &deflate, qsizetype kept)
    : m_client(std::make_unique<Channel>(Direction::Request, deflate, kept))
    , m_server(std::make_unique<Channel>(Direction::Response, deflate, kept))
{
}

WebSocketReader::~WebSocketReader() = default;
WebSocketReader::WebSocketReader(WebSocketReader &&) noexcept = default;
WebSocketReader &WebSocketReader::operator=(WebSocketReader &&) noexcept = default;

QList<WebSocketMessage> WebSocketReader::feed(
    Direction direction, QByteArrayView octets, qint64 time)
{
    return channel(direction).feed(octets, time);
}

std::optional<WebSocketMessage> WebSocketReader::incomplete(Direction direction) const
{
    return channel(direction).incomplete();
}

qint64 WebSocketReader::octets(Direction direction) const { return channel(direction).octets(); }

bool WebSocketReader::isBroken(Direction direction) const { return channel(direction).isBroken(); }

} // namespace headrace::exchange

// The header side of OutgoingMessage: what is set, and how the head is rendered from it.
#include "http/outgoingmessage.h"
#include "http/transport.h"
#include "httpdate.h"
#include "systemerror.h"

#include <wire/fieldrules.h>

namespace headrace::http {

using namespace Qt::StringLiterals;

namespace {

Error headersSentError(QLatin1StringView what)
{
    return makeError(ErrorCode::HttpHeadersSent,
        u"Cannot %1 headers after they are sent to the client"_s.arg(what));
}

/// One line per value; the values of Cookie share a line (RFC 9113 section 8.2.3, RFC 6265 section 5.4).
void appendLines(QList<wire::FieldLine> &lines, const QByteArray &name, const HeaderValue &value)
{
    if (!value.isList()) {
        lines.append({ name, value.toByteArray() });
        return;
    }
    const QList<QByteArray> values = value.toList();
    if (values.size() >= 2 && wire::equalsIgnoringCase(name, "cookie")) {
        lines.append({ name, values.join("; ") });
        return;
    }
    for (const QByteArray &item : values)
        lines.append({ name, item });
}

Error validateLine(const QByteArray &name, const HeaderValue &value)
{
    if (Error error = wire::validateHeaderName(name))
        return error;
    if (!value.isList())
        return value.isNumber() ? Error() : wire::validateHeaderValue(name, value.toByteArray());
    const QList<QByteArray> values = value.toList();
    for (const QByteArray &item : values) {
        if (Error error = wire::validateHeaderValue(name, item))
            return error;
    }
    return {};
}

} // namespace

Error OutgoingMessage::setHeader(const QByteArray &name, const HeaderValue &value)
{
    if (headersSent())
        return headersSentError("set"_L1);
    if (Error error = validateLine(name, value))
        return error;
    m_hasHeaderMap = true;
    if (SetHeader *header = findHeader(name)) {
        header->name = name;
        header->value = value;
    } else {
        m_headers.push_back({ name, value });
    }
    return {};
}

OutgoingMessage::SetHeader *OutgoingMessage::findHeader(QByteArrayView name)
{
    for (SetHeader &header : m_headers) {
        if (wire::equalsIgnoringCase(header.name, name))
            return &header;
    }
    return nullptr;
}

const OutgoingMessage::SetHeader *OutgoingMessage::findHeader(QByteArrayView name) const
{
    return const_cast<OutgoingMessage *>(this)->findHeader(name);
}

std::optional<HeaderValue> OutgoingMessage::getHeader(QByteArrayView name) const
{
    const SetHeader *header = findHeader(name);
    return header ? std::optional(header->value) : std::nullopt;
}

QList<QByteArray> OutgoingMessage::getHeaderNames() const
{
    QList<QByteArray> names;
    for (const SetHeader &header : m_headers)
        names.append(wire::toLowerCase(header.name));
    return names;
}

QList<QByteArray> OutgoingMessage::getRawHeaderNames() const
{
    QList<QByteArray> names;
    for (const SetHeader &header : m_headers)
        names.append(header.name);
    return names;
}

HeaderList OutgoingMessage::getHeaders() const
{
    HeaderList headers;
    for (const SetHeader &header : m_headers)
        headers.append({ wire::toLowerCase(header.name), header.value });
    return headers;
}

bool OutgoingMessage::hasHeader(QByteArrayView name) const { return findHeader(name) != nullptr; }

Error OutgoingMessage::removeHeader(QByteArrayView name)
{
    if (headersSent())
        return headersSentError("remove"_L1);
    if (wire::equalsIgnoringCase(name, "connection"))
        m_connectionRemoved = true;
    else if (wire::equalsIgnoringCase(name, "content-length"))
        m_contentLengthRemoved = true;
    else if (wire::equalsIgnoringCase(name, "transfer-encoding"))
        m_transferEncodingRemoved = true;
    else if (wire::equalsIgnoringCase(name, "date"))
        m_sendDate = false;
    std::erase_if(m_headers,
        [name](const SetHeader &header) { return wire::equalsIgnoringCase(header.name, name); });
    return {};
}

QByteArray OutgoingMessage::head() const { return m_head; }

bool OutgoingMessage::headersSent() const { return !m_head.isEmpty(); }

bool OutgoingMessage::sendDate() const { return m_sendDate; }

void OutgoingMessage::setSendDate(bool sendDate) { m_sendDate = sendDate; }

Error OutgoingMessage::addTrailers(const HeaderList &trailers)
{
    m_trailers.clear();
    for (const auto &[name, value] : trailers) {
        if (Error error = wire::validateHeaderName(name, "Trailer name"_L1))
            return error;
        const QByteArray text = value.toList().join(','); // unlike headers, one line
        if (Error error = wire::validateHeaderValue(name, text, "trailer content"_L1))
            return error;
        m_trailers.append({ name, text });
    }
    return {};
}

wire::HeadPolicy OutgoingMessage::headPolicy() const
{
    wire::HeadPolicy policy;
    policy.hasBody = m_hasBody;
    policy.statusCode = m_statusForFraming;
    policy.chunkedByDefault = m_chunkedByDefault;
    policy.knownLength = m_knownLength;
    policy.keepAlive = m_shouldKeepAlive;
    policy.hasAgent = m_hasAgent;
    if (m_keepAliveHint.count() > 0)
        policy.keepAliveHintSeconds = int(m_keepAliveHint.count() / 1000);
    if (m_sendDate)
        policy.date = httpDate();
    policy.connectionRemoved = m_connectionRemoved;
    policy.contentLengthRemoved = m_contentLengthRemoved;
    policy.transferEncodingRemoved = m_transferEncodingRemoved;
    policy.chunked = m_chunked;
    return policy;
}

Error OutgoingMessage::renderHead(QByteArrayView startLine)
{
    QList<wire::FieldLine> lines;
    lines.reserve(qsizetype(m_headers.size()));
    for (const SetHeader &header : m_headers)
        appendLines(lines, header.name, header.value);
    return renderLines(startLine, lines);
}

Error OutgoingMessage::renderHead(QByteArrayView startLine, const HeaderList &headers)
{
    QList<wire::FieldLine> lines;
    lines.reserve(headers.size());
    for (const auto &[name, value] : headers) {
        if (Error error = validateLine(name, value))
            return error;
        appendLines(lines, name, value);
    }
    return renderLines(startLine, lines);
}

Error OutgoingMessage::renderLines(QByteArrayView startLine, const QList<wire::FieldLine> &lines)
{
    wire::RenderedHead rendered = wire::renderHead(startLine, lines, headPolicy());
    // A head that fails, or is replaced before it left, leaves its decisions behind: so does the reference.
    m_chunked = rendered.chunked;
    m_last = m_last || rendered.last;
    m_shouldKeepAlive = rendered.keepAlive;
    if (rendered.ownKeepAliveHint)
        m_keepAliveHint = std::chrono::milliseconds(-1);
    if (rendered.error)
        return rendered.error;
    m_head = std::move(rendered.octets);
    m_headSent = false;
    if (rendered.expectsContinue)
        send({}, wire::MessagePart::Body);
    return {};
}

} // namespace headrace::http

#include "wire/headserializer.h"

#include "octets_p.h"
#include "wire/fieldrules.h"

#include <QLatin1StringView>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace headrace::wire {

namespace {

constexpr QByteArrayView LineEnd = "\r\n";
constexpr QByteArrayView Colon = ": ";

/// What the own fields of a message say about framing and persistence.
struct FieldSummary
{
    bool connection = false;
    bool close = false;
    bool keepAliveAsked = false; ///< A Connection field without `close`.
    bool keepAliveHint = false;
    bool contentLength = false;
    bool transferEncoding = false;
    bool chunked = false;
    bool date = false;
    bool expect = false;
    bool trailer = false;
};

void summarize(const FieldLine &field, FieldSummary &summary)
{
    const QByteArrayView name = field.first;
    // Most fields differ from all of these by their length alone.
    switch (name.size()) {
    case 4:
        summary.date |= equalsIgnoringCase(name, "date");
        break;
    case 6:
        summary.expect |= equalsIgnoringCase(name, "expect");
        break;
    case 7:
        summary.trailer |= equalsIgnoringCase(name, "trailer");
        break;
    case 10:
        if (equalsIgnoringCase(name, "connection")) {
            summary.connection = true;
            if (containsWord(field.second, "close"))
                summary.close = true;
            else
                summary.keepAliveAsked = true;
        } else if (equalsIgnoringCase(name, "keep-alive")) {
            summary.keepAliveHint = true;
        }
        break;
    case 14:
        summary.contentLength |= equalsIgnoringCase(name, "content-length");
        break;
    case 17:
        if (equalsIgnoringCase(name, "transfer-encoding")) {
            summary.transferEncoding = true;
            summary.chunked |= containsWord(field.second, "chunked");
        }
        break;
    default:
        break;
    }
}

qsizetype lineSize(const FieldLine &field)
{
    return field.first.size() + Colon.size() + field.second.size() + LineEnd.size();
}

/// Writes into a block whose size is known beforehand.
class Writer
{
public:
    explicit Writer(char *out)
        : m_out(out)
    {
    }

    Writer &operator<<(QByteArrayView text)
    {
        if (!text.isEmpty())
            std::memcpy(m_out, text.data(), size_t(text.size()));
        m_out += text.size();
        return *this;
    }

    Writer &operator<<(const FieldLine &field)
    {
        return *this << QByteArrayView(field.first) << Colon << QByteArrayView(field.second)
                     << LineEnd;
    }

    char *position() const { return m_out; }

private:
    char *m_out;
};

/// A number in digits, without a heap allocation.
class Digits
{
public:
    Digits(qint64 value, int base)
    {
        const auto result
            = std::to_chars(m_text.data(), m_text.data() + m_text.size(), value, base);
        m_size = result.ptr - m_text.data();
    }

    operator QByteArrayView() const { return { m_text.data(), m_size }; }

private:
    std::array<char, 20> m_text;
    qsizetype m_size;
};

/// The automatic fields that go out, decided before any octet is written.
struct AutomaticFields
{
    QByteArrayView connection; ///< `keep-alive`, `close` or nothing.
    bool hint = false;
    bool contentLength = false;
    bool transferEncoding = false;
};

AutomaticFields decide(const HeadPolicy &policy, const FieldSummary &own, RenderedHead &head)
{
    AutomaticFields fields;
    const bool bodiless = policy.statusCode == 204 || policy.statusCode == 304;

    // RFC 9112 section 6.3: a 204 or 304 has no body, so chunks announced for one cannot be sent;
    // the reference keeps the field and closes.
    if (head.chunked && bodiless) {
        head.chunked = false;
        head.keepAlive = false;
    }

    if (policy.connectionRemoved && !own.connection) { // one that was set after all counts
        head.last = true;
        head.keepAlive = false;
    } else if (!own.connection) {
        if (head.keepAlive && (own.contentLength || policy.chunkedByDefault || policy.hasAgent)) {
            fields.connection = "keep-alive";
            fields.hint = policy.keepAliveHintSeconds >= 0 && !own.keepAliveHint;
        } else {
            head.last = true;
            fields.connection = "close";
        }
    }

    if (!own.contentLength && !own.transferEncoding) {
        if (!policy.hasBody && bodiless) {
            head.chunked = false;
        } else if (!policy.chunkedByDefault) {
            head.last = true;
        } else if (!own.trailer && !policy.contentLengthRemoved && policy.knownLength) {
            fields.contentLength = true;
        } else if (!policy.transferEncodingRemoved) {
            fields.transferEncoding = true;
            head.chunked = true;
        }
    }
    return fields;
}

} // namespace

RenderedHead renderHead(
    QByteArrayView startLine, const QList<FieldLine> &fields, const HeadPolicy &policy)
{
    FieldSummary own;
    qsizetype size = startLine.size() + 2 * LineEnd.size();
    for (const FieldLine &field : fields) {
        summarize(field, own);
        size += lineSize(field);
    }

    RenderedHead head;
    head.chunked = policy.chunked || own.chunked;
    head.last = own.close;
    head.keepAlive = policy.keepAlive || own.keepAliveAsked;
    head.expectsContinue = own.expect;
    head.ownKeepAliveHint = own.keepAliveHint;
    const AutomaticFields automatic = decide(policy, own, head);

    // RFC 9112 section 7.1.2: trailers need chunks.
    if (own.trailer && !head.chunked) {
        head.error.code = ErrorCode::HttpTrailerInvalid;
        head.error.message = QLatin1StringView("Trailers are invalid with this transfer encoding");
        return head;
    }

    static constexpr qsizetype roomForAutomaticFields = 128;
    head.octets = QByteArray(size + policy.date.size() + roomForAutomaticFields, Qt::Uninitialized);
    Writer out(head.octets.data());
    out << startLine << LineEnd;
    for (const FieldLine &field : fields)
        out << field;
    if (!own.date && !policy.date.isEmpty())
        out << "Date: " << QByteArrayView(policy.date) << LineEnd;
    if (!automatic.connection.isEmpty())
        out << "Connection: " << automatic.connection << LineEnd;
    if (automatic.hint)
        out << "Keep-Alive: timeout=" << Digits(policy.keepAliveHintSeconds, 10) << LineEnd;
    if (automatic.contentLength)
        out << "Content-Length: " << Digits(*policy.knownLength, 10) << LineEnd;
    if (automatic.transferEncoding)
        out << "Transfer-Encoding: chunked\r\n";
    out << LineEnd;
    head.octets.truncate(out.position() - head.octets.constData());
    return head;
}

QByteArray renderChunkHeader(qint64 size, QByteArrayView extensions)
{
    const Digits digits(size, 16);
    const QByteArrayView length = digits;
    QByteArray line(length.size() + extensions.size() + LineEnd.size(), Qt::Uninitialized);
    Writer(line.data()) << length << extensions << LineEnd;
    return line;
}

QByteArray renderLastChunk(const QList<FieldLine> &trailers)
{
    static constexpr QByteArrayView lastSize = "0\r\n";
    qsizetype size = lastSize.size() + LineEnd.size();
    for (const FieldLine &field : trailers)
        size += lineSize(field);

    QByteArray octets(size, Qt::Uninitialized);
    Writer out(octets.data());
    out << lastSize;
    for (const FieldLine &field : trailers)
        out << field;
    out << LineEnd;
    return octets;
}

} // namespace headrace::wire

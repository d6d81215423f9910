#include "formats/rawrequest.h"

#include <wire/fieldrules.h>

#include <algorithm>
#include <optional>

namespace headrace::formats {

namespace {

QByteArray trimmed(QByteArrayView octets) { return octets.toByteArray().trimmed(); }

QString shown(QByteArrayView octets)
{
    constexpr qsizetype longest = 60;
    const QString text = QString::fromUtf8(octets.first(qMin(octets.size(), longest)));
    return octets.size() > longest ? text + QChar(0x2026) : text;
}

/// Cannot stand in a host; a URL made of it would be read as another one.
bool isNoHost(QChar c)
{
    return c <= u' ' || c == QChar(0x7f) || QStringView(u"/?#@\\").contains(c);
}

/// A request line taken apart. RFC 9112 section 3.
struct RequestLine
{
    QByteArray method;
    QByteArray target;
    QByteArray version; ///< "1.1"; empty without.
};

std::optional<RequestLine> readRequestLine(const QByteArray &line)
{
    const QList<QByteArray> words = line.simplified().split(' ');
    if (words.size() < 2 || words.size() > 3 || !wire::isToken(words[0]))
        return std::nullopt;
    RequestLine result { words[0], words[1], {} };
    if (words.size() == 3) {
        if (!words[2].startsWith("HTTP/"))
            return std::nullopt;
        result.version = words[2].sliced(5);
    }
    return result;
}

class Reader
{
public:
    Reader(const QByteArray &text, const QString &scheme)
        : m_text(text)
        , m_scheme(scheme)
    {
    }

    RawRequest read()
    {
        QByteArray line;
        do {
            if (!nextLine(&line)) {
                fail(QStringLiteral("There is no request."));
                return std::move(m_result);
            }
        } while (line.isEmpty()); // RFC 9112 section 2.2: empty lines before it do not count
        const auto start = readRequestLine(line);
        if (!start) {
            fail(QStringLiteral("\"%1\" is no request line: METHOD TARGET HTTP/1.1.")
                     .arg(shown(line)));
            return std::move(m_result);
        }
        m_request.method = start->method;
        m_request.isHttp10 = start->version == "1.0";
        if (!start->version.isEmpty() && start->version != "1.0" && start->version != "1.1")
            m_result.remarks.append(
                QStringLiteral("HTTP/%1 is not supported: it is sent as HTTP/1.1.")
                    .arg(shown(start->version)));
        if (!readFields(m_request.fields))
            return std::move(m_result);
        settleUrl(start->target);
        readBody();
        if (!m_result.error)
            m_result.request = m_request;
        return std::move(m_result);
    }

private:
    bool nextLine(QByteArray *line)
    {
        if (m_at >= m_text.size())
            return false;
        qsizetype end = m_text.indexOf('\n', m_at);
        end = end < 0 ? m_text.size() : end;
        *line = m_text.sliced(m_at, end - m_at);
        if (line->endsWith('\r'))
            line->chop(1);
        m_at = qMin(end + 1, m_text.size());
        ++m_line;
        return true;
    }

    void fail(const QString &message)
    {
        if (!m_result.error)
            m_result.error = { qMax<qsizetype>(m_line, 1), 1, message };
    }

    // A line that begins with a blank belongs to the value before it. RFC 9112 section 5.2.
    bool readFields(exchange::FieldList &fields)
    {
        QByteArray line;
        while (nextLine(&line) && !line.isEmpty()) {
            if ((line.startsWith(' ') || line.startsWith('\t')) && !fields.isEmpty()) {
                fields.last().second += ' ' + line.trimmed();
                continue;
            }
            const qsizetype colon = line.indexOf(':');
            if (colon < 1) {
                fail(QStringLiteral("\"%1\" is no field: Name: value.").arg(shown(line)));
                return false;
            }
            fields.append({ line.first(colon), trimmed(line.sliced(colon + 1)) });
        }
        return true;
    }

    void settleUrl(const QByteArray &target)
    {
        const QString text = QString::fromUtf8(target);
        if (text.contains(QLatin1String("://")) && !text.startsWith(u'/')) {
            m_request.url = text;
            return;
        }
        QString host = QString::fromUtf8(m_request.field("Host"));
        if (m_request.method == "CONNECT" && host.isEmpty())
            host = text;
        if (host.isEmpty()) {
            m_result.remarks.append(
                QStringLiteral("There is no Host field: name the host in the URL."));
        } else if (std::any_of(host.cbegin(), host.cend(), isNoHost)) {
            m_result.remarks.append(
                QStringLiteral("The Host field is no host: name the host in the URL."));
            host.clear();
        }
        m_request.url = m_scheme + QStringLiteral("://") + host;
        if (text.startsWith(u'/'))
            m_request.url += text;
        else if (m_request.method != "CONNECT")
            m_request.target = target;
    }

    void readBody()
    {
        QByteArray body = m_text.sliced(m_at);
        if (m_request.isChunked()) {
            const qsizetype begin = m_at;
            if (!readChunks()) {
                m_result.error = {};
                m_request.trailers.clear();
                m_request.body = body;
                m_at = begin;
                m_result.remarks.append(QStringLiteral(
                    "The body is not in chunks as Transfer-Encoding says: it is taken as it is."));
            }
            m_request.bodyKind = Request::BodyKind::Octets;
            return;
        }
        const QByteArray length = m_request.field("Content-Length");
        bool isNumber = false;
        const qint64 octets = length.toLongLong(&isNumber);
        // An editor ends the last line, which was none of the body's.
        if (isNumber && octets >= 0 && body.size() > octets
            && trimmed(QByteArrayView(body).sliced(octets)).isEmpty())
            body.truncate(octets);
        if (isNumber && octets != body.size())
            m_result.remarks.append(QStringLiteral("Content-Length says %1, but %2 octets follow.")
                                        .arg(octets)
                                        .arg(body.size()));
        if (body.isEmpty() && length.isNull())
            return;
        m_request.bodyKind = Request::BodyKind::Octets;
        m_request.body = body;
    }

    // RFC 9112 section 7.1.
    bool readChunks()
    {
        QByteArray line;
        while (nextLine(&line)) {
            bool isNumber = false;
            const qint64 size = trimmed(line.split(';').first()).toLongLong(&isNumber, 16);
            if (!isNumber || size < 0 || size > m_text.size() - m_at)
                return false;
            if (size == 0)
                return readFields(m_request.trailers) && !m_result.error;
            m_request.body += m_text.sliced(m_at, size);
            m_at += size;
            if (!nextLine(&line) || !line.isEmpty())
                return false;
        }
        return false;
    }

    const QByteArray &m_text;
    QString m_scheme;
    Request m_request;
    RawRequest m_result;
    qsizetype m_at = 0;
    qsizetype m_line = 0;
};

QByteArray linesOf(const exchange::FieldList &fields)
{
    QByteArray lines;
    for (const auto &[name, value] : fields)
        lines += name + ": " + value + "\r\n";
    return lines;
}

QByteArray bodyOf(const Request &request)
{
    switch (request.bodyKind) {
    case Request::BodyKind::None:
        break;
    case Request::BodyKind::Octets:
        return request.body;
    case Request::BodyKind::File:
        return '@' + request.filePath.toUtf8();
    case Request::BodyKind::Form: {
        QByteArray body;
        for (const BodyPiece &piece : encodeForm(request.parts, request.boundary))
            body += piece.filePath.isEmpty() ? piece.octets : '@' + piece.filePath.toUtf8();
        return body;
    }
    }
    return {};
}

} // namespace

QByteArray writeRawRequest(const Request &request)
{
    const QByteArray head = request.method + ' ' + request.wireTarget()
        + (request.isHttp10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n") + linesOf(request.fields) + "\r\n";
    const QByteArray body = bodyOf(request);
    if (!request.isChunked())
        return head + body;
    const QByteArray chunk = body.isEmpty()
        ? QByteArray()
        : QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n";
    return head + chunk + "0\r\n" + linesOf(request.trailers) + "\r\n";
}

RawRequest readRawRequest(const QByteArray &text, const QString &scheme)
{
    return Reader(text, scheme).read();
}

bool looksLikeRawRequest(const QString &text)
{
    const QString begin = text.left(64 * 1024).trimmed();
    const qsizetype lineEnd = begin.indexOf(u'\n');
    const auto line = readRequestLine(begin.left(lineEnd < 0 ? begin.size() : lineEnd).toUtf8());
    if (!line)
        return false;
    return !line->version.isEmpty()
        || (lineEnd > 0 && begin.indexOf(u':', lineEnd) > 0
            && line->method == line->method.toUpper());
}

} // namespace headrace::formats

#include "http/serverresponse.h"

#include "http/incomingmessage.h"
#include "http/transport.h"
#include "sentreport.h"
#include "serverconnection.h"
#include "systemerror.h"

#include <wire/fieldrules.h>
#include <wire/httpnames.h>

#include <QVarLengthArray>

namespace headrace::http {

using namespace Qt::StringLiterals;
using wire::MessagePart;

namespace {

Error invalidStatusCode(int statusCode)
{
    return makeError(
        ErrorCode::HttpInvalidStatusCode, u"Invalid status code: %1"_s.arg(statusCode));
}

/// Name, value, name, value…
Error toHeaderList(const QList<QByteArray> &rawHeaders, HeaderList *headers)
{
    if (rawHeaders.size() % 2 != 0) {
        return makeError(ErrorCode::InvalidArgValue,
            u"The argument 'headers' is invalid. Received [ '%1' ]"_s.arg(
                QString::fromLatin1(rawHeaders.join("', '"))));
    }
    headers->reserve(rawHeaders.size() / 2);
    for (qsizetype at = 0; at < rawHeaders.size(); at += 2)
        headers->append({ rawHeaders.at(at), rawHeaders.at(at + 1) });
    return {};
}

/// On the stack as long as the phrase is one of the usual ones.
using StatusLine = QVarLengthArray<char, 64>;

StatusLine statusLine(int statusCode, QByteArrayView statusMessage)
{
    constexpr QByteArrayView version = "HTTP/1.1 ";
    StatusLine line;
    line.append(version.data(), version.size());
    for (const int unit : { 100, 10, 1 })
        line.append(char('0' + statusCode / unit % 10));
    line.append(' ');
    line.append(statusMessage.data(), statusMessage.size());
    return line;
}

/// The standard phrase, not copied: it lives as long as the program.
QByteArray standardPhrase(int statusCode)
{
    const QByteArrayView phrase = wire::reasonPhrase(statusCode);
    return QByteArray::fromRawData(phrase.data(), phrase.size());
}

} // namespace

ServerResponse::ServerResponse(IncomingMessage *request, QObject *parent)
    : OutgoingMessage(parent)
    , m_request(request)
{
    m_sendDate = true;
    if (!request)
        return;
    const wire::Head &head = request->head();
    m_hasBody = head.part(head.method) != "HEAD";
    if (head.versionMajor < 1 || head.versionMinor < 1) {
        m_chunkedByDefault = wire::fieldContainsWord(head.fields, "te", "chunked");
        m_shouldKeepAlive = false;
    }
}

ServerResponse::~ServerResponse()
{
    if (m_connection)
        m_connection->onResponseDeleted(this);
}

IncomingMessage *ServerResponse::req() const { return m_request; }

int ServerResponse::statusCode() const { return m_statusCode; }

void ServerResponse::setStatusCode(int statusCode) { m_statusCode = statusCode; }

QByteArray ServerResponse::statusMessage() const { return m_statusMessage; }

void ServerResponse::setStatusMessage(const QByteArray &message) { m_statusMessage = message; }

Error ServerResponse::writeHead(int statusCode, const HeaderList &headers)
{
    return storeHead(statusCode, std::nullopt, headers);
}

Error ServerResponse::writeHead(
    int statusCode, const QByteArray &statusMessage, const HeaderList &headers)
{
    return storeHead(statusCode, statusMessage, headers);
}

Error ServerResponse::writeRawHead(int statusCode, const QList<QByteArray> &rawHeaders)
{
    HeaderList headers;
    if (Error error = toHeaderList(rawHeaders, &headers))
        return error;
    return storeHead(statusCode, std::nullopt, headers);
}

Error ServerResponse::writeRawHead(
    int statusCode, const QByteArray &statusMessage, const QList<QByteArray> &rawHeaders)
{
    HeaderList headers;
    if (Error error = toHeaderList(rawHeaders, &headers))
        return error;
    return storeHead(statusCode, statusMessage, headers);
}

Error ServerResponse::storeHead(
    int statusCode, const std::optional<QByteArray> &statusMessage, const HeaderList &headers)
{
    if (statusCode < 100 || statusCode > 999)
        return invalidStatusCode(statusCode);
    if (statusMessage) {
        m_statusMessage = *statusMessage;
    } else if (m_statusMessage.isEmpty()) {
        m_statusMessage = standardPhrase(statusCode);
        if (m_statusMessage.isEmpty())
            m_statusMessage = QByteArrayLiteral("unknown");
    }
    m_statusCode = statusCode;
    if (m_hasHeaderMap) {
        for (const auto &[name, value] : headers) {
            if (name.isEmpty())
                continue; // the reference skips it here, and only here
            if (Error error = setHeader(name, value))
                return error;
        }
    }
    if (headersSent() && (m_hasHeaderMap || m_headSent))
        return makeError(ErrorCode::HttpHeadersSent,
            u"Cannot render headers after they are sent to the client"_s);
    if (!wire::isFieldValue(m_statusMessage))
        return makeError(ErrorCode::InvalidChar, u"Invalid character in statusMessage"_s);

    m_statusForFraming = statusCode;
    if (statusCode == 204 || statusCode == 304 || statusCode < 200)
        m_hasBody = false; // RFC 9110 section 6.4.1
    if (m_expectsContinue && !m_sentContinue)
        m_shouldKeepAlive = false; // the body may or may not follow
    const StatusLine line = statusLine(statusCode, m_statusMessage);
    return m_hasHeaderMap ? renderHead(line) : renderHead(line, headers);
}

Error ServerResponse::implicitHeader() { return storeHead(m_statusCode, std::nullopt, {}); }

void ServerResponse::writeContinue(Callback callback)
{
    writeInterim(QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"), std::move(callback));
    m_sentContinue = true;
}

void ServerResponse::writeProcessing(Callback callback)
{
    writeInterim(QByteArrayLiteral("HTTP/1.1 102 Processing\r\n\r\n"), std::move(callback));
}

Error ServerResponse::writeInformation(
    int statusCode, const HeaderList &headers, const QByteArray &reason)
{
    if (statusCode < 100 || statusCode > 199 || statusCode == 101)
        return invalidStatusCode(statusCode);
    if (headersSent())
        return makeError(ErrorCode::HttpHeadersSent,
            u"Cannot write headers after they are sent to the client"_s);
    if (!wire::isFieldValue(reason) && !reason.isEmpty())
        return makeError(ErrorCode::InvalidChar, u"Invalid character in statusMessage"_s);
    const StatusLine line
        = statusLine(statusCode, reason.isEmpty() ? standardPhrase(statusCode) : reason);
    QByteArray octets = QByteArrayView(line).toByteArray() + "\r\n";
    for (const auto &[name, value] : headers) {
        if (Error error = wire::validateHeaderName(name))
            return error;
        const QList<QByteArray> values = value.toList();
        for (const QByteArray &item : values) {
            if (Error error = wire::validateHeaderValue(name, item))
                return error;
            octets += name + ": " + item + "\r\n";
        }
    }
    writeInterim(octets + "\r\n", {});
    if (statusCode == 100)
        m_sentContinue = true;
    return {};
}

void ServerResponse::writeInterim(const QByteArray &octets, Callback callback)
{
    sendRaw(octets, MessagePart::Head, std::move(callback));
    if (m_observer)
        reportHead(octets);
}

Emitter ServerResponse::emitter() const { return Emitter::ServerResponse; }

void ServerResponse::onPendingOctets(qsizetype delta)
{
    if (m_connection)
        m_connection->onPendingOctets(delta);
}

void ServerResponse::onSent(const Error &error)
{
    // The connection goes on before 'finish' is heard: then socket() is null already.
    const Lifeline::Watch guard(m_lifeline);
    if (m_connection)
        m_connection->onResponseSent(this);
    if (guard)
        OutgoingMessage::onSent(error);
}

} // namespace headrace::http

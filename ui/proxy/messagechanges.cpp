#include "proxy/messagechanges.h"

#include <exchange/bodydecoder.h>

#include <QCoreApplication>

namespace headrace::ui {

using exchange::Exchange;
using exchange::Message;
using proxy::TransitMessage;

namespace {

constexpr qint64 MostDecoded = 64 * 1024 * 1024; // octets: more is not edited in a window

QString tr(const char *text) { return QCoreApplication::translate("MessageChanges", text); }

Message messageOf(const TransitMessage &message)
{
    Message result;
    result.startLine = message.head.startLine().toByteArray();
    result.fields = message.head.fields();
    result.trailers = message.trailers;
    if (!message.head.isRequest()) {
        result.statusCode = message.head.statusCode();
        result.reason = message.head.reason().toByteArray();
    }
    result.httpVersion = message.head.version().toByteArray();
    if (!message.body.isEmpty())
        result.octets = { { 0, exchange::Part::Body, message.body } };
    result.bodyOctets = message.body.size();
    return result;
}

} // namespace

std::shared_ptr<const Exchange> exchangeWith(const TransitMessage &message)
{
    auto exchange = std::make_shared<Exchange>();
    if (message.head.isRequest())
        exchange->request = messageOf(message);
    else
        exchange->response = messageOf(message);
    return exchange;
}

bool decodeBody(TransitMessage *message, QString *problem)
{
    exchange::BodyDecoder decoder(
        message->head.first("content-encoding").value_or(QByteArray()), MostDecoded);
    decoder.feed(message->body);
    decoder.finish();
    QByteArray decoded;
    for (QByteArray piece = decoder.take(); !piece.isEmpty(); piece = decoder.take())
        decoded += piece;
    if (const auto error = decoder.error()) {
        *problem = tr("The body cannot be decoded: %1").arg(error->message);
        return false;
    }
    message->body = decoded;
    message->head.removeAll("content-encoding");
    return true;
}

QString codingOf(const TransitMessage &message)
{
    QByteArrayList codings;
    for (const QByteArray &coding : exchange::codingsOf(message.head.fields())) {
        if (message.head.indexOf("content-encoding") >= 0)
            codings += coding;
    }
    return QString::fromLatin1(codings.join(", "));
}

TransitMessage exampleAnswer()
{
    TransitMessage answer;
    answer.head = proxy::MessageHead::makeResponse(
        200, {}, { { "Content-Type", "text/plain; charset=utf-8" } });
    return answer;
}

} // namespace headrace::ui

#include "journal.h"

namespace headrace::http::test {

using namespace Qt::StringLiterals;

namespace {

QString errorText(const Error &error)
{
    return u"error "_s + wire::name(error.code) + u' ' + error.message;
}

} // namespace

void Journal::followRequest(ClientRequest *request, bool response)
{
    const auto note
        = [this](const char *entry) { return [this, entry] { add(QString::fromLatin1(entry)); }; };
    QObject::connect(request, &ClientRequest::socketAssigned, request, note("socket"));
    QObject::connect(request, &ClientRequest::finish, request, note("finish"));
    QObject::connect(request, &ClientRequest::continued, request, note("continue"));
    QObject::connect(request, &ClientRequest::abortOccurred, request, note("abort"));
    QObject::connect(request, &ClientRequest::timedOut, request, note("timeout"));
    QObject::connect(request, &ClientRequest::closed, request, note("close"));
    QObject::connect(
        request, &ClientRequest::information, request, [this](const Information &information) {
            add(u"information %1"_s.arg(information.statusCode));
        });
    QObject::connect(request, &ClientRequest::errorOccurred, request,
        [this](const Error &error) { add(errorText(error)); });
    if (!response)
        return;
    QObject::connect(request, &ClientRequest::response, request, [this](IncomingMessage *message) {
        add(u"response %1"_s.arg(message->statusCode()));
        followMessage(message, u"res "_s);
    });
}

void Journal::followMessage(IncomingMessage *message, const QString &prefix)
{
    QObject::connect(
        message, &IncomingMessage::data, message, [this, prefix](const QByteArray &octets) {
            add(prefix + u"data "_s + QString::fromLatin1(octets));
        });
    QObject::connect(
        message, &IncomingMessage::ended, message, [this, prefix] { add(prefix + u"end"_s); });
    QObject::connect(message, &IncomingMessage::aborted, message,
        [this, prefix] { add(prefix + u"aborted"_s); });
    QObject::connect(message, &IncomingMessage::errorOccurred, message,
        [this, prefix](const Error &error) { add(prefix + errorText(error)); });
    QObject::connect(
        message, &IncomingMessage::closed, message, [this, prefix] { add(prefix + u"close"_s); });
}

void Journal::followResponse(ServerResponse *response, const QString &prefix)
{
    QObject::connect(
        response, &ServerResponse::finish, response, [this, prefix] { add(prefix + u"finish"_s); });
    QObject::connect(
        response, &ServerResponse::closed, response, [this, prefix] { add(prefix + u"close"_s); });
}

} // namespace headrace::http::test

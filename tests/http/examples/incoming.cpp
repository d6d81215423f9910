#include "examples.h"

#include <QUrl>
#include <QUrlQuery>

namespace examples {

// "message.complete": a cut message has 'aborted' instead of 'end'.
http::ClientRequest *checkCompleteness(quint16 port, const QByteArray &path)
{
    http::RequestOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = port;
    options.method = "POST";
    options.path = path;
    http::ClientRequest *request = http::request(options);
    QObject::connect(
        request, &http::ClientRequest::response, request, [path](http::IncomingMessage *response) {
            response->resume();
            QObject::connect(response, &http::IncomingMessage::ended, response, [path, response] {
                qInfo().noquote() << path << "end";
                if (!response->isComplete())
                    qWarning(
                        "The connection was terminated while the message was still being sent");
            });
            QObject::connect(response, &http::IncomingMessage::aborted, response, [path, response] {
                qInfo().noquote() << path << "aborted, complete" << response->isComplete();
            });
        });
    request->end();
    return request;
}

// "message.headers"
void tellHeaders(const http::IncomingMessage *request)
{
    // Prints something like:
    //
    // user-agent: curl/7.22.0
    // host: 127.0.0.1:8000
    // accept: */*
    for (const http::Headers::Entry &entry : request->headers().entries())
        qInfo().noquote().nospace() << entry.name << ": " << entry.values.join(", ");
}

// "message.rawHeaders"
void tellRawHeaders(const http::IncomingMessage *request)
{
    // Prints something like:
    //
    // QList("user-agent", "this is invalid because there can be only one", "User-Agent",
    //     "curl/7.22.0", "Host", "127.0.0.1:8000", "ACCEPT", "*/*")
    qInfo() << request->rawHeaders();
}

// "message.url": its parts.
void tellUrl(const http::IncomingMessage *request)
{
    const QUrl url = QUrl(QStringLiteral("http://")
        + QString::fromLatin1(request->headers().value("host") + request->url()));
    qInfo().noquote() << "href" << url.toString();
    const auto withoutPath = QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment;
    qInfo().noquote() << "origin" << url.toString(QUrl::RemoveUserInfo | withoutPath);
    qInfo().noquote() << "protocol" << url.scheme();
    qInfo().noquote() << "username" << url.userName();
    qInfo().noquote() << "password" << url.password();
    qInfo().noquote() << "host" << url.authority();
    qInfo().noquote() << "hostname" << url.host();
    qInfo().noquote() << "port" << url.port();
    qInfo().noquote() << "pathname" << url.path();
    qInfo().noquote() << "search" << url.query();
    qInfo().noquote() << "hash" << url.fragment();
    qInfo().noquote() << "name" << QUrlQuery(url).queryItemValue(QStringLiteral("name"));
}

} // namespace examples

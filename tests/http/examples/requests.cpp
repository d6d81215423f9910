#include "examples.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace examples {

// "http.get()": JSON fetching.
void fetchJson(const QUrl &url)
{
    http::ClientRequest *request = http::get(url);
    QObject::connect(
        request, &http::ClientRequest::response, request, [](http::IncomingMessage *response) {
            const int statusCode = response->statusCode();
            const QByteArray contentType = response->headers().value("content-type");

            QString error;
            // Any 2xx status code signals a successful response but
            // here we're only checking for 200.
            if (statusCode != 200)
                error = QStringLiteral("Request Failed.\nStatus Code: %1").arg(statusCode);
            else if (!contentType.startsWith("application/json"))
                error = QStringLiteral("Invalid content-type.\n"
                                       "Expected application/json but received %1")
                            .arg(QString::fromLatin1(contentType));
            if (!error.isEmpty()) {
                qInfo().noquote() << error;
                // Consume response data to free up memory
                response->resume();
                return;
            }

            const auto rawData = std::make_shared<QByteArray>();
            QObject::connect(response, &http::IncomingMessage::data, response,
                [rawData](const QByteArray &chunk) { rawData->append(chunk); });
            QObject::connect(response, &http::IncomingMessage::ended, response, [rawData] {
                QJsonParseError broken;
                const QJsonDocument parsed = QJsonDocument::fromJson(*rawData, &broken);
                if (broken.error == QJsonParseError::NoError)
                    qInfo().noquote() << parsed.toJson(QJsonDocument::Compact);
                else
                    qInfo().noquote() << "broken JSON:" << broken.errorString();
            });
        });
    QObject::connect(request, &http::ClientRequest::errorOccurred, request,
        [](const http::Error &error) { qInfo().noquote() << "Got error:" << error.message; });
}

// "http.request()": a POST of JSON.
void postJson(quint16 port)
{
    const QJsonObject message { { QStringLiteral("msg"), QStringLiteral("Hello World!") } };
    const QByteArray postData = QJsonDocument(message).toJson(QJsonDocument::Compact);

    http::RequestOptions options;
    options.hostname = QStringLiteral("127.0.0.1");
    options.port = port;
    options.path = "/upload";
    options.method = "POST";
    options.headers
        = { { "Content-Type", "application/json" }, { "Content-Length", postData.size() } };

    http::ClientRequest *request = http::request(options);
    QObject::connect(
        request, &http::ClientRequest::response, request, [](http::IncomingMessage *response) {
            qInfo() << "STATUS:" << response->statusCode();
            for (const http::Headers::Entry &entry : response->headers().entries())
                qInfo().noquote() << "HEADER:" << entry.name << entry.values.join(", ");
            response->setEncoding(QStringConverter::Utf8);
            QObject::connect(response, &http::IncomingMessage::text, response,
                [](const QString &chunk) { qInfo().noquote() << "BODY:" << chunk; });
            QObject::connect(response, &http::IncomingMessage::ended, response,
                [] { qInfo() << "No more data in response."; });
        });
    QObject::connect(
        request, &http::ClientRequest::errorOccurred, request, [](const http::Error &error) {
            qInfo().noquote() << "problem with request:" << error.message;
        });

    // Write data to request body
    request->write(postData);
    request->end();
}

// "http.request()": a URL for options; its user and password become an Authorization field.
http::ClientRequest *requestOfUrl(const QUrl &url)
{
    http::ClientRequest *request = http::request(url);
    QObject::connect(
        request, &http::ClientRequest::response, request, [](http::IncomingMessage *response) {
            // ...
            response->resume();
        });
    return request;
}

} // namespace examples

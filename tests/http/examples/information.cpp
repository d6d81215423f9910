#include "examples.h"

namespace examples {

// Event 'information' of http.ClientRequest.
http::ClientRequest *requestWithInformation(quint16 port)
{
    http::RequestOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = port;
    options.path = "/length_request";

    // Make a request
    http::ClientRequest *request = http::request(options);
    request->end();

    QObject::connect(request, &http::ClientRequest::information, request,
        [](const http::Information &information) {
            qInfo() << "Got information prior to main response:" << information.statusCode;
        });
    return request;
}

} // namespace examples

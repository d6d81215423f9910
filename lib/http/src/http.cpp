#include "http/http.h"

namespace headrace::http {

namespace {

/// The options of \a url with what \a options set on top. The URL gives a hostname, so only a hostname
/// takes its place: `host` comes second in any case.
RequestOptions merged(const QUrl &url, RequestOptions options, Error *error)
{
    const RequestOptions ofUrl = RequestOptions::fromUrl(url, error);
    if (options.protocol.isEmpty())
        options.protocol = ofUrl.protocol;
    if (options.hostname.isEmpty())
        options.hostname = ofUrl.hostname;
    if (options.port == 0)
        options.port = ofUrl.port;
    if (options.path.isEmpty())
        options.path = ofUrl.path;
    if (options.auth.isEmpty())
        options.auth = ofUrl.auth;
    return options;
}

} // namespace

ClientRequest *request(const RequestOptions &options, Error *error)
{
    auto *request = new ClientRequest;
    if (const Error failed = request->initialize(options)) {
        if (error)
            *error = failed;
        delete request;
        return nullptr;
    }
    return request;
}

ClientRequest *request(const QUrl &url, RequestOptions options, Error *error)
{
    Error invalid;
    options = merged(url, std::move(options), &invalid);
    if (invalid) {
        if (error)
            *error = invalid;
        return nullptr;
    }
    return request(options, error);
}

ClientRequest *get(const RequestOptions &options, Error *error)
{
    ClientRequest *started = request(options, error);
    if (started)
        started->end();
    return started;
}

ClientRequest *get(const QUrl &url, RequestOptions options, Error *error)
{
    ClientRequest *started = request(url, std::move(options), error);
    if (started)
        started->end();
    return started;
}

} // namespace headrace::http

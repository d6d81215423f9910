#include "fields/fieldnames.h"

#include <QHash>

namespace headrace::ui {

namespace {

QStringList list(const char *names)
{
    return QString::fromLatin1(names).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

const QHash<QString, QStringList> &valuesByName()
{
    static const QStringList types { QStringLiteral("application/json"),
        QStringLiteral("application/json; charset=utf-8"),
        QStringLiteral("application/octet-stream"), QStringLiteral("application/problem+json"),
        QStringLiteral("application/x-www-form-urlencoded"), QStringLiteral("application/xml"),
        QStringLiteral("multipart/form-data; boundary="), QStringLiteral("text/css"),
        QStringLiteral("text/event-stream"), QStringLiteral("text/html; charset=utf-8"),
        QStringLiteral("text/javascript"), QStringLiteral("text/plain; charset=utf-8") };
    static const QHash<QString, QStringList> values {
        { QStringLiteral("accept"),
            types + QStringList { QStringLiteral("*/*"), QStringLiteral("image/*") } },
        { QStringLiteral("content-type"), types },
        { QStringLiteral("accept-encoding"),
            { QStringLiteral("gzip"), QStringLiteral("gzip, deflate, br"), QStringLiteral("br"),
                QStringLiteral("identity") } },
        { QStringLiteral("content-encoding"), list("br deflate gzip zstd") },
        { QStringLiteral("transfer-encoding"), list("chunked") },
        { QStringLiteral("connection"), list("close keep-alive upgrade") },
        { QStringLiteral("upgrade"), list("websocket h2c") },
        { QStringLiteral("expect"), list("100-continue") },
        { QStringLiteral("cache-control"),
            list("no-cache no-store max-age=0 max-age=3600 private public must-revalidate") },
        { QStringLiteral("authorization"),
            { QStringLiteral("Basic "), QStringLiteral("Bearer "), QStringLiteral("Digest ") } },
        { QStringLiteral("te"), list("trailers") },
        { QStringLiteral("vary"), list("Accept Accept-Encoding Origin *") },
        { QStringLiteral("access-control-allow-origin"), list("*") },
        { QStringLiteral("access-control-allow-methods"),
            { QStringLiteral("GET, POST, PUT, PATCH, DELETE, OPTIONS") } },
        { QStringLiteral("link"), { QStringLiteral("</style.css>; rel=preload; as=style") } },
    };
    return values;
}

} // namespace

// IANA "HTTP Field Name Registry", the entries in use.
const QStringList &fieldNames(FieldUse use)
{
    static const QStringList request
        = list("Accept Accept-Charset Accept-Encoding Accept-Language "
               "Access-Control-Request-Headers Access-Control-Request-Method Authorization "
               "Cache-Control Connection Content-Digest Content-Disposition Content-Encoding "
               "Content-Language Content-Length Content-Location Content-Type Cookie Date Expect "
               "Forwarded From Host Idempotency-Key If-Match If-Modified-Since If-None-Match "
               "If-Range If-Unmodified-Since Keep-Alive Max-Forwards Origin Pragma Prefer Priority "
               "Proxy-Authorization Range Referer Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site "
               "Sec-WebSocket-Extensions Sec-WebSocket-Key Sec-WebSocket-Protocol "
               "Sec-WebSocket-Version TE Trailer Transfer-Encoding Upgrade "
               "Upgrade-Insecure-Requests User-Agent Via Want-Content-Digest X-Forwarded-For "
               "X-Forwarded-Host X-Forwarded-Proto X-Request-ID X-Requested-With traceparent "
               "tracestate");
    static const QStringList response
        = list("Accept-Patch Accept-Ranges Access-Control-Allow-Credentials "
               "Access-Control-Allow-Headers Access-Control-Allow-Methods "
               "Access-Control-Allow-Origin Access-Control-Expose-Headers Access-Control-Max-Age "
               "Age Allow Alt-Svc Cache-Control Clear-Site-Data Connection Content-Digest "
               "Content-Disposition Content-Encoding Content-Language Content-Length "
               "Content-Location Content-Range Content-Security-Policy Content-Type "
               "Cross-Origin-Embedder-Policy Cross-Origin-Opener-Policy "
               "Cross-Origin-Resource-Policy Date ETag Expires Keep-Alive Last-Modified Link "
               "Location Permissions-Policy Pragma Proxy-Authenticate RateLimit Referrer-Policy "
               "Retry-After Server Server-Timing Set-Cookie Strict-Transport-Security "
               "Timing-Allow-Origin Trailer Transfer-Encoding Upgrade Vary Via WWW-Authenticate "
               "X-Content-Type-Options X-Frame-Options X-Request-ID");
    static const QStringList trailers
        = list("Content-Digest Content-MD5 Digest ETag Expires Repr-Digest Server-Timing "
               "X-Checksum grpc-message grpc-status");
    switch (use) {
    case FieldUse::Request:
        return request;
    case FieldUse::Response:
        return response;
    case FieldUse::Trailers:
        return trailers;
    }
    return request;
}

QStringList fieldValues(const QString &name) { return valuesByName().value(name.toLower()); }

} // namespace headrace::ui

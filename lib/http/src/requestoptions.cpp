#include "http/requestoptions.h"

#include "systemerror.h"

namespace headrace::http {

RequestOptions RequestOptions::fromUrl(const QUrl &url, Error *error)
{
    RequestOptions options;
    if (!url.isValid() || url.host().isEmpty()) {
        if (error)
            *error = makeError(
                ErrorCode::InvalidUrl, QStringLiteral("Invalid URL: %1").arg(url.toString()));
        return options;
    }
    options.protocol = url.scheme().toLatin1() + ':';
    options.host = url.host(QUrl::FullyEncoded);
    if (options.host.startsWith(u'['))
        options.host = options.host.sliced(1, options.host.size() - 2);
    options.port = quint16(url.port(0));
    options.path = url.path(QUrl::FullyEncoded).toLatin1();
    if (options.path.isEmpty())
        options.path = "/";
    if (url.hasQuery())
        options.path += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    if (!url.userName().isEmpty() || !url.password().isEmpty()) {
        options.auth = url.userName(QUrl::FullyEncoded).toLatin1() + ':'
            + url.password(QUrl::FullyEncoded).toLatin1();
    }
    return options;
}

RequestOptions RequestOptions::fromUrl(const QString &url, Error *error)
{
    return fromUrl(QUrl(url, QUrl::TolerantMode), error);
}

} // namespace headrace::http

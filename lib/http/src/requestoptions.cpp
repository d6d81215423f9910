#include "http/requestoptions.h"

#include "systemerror.h"

namespace headrace::http {

ConnectOptions ConnectOptions::overlaid(const ConnectOptions &over) const
{
    ConnectOptions result = *this;
    const auto take = [&](auto ConnectOptions::*option) {
        static const ConnectOptions defaults;
        if (over.*option != defaults.*option)
            result.*option = over.*option;
    };
    take(&ConnectOptions::host);
    take(&ConnectOptions::port);
    take(&ConnectOptions::family);
    take(&ConnectOptions::hints);
    take(&ConnectOptions::localAddress);
    take(&ConnectOptions::localPort);
    take(&ConnectOptions::socketPath);
    take(&ConnectOptions::timeout);
    take(&ConnectOptions::serverName);
    take(&ConnectOptions::ssl);
    take(&ConnectOptions::rejectUnauthorized);
    if (over.lookup)
        result.lookup = over.lookup;
    return result;
}

RequestOptions RequestOptions::fromUrl(const QUrl &url, Error *error)
{
    RequestOptions options;
    if (!url.isValid() || url.scheme().isEmpty() || url.host().isEmpty()) {
        if (error)
            *error = makeError(
                ErrorCode::InvalidUrl, QStringLiteral("Invalid URL: %1").arg(url.toString()));
        return options;
    }
    options.protocol = url.scheme().toLatin1() + ':';
    options.hostname = url.host(QUrl::FullyEncoded);
    if (options.hostname.startsWith(u'['))
        options.hostname = options.hostname.sliced(1, options.hostname.size() - 2);
    options.port = quint16(url.port(0));
    options.path = url.adjusted(QUrl::NormalizePathSegments).path(QUrl::FullyEncoded).toLatin1();
    if (options.path.isEmpty())
        options.path = "/";
    if (!url.query().isEmpty())
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

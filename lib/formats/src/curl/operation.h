#pragma once

#include "formats/formdata.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace headrace::formats::curl {

/// What is sent as a body by -d and its like.
struct Data
{
    QByteArray octets;
    bool isGiven = false;
    bool isJson = false; ///< Content-Type and Accept are those of JSON.
    QString filePath; ///< The only part is this file as it is: --data-binary @file.
};

/// A URL and the file that is sent to it.
struct Transfer
{
    QByteArray url;
    bool hasUrl = false;
    std::optional<QByteArray> upload;
};

/// All that the options up to --next or the end say.
struct Operation
{
    QList<Transfer> transfers;
    std::optional<QByteArray> method;
    QList<QByteArray> headers; ///< -H as given.
    QList<QByteArray> proxyHeaders;
    Data data;
    QList<FormPart> parts;
    QByteArray urlQuery;
    bool isGet = false;
    bool isHead = false;
    bool isGlobbed = true;
    bool isPathAsIs = false;
    bool isHttp10 = false;
    bool isCompressed = false;
    bool isTransferEncodingAsked = false;
    bool isInsecure = false;
    bool isFollowing = false;
    bool isProxyTunnel = false;
    bool isBasic = true; ///< Else another way of authentication begins without Authorization.
    std::optional<QByteArray> userAgent;
    std::optional<QByteArray> user;
    QByteArray bearer;
    QByteArray referer;
    QList<QByteArray> cookies;
    QByteArray range;
    qint64 resumeFrom = 0;
    QByteArray timeCondition; ///< The field line, or empty.
    QByteArray etag;
    QByteArray requestTarget;
    QByteArray proxy;
    QByteArray proxyUser;
    QByteArray defaultScheme;
    QList<QByteArray> connectTo;
    QList<QByteArray> resolve;
    std::optional<std::chrono::milliseconds> timeout;
};

} // namespace headrace::formats::curl

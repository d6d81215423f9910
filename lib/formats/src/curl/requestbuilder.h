#pragma once

#include "curl/curlurl.h"
#include "curl/fieldorder.h"
#include "curl/files.h"
#include "curl/operation.h"
#include "formats/request.h"

namespace headrace::formats::curl {

/// Makes the request that curl sends for one URL of an operation.
class RequestBuilder
{
public:
    RequestBuilder(const Operation &operation, Files &files);

    /// Nothing when curl would refuse it; \a problem says why.
    std::optional<Request> build(
        const QByteArray &url, const std::optional<QByteArray> &upload, QString *problem);

private:
    QByteArray dataOctets() const; ///< Also of a file that would be streamed as a body.
    QString contradiction(bool isUpload) const;
    QList<QByteArray> headers() const;
    void chooseConnection(const CurlUrl &url);
    void chooseProxy(const CurlUrl &url);
    void setMethod(bool isUpload);
    void setUpload(const QByteArray &path);
    void setFields(const CurlUrl &url);
    void addAuthorization(const CurlUrl &url, FieldOrder &fields) const;
    void addTransferEncodings(FieldOrder &fields) const;
    void addBodyFields(FieldOrder &fields);
    QByteArray contentType(const FieldOrder &fields);
    qint64 bodyOctets() const; ///< -1: it is not known.

    const Operation &m_operation;
    Files &m_files;
    Request m_request;
    bool m_isUpload = false;
    bool m_isProxied = false;
    QByteArray m_proxyUser;
};

} // namespace headrace::formats::curl

#include "curl/requestbuilder.h"

#include "curl/urlencoding.h"

#include <QFileInfo>

#include <algorithm>

namespace headrace::formats::curl {

namespace {

constexpr qint64 ExpectsContinueBeyond = qint64(1024) * 1024; // octets of a POST body
constexpr int ProxyPort = 1080;

/// The next of fields that ':' separates; brackets hold an address.
QByteArray takeField(QByteArray &text)
{
    const qsizetype from = text.startsWith('[') ? qMax<qsizetype>(text.indexOf(']'), 0) : 0;
    const qsizetype colon = text.indexOf(':', from);
    QByteArray field = colon < 0 ? text : text.first(colon);
    text = colon < 0 ? QByteArray() : text.sliced(colon + 1);
    return field;
}

QByteArray portOf(const CurlUrl &url)
{
    return !url.port.isEmpty()  ? url.port
        : url.scheme == "https" ? QByteArray("443")
                                : QByteArray("80");
}

} // namespace

RequestBuilder::RequestBuilder(const Operation &operation, Files &files)
    : m_operation(operation)
    , m_files(files)
{
}

std::optional<Request> RequestBuilder::build(
    const QByteArray &text, const std::optional<QByteArray> &upload, QString *problem)
{
    m_isUpload = upload.has_value();
    *problem = contradiction(m_isUpload);
    if (!problem->isEmpty())
        return std::nullopt;
    std::optional<CurlUrl> url
        = parseCurlUrl(text, m_operation.defaultScheme, m_operation.isPathAsIs, problem);
    if (!url)
        return std::nullopt;
    if (!url->appendQuery(m_operation.urlQuery)
        || (m_operation.isGet && !url->appendQuery(dataOctets()))) {
        *problem
            = QStringLiteral("The data of -G or --url-query has a blank or a control character; "
                             "--data-urlencode would encode it.");
        return std::nullopt;
    }

    m_request.isHttp10 = m_operation.isHttp10;
    m_request.verifiesCertificates = !m_operation.isInsecure;
    m_request.followsRedirects = m_operation.isFollowing;
    m_request.timeout = m_operation.timeout;
    setMethod(m_isUpload);
    if (m_isUpload) {
        const bool isStandardInput = *upload == "-" || *upload == ".";
        if (url->path.endsWith('/') && !isStandardInput)
            url->path += percentEncoded(QFileInfo(QString::fromUtf8(*upload)).fileName().toUtf8());
        setUpload(*upload);
    } else if (!m_operation.parts.isEmpty()) {
        m_request.bodyKind = Request::BodyKind::Form;
        m_request.parts = m_operation.parts;
        m_request.boundary = m_files.boundary();
    } else if (m_operation.data.isGiven && !m_operation.isGet) {
        const bool isFile = !m_operation.data.filePath.isEmpty();
        m_request.bodyKind = isFile ? Request::BodyKind::File : Request::BodyKind::Octets;
        m_request.filePath = m_operation.data.filePath;
        m_request.body = m_operation.data.octets;
    }
    m_request.url = QString::fromUtf8(url->url());
    m_request.target = m_operation.requestTarget;
    chooseConnection(*url);
    chooseProxy(*url);
    setFields(*url);
    return m_request;
}

QByteArray RequestBuilder::dataOctets() const
{
    const Data &data = m_operation.data;
    return data.filePath.isEmpty() ? data.octets
                                   : m_files.read(data.filePath.toUtf8()).value_or(QByteArray());
}

QString RequestBuilder::contradiction(bool isUpload) const
{
    const bool hasData = m_operation.data.isGiven && !m_operation.isGet;
    const int kinds = (isUpload ? 1 : 0) + (hasData ? 1 : 0) + (m_operation.parts.isEmpty() ? 0 : 1)
        + (m_operation.isHead ? 1 : 0);
    if (kinds < 2)
        return {};
    return QStringLiteral("curl takes only one of -d, -F, -T and -I.");
}

void RequestBuilder::setMethod(bool isUpload)
{
    if (m_operation.method)
        m_request.method = *m_operation.method;
    else if (m_operation.isHead)
        m_request.method = "HEAD";
    else if (isUpload)
        m_request.method = "PUT";
    else if (!m_operation.parts.isEmpty() || (m_operation.data.isGiven && !m_operation.isGet))
        m_request.method = "POST";
}

void RequestBuilder::setUpload(const QByteArray &path)
{
    if (path == "-" || path == ".") {
        m_request.bodyKind = Request::BodyKind::Octets;
        m_request.body = m_files.read("-").value_or(QByteArray());
        return;
    }
    m_request.bodyKind = Request::BodyKind::File;
    m_request.filePath = QString::fromUtf8(path);
    if (m_operation.resumeFrom > 0)
        m_files.remark(QStringLiteral("-C with -T is not supported: the whole file is sent."));
}

// --connect-to HOST1:PORT1:HOST2:PORT2, --resolve [+]HOST:PORT:ADDRESS; what is empty or '*' holds for all.
void RequestBuilder::chooseConnection(const CurlUrl &url)
{
    const QByteArray port = portOf(url);
    for (QByteArray rule : m_operation.connectTo) {
        const QByteArray host = takeField(rule);
        const QByteArray itsPort = takeField(rule);
        if ((!host.isEmpty() && host.compare(url.host, Qt::CaseInsensitive) != 0)
            || (!itsPort.isEmpty() && itsPort != port))
            continue;
        const QByteArray toHost = takeField(rule);
        const QByteArray toPort = takeField(rule);
        m_request.connectTo = QString::fromUtf8(
            (toHost.isEmpty() ? url.host : toHost) + ':' + (toPort.isEmpty() ? port : toPort));
        return;
    }
    for (QByteArray rule : m_operation.resolve) {
        if (rule.startsWith('+'))
            rule.remove(0, 1);
        const QByteArray host = takeField(rule);
        const QByteArray itsPort = takeField(rule);
        if ((host != "*" && host.compare(url.host, Qt::CaseInsensitive) != 0) || itsPort != port)
            continue;
        QByteArray address = rule.split(',').first();
        if (address.contains(':') && !address.startsWith('['))
            address = '[' + address + ']';
        m_request.connectTo = QString::fromUtf8(address + ':' + port);
        return;
    }
}

// RFC 9112 section 3.2.2: a proxy is asked for the whole URL.
void RequestBuilder::chooseProxy(const CurlUrl &url)
{
    QByteArray proxy = m_operation.proxy;
    if (proxy.isEmpty())
        return;
    const qsizetype scheme = proxy.indexOf("://");
    const bool isHttp = scheme < 0 || proxy.first(scheme).toLower() == "http";
    if (!isHttp || url.scheme == "https" || m_operation.isProxyTunnel) {
        m_files.remark(QStringLiteral(
            "Only an http proxy for http URLs is supported: the request goes without the proxy."));
        return;
    }
    if (scheme >= 0)
        proxy.remove(0, scheme + 3);
    if (proxy.contains('/'))
        proxy.truncate(proxy.indexOf('/'));
    m_proxyUser = m_operation.proxyUser;
    if (const qsizetype at = proxy.lastIndexOf('@'); at >= 0) {
        const QByteArray user = QByteArray::fromPercentEncoding(proxy.first(at));
        if (m_proxyUser.isEmpty())
            m_proxyUser = user.contains(':') ? user : user + ':';
        proxy.remove(0, at + 1);
    }
    QByteArray rest = proxy;
    takeField(rest);
    m_request.connectTo
        = QString::fromUtf8(rest.isEmpty() ? proxy + ':' + QByteArray::number(ProxyPort) : proxy);
    if (m_request.target.isEmpty())
        m_request.target = url.url();
    m_isProxied = true;
}

// What the tool itself adds to the headers of -H.
QList<QByteArray> RequestBuilder::headers() const
{
    QList<QByteArray> headers = m_operation.headers;
    if (m_isProxied)
        headers += m_operation.proxyHeaders;
    const FieldOrder given(headers);
    if (m_operation.data.isJson) {
        for (const char *name : { "Content-Type", "Accept" }) {
            if (!given.isGiven(name))
                headers.append(QByteArray(name) + ": application/json");
        }
    }
    if (!m_operation.etag.isEmpty())
        headers.append("If-None-Match: " + m_operation.etag);
    return headers;
}

// The order in which curl writes them.
void RequestBuilder::setFields(const CurlUrl &url)
{
    FieldOrder fields(headers());
    if (!fields.isGiven("Host"))
        fields.addAlways("Host", url.authority());
    else if (const QByteArray host = fields.given("Host"); !host.isNull())
        fields.addAlways("Host", host);
    if (m_isProxied && !m_proxyUser.isEmpty())
        fields.addOwn("Proxy-Authorization", "Basic " + m_proxyUser.toBase64());
    addAuthorization(url, fields);
    const QByteArray range = m_operation.range.isEmpty() && m_operation.resumeFrom > 0
        ? QByteArray::number(m_operation.resumeFrom) + '-'
        : m_operation.range;
    if (!range.isEmpty() && !m_isUpload)
        fields.addOwn("Range", "bytes=" + range);
    const QByteArray userAgent = m_operation.userAgent.value_or("curl/7.88.1");
    if (!userAgent.isEmpty())
        fields.addOwn("User-Agent", userAgent);
    fields.addOwn("Accept", "*/*");
    addTransferEncodings(fields);
    if (!m_operation.referer.isEmpty())
        fields.addOwn("Referer", m_operation.referer);
    if (m_isProxied)
        fields.addOwn("Proxy-Connection", "Keep-Alive");
    if (!m_operation.cookies.isEmpty())
        fields.addOwn("Cookie", m_operation.cookies.join(';'));
    if (const qsizetype colon = m_operation.timeCondition.indexOf(':'); colon > 0)
        fields.addOwn(
            m_operation.timeCondition.first(colon), m_operation.timeCondition.sliced(colon + 2));

    QList<QByteArray> taken { "Host" };
    if (m_operation.isTransferEncodingAsked)
        taken.append("Connection");
    if (m_request.bodyKind == Request::BodyKind::Form)
        taken.append("Content-Type");
    fields.addGiven(taken);
    addBodyFields(fields);
    m_request.fields = fields.fields();
}

void RequestBuilder::addAuthorization(const CurlUrl &url, FieldOrder &fields) const
{
    const std::optional<QByteArray> user = m_operation.user ? m_operation.user : url.credentials;
    if (!m_operation.bearer.isEmpty()) {
        fields.addOwn("Authorization", "Bearer " + m_operation.bearer);
    } else if (user && m_operation.isBasic) {
        fields.addOwn("Authorization", "Basic " + user->toBase64());
    } else if (user) {
        m_files.remark(QStringLiteral(
            "Only Basic authentication is supported: the request goes without Authorization."));
    }
}

void RequestBuilder::addTransferEncodings(FieldOrder &fields) const
{
    if (m_operation.isTransferEncodingAsked && !fields.isGiven("TE")) {
        const QByteArray connection = fields.given("Connection");
        fields.addAlways(
            "Connection", connection.isEmpty() ? QByteArray("TE") : connection + ", TE");
        fields.addAlways("TE", "gzip");
    }
    if (m_operation.isCompressed)
        fields.addOwn("Accept-Encoding", "deflate, gzip, br, zstd");
}

void RequestBuilder::addBodyFields(FieldOrder &fields)
{
    if (m_request.bodyKind == Request::BodyKind::None)
        return;
    const qint64 octets = m_isUpload && m_request.bodyKind == Request::BodyKind::Octets
        ? -1 // standard input ends when it ends
        : bodyOctets();
    const bool isChunked
        = fields.given("Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) == 0;
    if (!isChunked && octets < 0 && !m_request.isHttp10)
        fields.addOwn("Transfer-Encoding", "chunked");
    else if (!isChunked && octets >= 0)
        fields.addOwn("Content-Length", QByteArray::number(octets));
    if (m_request.bodyKind == Request::BodyKind::Form)
        fields.addAlways("Content-Type", contentType(fields));
    else if (!m_isUpload)
        fields.addOwn("Content-Type", "application/x-www-form-urlencoded");
    const bool isExpecting
        = m_isUpload ? octets != 0 : octets < 0 || octets > ExpectsContinueBeyond;
    if (isExpecting && !m_request.isHttp10)
        fields.addOwn("Expect", "100-continue");
}

QByteArray RequestBuilder::contentType(const FieldOrder &fields)
{
    QByteArray type = fields.given("Content-Type");
    if (type.isEmpty())
        type = "multipart/form-data";
    else if (!type.startsWith("multipart/form-data"))
        m_files.remark(QStringLiteral("curl calls the parts of a form of another type attachments; "
                                      "here they stay form-data."));
    return type + "; boundary=" + m_request.boundary;
}

qint64 RequestBuilder::bodyOctets() const
{
    switch (m_request.bodyKind) {
    case Request::BodyKind::None:
        return 0;
    case Request::BodyKind::Octets:
        return m_request.body.size();
    case Request::BodyKind::File:
        return m_files.size(m_request.filePath);
    case Request::BodyKind::Form:
        break;
    }
    qint64 octets = 0;
    for (const BodyPiece &piece : encodeForm(m_request.parts, m_request.boundary)) {
        const qint64 size
            = piece.filePath.isEmpty() ? piece.octets.size() : m_files.size(piece.filePath);
        if (size < 0)
            return -1;
        octets += size;
    }
    return octets;
}

} // namespace headrace::formats::curl

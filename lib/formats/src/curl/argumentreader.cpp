#include "curl/argumentreader.h"

#include "curl/formoption.h"
#include "curl/urlencoding.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLocale>

#include <utility>

namespace headrace::formats::curl {

namespace {

QString shown(const QByteArray &octets)
{
    constexpr qsizetype longest = 60;
    const QString text = QString::fromUtf8(octets.first(qMin(octets.size(), longest)));
    return octets.size() > longest ? text + QChar(0x2026) : text;
}

} // namespace

ArgumentReader::ArgumentReader(Files &files)
    : m_files(files)
{
}

QString ArgumentReader::refusal() const { return m_refusal; }

void ArgumentReader::refuse(const QString &why)
{
    if (m_refusal.isEmpty())
        m_refusal = why;
}

QList<Operation> ArgumentReader::read(const QList<QByteArray> &arguments)
{
    m_left = arguments;
    bool onlyUrls = false;
    while (!m_left.isEmpty()) {
        const QByteArray argument = m_left.takeFirst();
        if (onlyUrls || !argument.startsWith('-') || argument == "-")
            addUrl(argument);
        else if (argument == "--")
            onlyUrls = true;
        else if (argument.startsWith("--"))
            readLong(argument);
        else
            readLetters(argument);
    }
    m_operations.append(m_operation);
    if (!m_meaningless.isEmpty())
        m_files.remark(QStringLiteral("Of no meaning here: %1.")
                           .arg(QString::fromUtf8(m_meaningless.join(", "))));
    return std::exchange(m_operations, {});
}

void ArgumentReader::readLong(const QByteArray &argument)
{
    const OptionMatch match = findOption(QByteArrayView(argument).sliced(2));
    if (!match.option) {
        m_files.remark(match.isAmbiguous
                ? QStringLiteral("%1 may be several options of curl: it is passed over.")
                      .arg(shown(argument))
                : QStringLiteral("curl has no option %1: it is passed over.").arg(shown(argument)));
        return;
    }
    if (match.option->arity != Arity::Value)
        take(*match.option, argument, {}, match.isOn);
    else if (const auto value = nextValue(argument))
        take(*match.option, argument, *value, true);
}

// Letters may stand together; the rest behind one with a value is that.
void ArgumentReader::readLetters(const QByteArray &argument)
{
    for (qsizetype i = 1; i < argument.size(); ++i) {
        const QByteArray shownOption = QByteArrayLiteral("-") + argument[i];
        const Option *option = findOption(argument[i]);
        if (!option) {
            m_files.remark(QStringLiteral("curl has no option %1: it is passed over.")
                               .arg(shown(shownOption)));
            continue;
        }
        if (option->arity != Arity::Value) {
            take(*option, shownOption, {}, true);
            continue;
        }
        if (i + 1 < argument.size())
            take(*option, shownOption, argument.sliced(i + 1), true);
        else if (const auto value = nextValue(shownOption))
            take(*option, shownOption, *value, true);
        return;
    }
}

std::optional<QByteArray> ArgumentReader::nextValue(const QByteArray &option)
{
    if (m_left.isEmpty()) {
        refuse(QStringLiteral("%1 needs a value.").arg(shown(option)));
        return std::nullopt;
    }
    return m_left.takeFirst();
}

void ArgumentReader::take(
    const Option &option, const QByteArray &shownOption, const QByteArray &value, bool isOn)
{
    switch (option.effect) {
    case Effect::Silent:
        return;
    case Effect::Meaningless:
        if (!m_meaningless.contains(shownOption))
            m_meaningless.append(shownOption);
        return;
    case Effect::Unsupported:
        if (isOn)
            m_files.remark(QStringLiteral("%1 is not supported: the request goes without it.")
                               .arg(shown(shownOption)));
        return;
    case Effect::Used:
        break;
    }
    if (!setFlag(option.id, isOn) && !setBody(option.id, value)
        && !setCredentials(option.id, value))
        setValue(option.id, value);
}

bool ArgumentReader::setFlag(Id id, bool isOn)
{
    switch (id) {
    case Id::Compressed:
        m_operation.isCompressed = isOn;
        return true;
    case Id::Get:
        m_operation.isGet = isOn;
        return true;
    case Id::Globoff:
        m_operation.isGlobbed = !isOn;
        return true;
    case Id::Head:
        m_operation.isHead = isOn;
        return true;
    case Id::Http10:
        m_operation.isHttp10 = true;
        return true;
    case Id::Http11:
        m_operation.isHttp10 = false;
        return true;
    case Id::Insecure:
        m_operation.isInsecure = isOn;
        return true;
    case Id::Location:
    case Id::LocationTrusted:
        m_operation.isFollowing = isOn;
        return true;
    case Id::Next:
        m_operations.append(std::exchange(m_operation, {}));
        return true;
    case Id::PathAsIs:
        m_operation.isPathAsIs = isOn;
        return true;
    case Id::Proxytunnel:
        m_operation.isProxyTunnel = isOn;
        return true;
    case Id::TrEncoding:
        m_operation.isTransferEncodingAsked = isOn;
        return true;
    case Id::UseAscii:
        return true;
    default:
        return false;
    }
}

bool ArgumentReader::setBody(Id id, const QByteArray &value)
{
    switch (id) {
    case Id::Data:
    case Id::DataAscii:
    case Id::DataBinary:
    case Id::DataRaw:
    case Id::DataUrlencode:
    case Id::Json:
        addData(id, value);
        return true;
    case Id::Form:
        if (!addFormParts(value, m_files, m_operation.parts))
            refuse(QStringLiteral("-F takes name=content; \"%1\" has no =.").arg(shown(value)));
        return true;
    case Id::FormString:
        if (!addFormString(value, m_operation.parts))
            refuse(QStringLiteral("--form-string takes name=value; \"%1\" has no =.")
                       .arg(shown(value)));
        return true;
    case Id::UploadFile:
        addUpload(value);
        return true;
    case Id::UrlQuery:
        if (!m_operation.urlQuery.isEmpty())
            m_operation.urlQuery += '&';
        m_operation.urlQuery += value.startsWith('+') ? value.sliced(1) : urlEncoded(value);
        return true;
    default:
        return false;
    }
}

bool ArgumentReader::setCredentials(Id id, const QByteArray &value)
{
    switch (id) {
    case Id::User:
        m_operation.user = value;
        if (!value.contains(':')) {
            *m_operation.user += ':';
            m_files.remark(
                QStringLiteral("curl would ask for the password of -u: it is empty here."));
        }
        return true;
    case Id::ProxyUser:
        m_operation.proxyUser = value.contains(':') ? value : value + ':';
        return true;
    case Id::Oauth2Bearer:
        m_operation.bearer = value;
        return true;
    case Id::Basic:
        m_operation.isBasic = true;
        return true;
    case Id::Anyauth:
    case Id::Digest:
    case Id::Negotiate:
    case Id::Ntlm:
    case Id::NtlmWb:
        m_operation.isBasic = false;
        return true;
    default:
        return false;
    }
}

void ArgumentReader::setValue(Id id, const QByteArray &value)
{
    switch (id) {
    case Id::ConnectTo:
        m_operation.connectTo.append(value);
        break;
    case Id::ContinueAt:
        m_operation.resumeFrom = value.toLongLong();
        if (value == "-")
            m_files.remark(QStringLiteral(
                "-C - goes by the file that is there already: the whole is asked for."));
        break;
    case Id::Cookie:
        if (value.contains('='))
            m_operation.cookies.append(value);
        else if (!value.isEmpty())
            m_files.remark(
                QStringLiteral("Cookies of the file %1 are not sent.").arg(shown(value)));
        break;
    case Id::EtagCompare: {
        const QByteArray etag = m_files.read(value).value_or(QByteArray()).trimmed();
        m_operation.etag = etag.isEmpty() ? QByteArray("\"\"") : etag;
        break;
    }
    case Id::Header:
        addHeader(m_operation.headers, value);
        break;
    case Id::MaxTime:
        setMaxTime(value);
        break;
    case Id::ProtoDefault:
        m_operation.defaultScheme = value;
        break;
    case Id::Proxy:
        m_operation.proxy = value;
        break;
    case Id::ProxyHeader:
        addHeader(m_operation.proxyHeaders, value);
        break;
    case Id::Range:
        m_operation.range = value.contains('-') ? value : value + '-';
        break;
    case Id::Referer:
        m_operation.referer = value.endsWith(";auto") ? value.chopped(5) : value;
        break;
    case Id::Request:
        m_operation.method = value;
        break;
    case Id::RequestTarget:
        m_operation.requestTarget = value;
        break;
    case Id::Resolve:
        m_operation.resolve.append(value);
        break;
    case Id::TimeCond:
        setTimeCondition(value);
        break;
    case Id::Url:
        addUrl(value);
        break;
    case Id::UserAgent:
        m_operation.userAgent = value;
        break;
    default:
        break;
    }
}

void ArgumentReader::addUrl(const QByteArray &url)
{
    if (url.isEmpty())
        return;
    for (Transfer &transfer : m_operation.transfers) {
        if (!transfer.hasUrl) {
            transfer.url = url;
            transfer.hasUrl = true;
            return;
        }
    }
    m_operation.transfers.append({ url, true, std::nullopt });
}

void ArgumentReader::addUpload(const QByteArray &path)
{
    for (Transfer &transfer : m_operation.transfers) {
        if (!transfer.upload) {
            transfer.upload = path;
            return;
        }
    }
    m_operation.transfers.append({ {}, false, path });
}

void ArgumentReader::addHeader(QList<QByteArray> &headers, const QByteArray &value)
{
    if (!value.startsWith('@')) {
        headers.append(value);
        return;
    }
    const auto content = m_files.read(value.sliced(1));
    for (QByteArray line : content.value_or(QByteArray()).split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        if (!line.isEmpty() && !line.startsWith('#'))
            headers.append(line);
    }
}

// Parts of -d are joined by '&', those of --json by nothing.
void ArgumentReader::addData(Id id, const QByteArray &value)
{
    Data &data = m_operation.data;
    const bool isFile = id == Id::DataBinary && value.startsWith('@') && value != "@-";
    if (isFile && !data.isGiven && m_files.size(QString::fromUtf8(value.sliced(1))) >= 0) {
        data.filePath = QString::fromUtf8(value.sliced(1));
        data.isGiven = true;
        return;
    }
    if (!data.filePath.isEmpty()) // it is no longer alone
        data.octets
            = m_files.read(std::exchange(data.filePath, {}).toUtf8()).value_or(QByteArray());
    const QByteArray more = dataOctets(id, value).value_or(QByteArray());
    if (data.isGiven && id != Id::Json)
        data.octets += '&';
    data.octets += more;
    data.isGiven = true;
    data.isJson = data.isJson || id == Id::Json;
}

std::optional<QByteArray> ArgumentReader::dataOctets(Id id, const QByteArray &value)
{
    if (id == Id::DataUrlencode)
        return urlEncoded(value);
    if (id == Id::DataRaw || !value.startsWith('@'))
        return value;
    std::optional<QByteArray> content = m_files.read(value.sliced(1));
    if (content && (id == Id::Data || id == Id::DataAscii))
        content->removeIf([](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    return content;
}

// "content", "=content", "name=content", "@file", "name@file"
QByteArray ArgumentReader::urlEncoded(const QByteArray &value)
{
    const qsizetype equals = value.indexOf('=');
    const qsizetype at = value.indexOf('@');
    const qsizetype mark = equals >= 0 ? equals : at;
    if (mark < 0)
        return formEncoded(value);
    QByteArray content = value.sliced(mark + 1);
    if (value[mark] == '@') {
        const auto read = m_files.read(content);
        if (!read)
            return {};
        content = *read;
    }
    return mark == 0 ? formEncoded(content) : value.first(mark) + '=' + formEncoded(content);
}

void ArgumentReader::setTimeCondition(const QByteArray &value)
{
    QByteArray name = "If-Modified-Since";
    QString date = QString::fromUtf8(value);
    if (date.startsWith(u'-'))
        name = "If-Unmodified-Since";
    else if (date.startsWith(u'='))
        name = "Last-Modified";
    if (date.startsWith(u'-') || date.startsWith(u'=') || date.startsWith(u'+'))
        date.remove(0, 1);
    QString readable = date.trimmed();
    if (readable.endsWith(QLatin1String(" GMT")))
        readable = readable.chopped(3) + QStringLiteral("+0000");
    QDateTime time = QDateTime::fromString(readable, Qt::RFC2822Date);
    if (!time.isValid())
        time = QDateTime::fromString(readable, Qt::ISODate);
    if (!time.isValid()) {
        m_files.remark(QStringLiteral("The time of -z, \"%1\", is not understood: it is left out.")
                           .arg(shown(value)));
        return;
    }
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    m_operation.timeCondition = name + ": "
        + QLocale::c()
              .toString(time.toUTC(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
              .toLatin1();
}

void ArgumentReader::setMaxTime(const QByteArray &value)
{
    bool isNumber = false;
    const double seconds = value.toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0 && seconds <= 1e6)) {
        m_files.remark(
            QStringLiteral("\"%1\" is no number of seconds: -m is passed over.").arg(shown(value)));
        return;
    }
    m_operation.timeout = std::chrono::milliseconds(qint64(seconds * 1000));
}

} // namespace headrace::formats::curl

#include "exchange/caching.h"
#include "exchange/fieldmeaning.h"
#include "exchange/httpdate.h"
#include "meaning/fieldvalue.h"

#include <QLocale>

namespace headrace::exchange {

namespace {

constexpr qsizetype PartLimit = 50;

struct Word
{
    QLatin1StringView word; // small letters
    QLatin1StringView meaning;
};

constexpr Word Codings[] = {
    { QLatin1StringView("gzip"), QLatin1StringView("packed by gzip (LZ77 with a checksum)") },
    { QLatin1StringView("x-gzip"), QLatin1StringView("the same as gzip") },
    { QLatin1StringView("deflate"), QLatin1StringView("packed in zlib's format") },
    { QLatin1StringView("compress"), QLatin1StringView("packed by the old compress (LZW)") },
    { QLatin1StringView("br"), QLatin1StringView("packed by Brotli") },
    { QLatin1StringView("zstd"), QLatin1StringView("packed by Zstandard") },
    { QLatin1StringView("dcb"), QLatin1StringView("Brotli with a shared dictionary") },
    { QLatin1StringView("dcz"), QLatin1StringView("Zstandard with a shared dictionary") },
    { QLatin1StringView("chunked"),
        QLatin1StringView("sent in chunks, each with its size; the last one is empty") },
    { QLatin1StringView("identity"), QLatin1StringView("as it is") },
    { QLatin1StringView("trailers"),
        QLatin1StringView("trailers are welcome and will not be dropped") },
    { QLatin1StringView("*"), QLatin1StringView("any other") },
};

constexpr Word ConnectionOptions[] = {
    { QLatin1StringView("close"), QLatin1StringView("the connection ends behind this response") },
    { QLatin1StringView("keep-alive"),
        QLatin1StringView("the connection stays open for the next request") },
    { QLatin1StringView("upgrade"), QLatin1StringView("Upgrade is meant for this hop") },
    { QLatin1StringView("te"), QLatin1StringView("TE is meant for this hop") },
    { QLatin1StringView("http2-settings"),
        QLatin1StringView("HTTP2-Settings is meant for this hop") },
};

constexpr Word TypeParameters[] = {
    { QLatin1StringView("charset"), QLatin1StringView("how characters are written as octets") },
    { QLatin1StringView("boundary"), QLatin1StringView("stands between the parts") },
    { QLatin1StringView("profile"),
        QLatin1StringView("what the content keeps to besides its type") },
    { QLatin1StringView("version"), QLatin1StringView("version of the format") },
    { QLatin1StringView("q"), QLatin1StringView("weight, from 0 (not at all) to 1") },
};

constexpr Word DispositionParts[] = {
    { QLatin1StringView("inline"), QLatin1StringView("shown in its place") },
    { QLatin1StringView("attachment"), QLatin1StringView("saved to a file") },
    { QLatin1StringView("form-data"), QLatin1StringView("a part of a form") },
    { QLatin1StringView("filename"), QLatin1StringView("name to save it under") },
    { QLatin1StringView("filename*"),
        QLatin1StringView("name to save it under, with its charset; counts more") },
    { QLatin1StringView("name"), QLatin1StringView("field of the form") },
};

constexpr Word SecurityParts[] = {
    { QLatin1StringView("includesubdomains"),
        QLatin1StringView("also for all hosts below this one") },
    { QLatin1StringView("preload"), QLatin1StringView("may be built into browsers") },
};

constexpr Word OtherValues[] = {
    { QLatin1StringView("expect:100-continue"),
        QLatin1StringView("send 100 Continue before I send the content, or refuse it now") },
    { QLatin1StringView("x-content-type-options:nosniff"),
        QLatin1StringView("the media type is to be believed") },
    { QLatin1StringView("accept-ranges:bytes"),
        QLatin1StringView("parts can be asked for by octets") },
    { QLatin1StringView("accept-ranges:none"), QLatin1StringView("parts cannot be asked for") },
    { QLatin1StringView("pragma:no-cache"),
        QLatin1StringView("as Cache-Control: no-cache, for caches of HTTP/1.0") },
    { QLatin1StringView("vary:*"),
        QLatin1StringView("no cached response is ever the right one for another request") },
    { QLatin1StringView("x-frame-options:deny"), QLatin1StringView("never in a frame") },
    { QLatin1StringView("x-frame-options:sameorigin"),
        QLatin1StringView("in frames of the same origin only") },
    { QLatin1StringView("access-control-allow-origin:*"),
        QLatin1StringView("scripts of any origin may read this, without cookies") },
    { QLatin1StringView("dnt:1"), QLatin1StringView("do not track") },
    { QLatin1StringView("upgrade:websocket"), QLatin1StringView("go on as a WebSocket") },
    { QLatin1StringView("upgrade:h2c"), QLatin1StringView("go on with HTTP/2 without TLS") },
};

template <std::size_t Count>
QString meaningIn(const Word (&words)[Count], QByteArrayView word)
{
    const QByteArray wanted = word.toByteArray().toLower();
    for (const Word &known : words) {
        if (known.word == QLatin1StringView(wanted))
            return QString(known.meaning);
    }
    return {};
}

QString textOf(QByteArrayView octets) { return QString::fromUtf8(octets); }

/// Explains one field's value.
class Explainer
{
public:
    Explainer(QByteArrayView name, QByteArrayView value, const QDateTime &now)
        : m_name(name.toByteArray().toLower())
        , m_value(value.trimmed())
        , m_now(now)
    {
    }

    QList<ValueMeaning> explained();

private:
    bool is(std::initializer_list<const char *> names) const;
    void add(QByteArrayView part, const QString &sentence);
    void addDate(const QDateTime &date);
    void addCacheDirectives();
    void addCodings();
    void addConnection();
    void addMediaType();
    void addDisposition();
    void addStrictTransport();
    void addKeepAlive();
    void addCredentials();
    void addNumber();
    void addTag();

    QByteArray m_name;
    QByteArrayView m_value;
    QDateTime m_now;
    QList<ValueMeaning> m_parts;
};

bool Explainer::is(std::initializer_list<const char *> names) const
{
    for (const char *name : names) {
        if (m_name == name)
            return true;
    }
    return false;
}

void Explainer::add(QByteArrayView part, const QString &sentence)
{
    if (!sentence.isEmpty() && m_parts.size() < PartLimit)
        m_parts.append({ textOf(part), sentence });
}

void Explainer::addDate(const QDateTime &date)
{
    const QString local
        = QLocale::c().toString(date.toLocalTime(), QStringLiteral("d MMM yyyy, HH:mm:ss"));
    add({}, QStringLiteral("%1 local time, %2").arg(local, spokenDistance(date, m_now)));
}

void Explainer::addCacheDirectives()
{
    for (const CacheDirective &directive : readCacheControl(m_value))
        add(directive.text(), directive.meaning());
}

void Explainer::addCodings()
{
    for (const QByteArrayView part : splitValue(m_value, ',')) {
        const QList<QByteArrayView> pieces = splitValue(part, ';');
        if (pieces.isEmpty())
            continue;
        QString meaning = meaningIn(Codings, pieces.constFirst());
        for (const QByteArrayView piece : pieces) {
            const auto [name, weight] = readParameter(piece);
            if (weight && name.toLower() == "q" && weight->toDouble() == 0)
                meaning += QStringLiteral("; not wanted");
        }
        add(part, meaning);
    }
}

void Explainer::addConnection()
{
    for (const QByteArrayView part : splitValue(m_value, ',')) {
        QString meaning = meaningIn(ConnectionOptions, part);
        if (meaning.isEmpty())
            meaning = QStringLiteral("the field %1 is meant for this hop only").arg(textOf(part));
        add(part, meaning);
    }
}

void Explainer::addMediaType()
{
    for (const QByteArrayView part : splitValue(m_value, ';').mid(1)) {
        const auto [name, value] = readParameter(part);
        add(part, meaningIn(TypeParameters, name));
    }
}

void Explainer::addDisposition()
{
    for (const QByteArrayView part : splitValue(m_value, ';'))
        add(part, meaningIn(DispositionParts, readParameter(part).first));
}

void Explainer::addStrictTransport()
{
    for (const QByteArrayView part : splitValue(m_value, ';')) {
        const auto [name, value] = readParameter(part);
        const auto seconds = readDeltaSeconds(value.value_or(QByteArray()));
        if (name.toLower() != "max-age")
            add(part, meaningIn(SecurityParts, name));
        else if (seconds == 0)
            add(part, QStringLiteral("forget that this host wants HTTPS"));
        else if (seconds)
            add(part, QStringLiteral("for %1").arg(spokenDuration(*seconds)));
    }
}

void Explainer::addKeepAlive()
{
    for (const QByteArrayView part : splitValue(m_value, ',')) {
        const auto [name, value] = readParameter(part);
        const auto number = readDeltaSeconds(value.value_or(QByteArray()));
        if (!number)
            continue;
        if (name.toLower() == "timeout")
            add(part,
                QStringLiteral("an idle connection is closed after %1")
                    .arg(spokenDuration(*number)));
        else if (name.toLower() == "max")
            add(part, QStringLiteral("%1 more requests at most").arg(*number));
    }
}

// RFC 7617, RFC 6750
void Explainer::addCredentials()
{
    const qsizetype space = m_value.indexOf(' ');
    const QByteArray scheme = (space < 0 ? m_value : m_value.first(space)).toByteArray().toLower();
    if (scheme == "basic" && space > 0) {
        const QByteArray pair
            = QByteArray::fromBase64(m_value.sliced(space).trimmed().toByteArray());
        const qsizetype colon = pair.indexOf(':');
        if (colon >= 0)
            add(m_value.first(space),
                QStringLiteral(
                    "user \"%1\" with a password of %2 octets; anyone on the way can read both")
                    .arg(textOf(pair.first(colon)))
                    .arg(pair.size() - colon - 1));
    } else if (scheme == "bearer" && space > 0) {
        add(m_value.first(space), QStringLiteral("a token: who holds it may use it (RFC 6750)"));
    }
}

void Explainer::addNumber()
{
    const auto number = readDeltaSeconds(m_value);
    if (!number)
        return;
    if (m_name == "content-length") {
        if (*number >= 10'000)
            add({}, QStringLiteral("%1 octets").arg(QLocale(QLocale::English).toString(*number)));
    } else if (*number >= 60) {
        add({}, spokenDuration(*number));
    }
}

void Explainer::addTag()
{
    for (const QByteArrayView part : splitValue(m_value, ',')) {
        if (part == "*")
            add(part, QStringLiteral("any version there is"));
        else if (part.startsWith("W/"))
            add(part, QStringLiteral("weak: equivalent, but maybe not the same octets"));
    }
}

QList<ValueMeaning> Explainer::explained()
{
    const QDateTime date
        = is({ "date", "expires", "last-modified", "if-modified-since", "if-unmodified-since",
              "retry-after", "sunset", "if-range", "memento-datetime" })
        ? readHttpDate(m_value)
        : QDateTime();
    if (date.isValid())
        addDate(date);
    else if (m_name == "expires")
        add({}, QStringLiteral("no date: the response is stale at once"));
    else if (is({ "cache-control", "cdn-cache-control" }))
        addCacheDirectives();
    else if (is({ "content-encoding", "transfer-encoding", "accept-encoding", "te" }))
        addCodings();
    else if (m_name == "connection")
        addConnection();
    else if (m_name == "content-type")
        addMediaType();
    else if (m_name == "content-disposition")
        addDisposition();
    else if (m_name == "strict-transport-security")
        addStrictTransport();
    else if (m_name == "keep-alive")
        addKeepAlive();
    else if (is({ "authorization", "proxy-authorization" }))
        addCredentials();
    else if (is({ "age", "retry-after", "access-control-max-age", "content-length" }))
        addNumber();
    else if (is({ "etag", "if-match", "if-none-match", "if-range" }))
        addTag();
    else
        add({}, meaningIn(OtherValues, m_name + ':' + m_value.toByteArray()));
    return m_parts;
}

} // namespace

QList<ValueMeaning> explainValue(QByteArrayView name, QByteArrayView value, const QDateTime &now)
{
    return Explainer(name, value, now).explained();
}

} // namespace headrace::exchange

#include "exchange/cookies.h"

#include "exchange/httpdate.h"
#include "meaning/fieldvalue.h"

#include <QHostAddress>
#include <QLocale>

#include <algorithm>
#include <array>

namespace headrace::exchange {

namespace {

constexpr qsizetype PairLimit = 1000;
constexpr qsizetype AttributeCountLimit = 50;

QString textOf(QByteArrayView octets) { return QString::fromUtf8(octets); }

bool isControl(char c) { return (uchar(c) < 0x20 && c != '\t') || uchar(c) == 0x7f; }

bool hasControl(QByteArrayView octets)
{
    return std::any_of(octets.begin(), octets.end(), isControl);
}

std::pair<QByteArrayView, QByteArrayView> splitAtEquals(QByteArrayView pair)
{
    const qsizetype equals = pair.indexOf('=');
    if (equals < 0)
        return { QByteArrayView(), pair.trimmed() };
    return { pair.first(equals).trimmed(), pair.sliced(equals + 1).trimmed() };
}

QString localTime(const QDateTime &time)
{
    return QLocale::c().toString(time.toLocalTime(), QStringLiteral("d MMM yyyy, HH:mm:ss"));
}

/// Digits at the begin of a word, from \a least to \a most of them, and something else behind; -1: not so.
int leadingNumber(QByteArrayView word, qsizetype least, qsizetype most)
{
    qsizetype count = 0;
    while (count < word.size() && word.at(count) >= '0' && word.at(count) <= '9')
        ++count;
    return count >= least && count <= most ? word.first(count).toInt() : -1;
}

} // namespace

/// A cookie while it is read.
struct CookieReader::Draft
{
    SetCookie cookie;
    std::optional<QDateTime> expires;
    std::optional<qint64> maxAge;
    QString domain;
    QString path;
    QByteArray sameSite;
    bool isSecure = false;
    bool isHttpOnly = false;
    bool isPartitioned = false;
    bool isRefused = false;

    void refuse(const QString &reason)
    {
        isRefused = true;
        cookie.problems += QStringLiteral("Refused: ") + reason;
    }
};

CookieReader::CookieReader(const Context &context)
    : m_context(context)
{
}

QList<CookiePair> CookieReader::readPairs(QByteArrayView cookie)
{
    QList<CookiePair> pairs;
    qsizetype begin = 0;
    while (begin <= cookie.size() && pairs.size() < PairLimit) {
        qsizetype end = cookie.indexOf(';', begin); // also within quotes: RFC 6265 section 5.4
        if (end < 0)
            end = cookie.size();
        const QByteArrayView part = cookie.sliced(begin, end - begin).trimmed();
        begin = end + 1;
        if (part.isEmpty())
            continue;
        const auto [name, value] = splitAtEquals(part);
        CookiePair pair { name.toByteArray(), value.toByteArray(), {} };
        const bool isThereTwice = std::any_of(pairs.cbegin(), pairs.cend(),
            [&](const CookiePair &other) { return other.name == pair.name; });
        if (hasControl(part))
            pair.problem = QStringLiteral("has control octets");
        else if (pair.name.isEmpty())
            pair.problem = QStringLiteral("has no name");
        else if (isThereTwice)
            pair.problem = QStringLiteral("is there twice: set for different paths or domains; "
                                          "which one counts, servers decide");
        pairs.append(pair);
    }
    return pairs;
}

// RFC 6265 section 5.1.1: words in any order and with any separators.
QDateTime CookieReader::readDate(QByteArrayView text)
{
    static constexpr std::array<QByteArrayView, 12> months { "jan", "feb", "mar", "apr", "may",
        "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
    QTime time;
    int day = -1;
    int month = -1;
    int year = -1;
    const QByteArray octets = text.first(std::min<qsizetype>(text.size(), 200)).toByteArray();
    const auto isDelimiter = [](char c) {
        const uchar u = uchar(c);
        return c == '\t' || (u >= 0x20 && u <= 0x2f) || (u >= 0x3b && u <= 0x40)
            || (u >= 0x5b && u <= 0x60) || (u >= 0x7b && u <= 0x7e);
    };
    qsizetype at = 0;
    while (at < octets.size()) {
        while (at < octets.size() && isDelimiter(octets.at(at)))
            ++at;
        const qsizetype begin = at;
        while (at < octets.size() && !isDelimiter(octets.at(at)))
            ++at;
        const QByteArray word = octets.sliced(begin, at - begin);
        const QList<QByteArray> clock = word.split(':');
        if (!time.isValid() && clock.size() >= 3) {
            const int hours = leadingNumber(clock.at(0), 1, 2);
            const int minutes = leadingNumber(clock.at(1), 1, 2);
            const int seconds = leadingNumber(clock.at(2), 1, 2);
            if (hours < 0 || minutes < 0 || seconds < 0)
                continue;
            time = QTime(hours, minutes, seconds);
            if (!time.isValid())
                return {};
        } else if (const int one = leadingNumber(word, 1, 2); day < 0 && one >= 0) {
            day = one;
        } else if (const auto found = std::find(
                       months.cbegin(), months.cend(), QByteArrayView(word.left(3).toLower()));
                   month < 0 && word.size() >= 3 && found != months.cend()) {
            month = int(std::distance(months.cbegin(), found)) + 1;
        } else if (const int many = leadingNumber(word, 2, 4); year < 0 && many >= 0) {
            year = many >= 70 && many <= 99 ? many + 1900 : many <= 69 ? many + 2000 : many;
        }
    }
    const QDate date(year, month, day);
    if (!time.isValid() || !date.isValid() || year < 1601)
        return {};
    return QDateTime(date, time, Qt::UTC);
}

SetCookie CookieReader::read(QByteArrayView setCookie) const
{
    Draft draft;
    qsizetype end = setCookie.indexOf(';');
    if (end < 0)
        end = setCookie.size();
    const auto [name, value] = splitAtEquals(setCookie.first(end));
    draft.cookie.name = name.toByteArray();
    draft.cookie.value = value.toByteArray();
    if (hasControl(setCookie))
        draft.refuse(QStringLiteral("it has control octets."));
    if (name.isEmpty() && value.isEmpty())
        draft.refuse(QStringLiteral("it has neither name nor value."));
    if (name.size() + value.size() > SizeLimit)
        draft.refuse(QStringLiteral("name and value have more than %1 octets.").arg(SizeLimit));
    while (end < setCookie.size()) {
        const qsizetype begin = end + 1;
        end = setCookie.indexOf(';', begin);
        if (end < 0)
            end = setCookie.size();
        const QByteArrayView part = setCookie.sliced(begin, end - begin).trimmed();
        if (!part.isEmpty() && draft.cookie.attributes.size() < AttributeCountLimit)
            readAttribute(part, &draft);
    }
    settleExpiry(&draft);
    settleDomain(&draft);
    draft.cookie.path = draft.path.isEmpty() ? defaultPath() : draft.path;
    settleRules(&draft);
    if (draft.isRefused)
        draft.cookie.fate = SetCookie::Fate::Refused;
    return draft.cookie;
}

void CookieReader::readAttribute(QByteArrayView part, Draft *draft) const
{
    const qsizetype equals = part.indexOf('=');
    CookieAttribute attribute;
    attribute.name = (equals < 0 ? part : part.first(equals)).trimmed().toByteArray();
    if (equals >= 0)
        attribute.value = part.sliced(equals + 1).trimmed().toByteArray();
    const QByteArray value = attribute.value.value_or(QByteArray());
    const QByteArray name = attribute.name.toLower();
    if (value.size() > AttributeLimit) {
        attribute.meaning = QStringLiteral("too long; it does not count");
    } else if (name == "expires") {
        const QDateTime date = readDate(value);
        if (date.isValid())
            draft->expires = date;
        attribute.meaning = date.isValid()
            ? QStringLiteral("until %1 local time, %2")
                  .arg(localTime(date), spokenDistance(date, m_context.received))
            : QStringLiteral("no date; it does not count");
    } else if (name == "max-age") {
        bool isNumber = false;
        const qint64 seconds = value.toLongLong(&isNumber);
        if (isNumber && !value.startsWith('+')) {
            draft->maxAge = seconds;
            attribute.meaning = seconds <= 0
                ? QStringLiteral("over at once: the cookie is deleted")
                : QStringLiteral("for %1; counts more than Expires").arg(spokenDuration(seconds));
        } else {
            attribute.meaning = QStringLiteral("no number; it does not count");
        }
    } else if (name == "domain") {
        QString domain = textOf(value).toLower();
        if (domain.startsWith(u'.'))
            domain.remove(0, 1);
        draft->domain = domain;
        attribute.meaning = domain.isEmpty()
            ? QStringLiteral("empty; it does not count")
            : QStringLiteral("sent back to %1 and all hosts below it").arg(domain);
    } else if (name == "path") {
        draft->path = value.startsWith('/') ? textOf(value) : QString();
        attribute.meaning = draft->path.isEmpty()
            ? QStringLiteral("does not begin with /; the path of the request counts: %1")
                  .arg(defaultPath())
            : QStringLiteral("sent back for %1 and all below it").arg(draft->path);
    } else if (name == "secure") {
        draft->isSecure = true;
        attribute.meaning = QStringLiteral("sent back over HTTPS only");
    } else if (name == "httponly") {
        draft->isHttpOnly = true;
        attribute.meaning = QStringLiteral("scripts cannot read it");
    } else if (name == "partitioned") {
        draft->isPartitioned = true;
        attribute.meaning
            = QStringLiteral("within other sites, each of them gets a jar of its own");
    } else if (name == "samesite") {
        draft->sameSite = value.toLower();
        if (draft->sameSite == "strict")
            attribute.meaning
                = QStringLiteral("sent back only with requests that pages of the same site make");
        else if (draft->sameSite == "lax")
            attribute.meaning = QStringLiteral("sent back with requests of the same site, and when "
                                               "the user follows a link to here");
        else if (draft->sameSite == "none")
            attribute.meaning = QStringLiteral("sent back with requests of any site");
        else
            attribute.meaning = QStringLiteral("not a known value; browsers take Lax");
    } else if (name == "priority") {
        attribute.meaning = QStringLiteral("which cookies Chromium drops first; not a standard");
    } else {
        attribute.meaning = QStringLiteral("not a known attribute; it does not count");
    }
    const auto sameName
        = [&name](const CookieAttribute &other) { return other.name.toLower() == name; };
    const QList<CookieAttribute> &before = draft->cookie.attributes;
    if (std::any_of(before.cbegin(), before.cend(), sameName))
        draft->cookie.problems += QStringLiteral("%1 is there twice; the last one counts.")
                                      .arg(textOf(attribute.name));
    draft->cookie.attributes.append(attribute);
}

void CookieReader::settleExpiry(Draft *draft) const
{
    const QDateTime now = m_context.received.toUTC();
    SetCookie &cookie = draft->cookie;
    const QDateTime limit = now.addDays(LongestDays);
    if (draft->maxAge) {
        const qint64 most = qint64(LongestDays) * 86'400;
        cookie.expires = now.addSecs(std::clamp<qint64>(*draft->maxAge, 0, most + 1));
    } else if (draft->expires) {
        cookie.expires = *draft->expires;
    } else {
        return;
    }
    cookie.fate = cookie.expires <= now ? SetCookie::Fate::Deleted : SetCookie::Fate::Kept;
    if (cookie.expires > limit) {
        cookie.expires = limit;
        cookie.problems
            += QStringLiteral("Browsers keep no cookie longer than %1 days.").arg(LongestDays);
    }
}

// RFC 6265 section 5.1.3
void CookieReader::settleDomain(Draft *draft) const
{
    const QString host = m_context.host.toLower();
    SetCookie &cookie = draft->cookie;
    cookie.domain = host;
    if (draft->domain.isEmpty())
        return;
    const bool isAddress = !QHostAddress(host).isNull();
    if (draft->domain == host) {
        cookie.isForSubdomains = !isAddress;
        return;
    }
    cookie.domain = draft->domain;
    cookie.isForSubdomains = true;
    if (isAddress || !host.endsWith(u'.' + draft->domain))
        draft->refuse(QStringLiteral("Domain=%1 is not a domain of %2.").arg(draft->domain, host));
    else if (!draft->domain.contains(u'.'))
        draft->refuse(QStringLiteral("Domain=%1 is a whole top-level domain.").arg(draft->domain));
}

void CookieReader::settleRules(Draft *draft) const
{
    SetCookie &cookie = draft->cookie;
    const QByteArray name = cookie.name.toLower();
    if (draft->isSecure && !m_context.isSecure)
        draft->refuse(QStringLiteral("Secure, but the response came without TLS."));
    if (draft->sameSite == "none" && !draft->isSecure)
        draft->refuse(QStringLiteral("SameSite=None needs Secure."));
    if (draft->isPartitioned && !draft->isSecure)
        draft->refuse(QStringLiteral("Partitioned needs Secure."));
    if (name.startsWith("__secure-") && !draft->isSecure)
        draft->refuse(QStringLiteral("the prefix __Secure- needs Secure."));
    if (name.startsWith("__host-")) {
        if (!draft->isSecure)
            draft->refuse(QStringLiteral("the prefix __Host- needs Secure."));
        if (!draft->domain.isEmpty())
            draft->refuse(QStringLiteral("the prefix __Host- forbids Domain."));
        if (draft->path != u"/")
            draft->refuse(QStringLiteral("the prefix __Host- needs Path=/."));
    }
    const QByteArray value = cookie.value.toLower();
    if (name.isEmpty() && (value.startsWith("__secure-") || value.startsWith("__host-")))
        draft->refuse(QStringLiteral("without a name, its value must not look like a prefix."));
    if (m_context.isSecure && !draft->isSecure)
        cookie.problems += QStringLiteral("Without Secure it is sent over plain HTTP, too.");
    if (draft->sameSite.isEmpty())
        cookie.problems += QStringLiteral("Without SameSite most browsers take Lax, but not all.");
}

// RFC 6265 section 5.1.4
QString CookieReader::defaultPath() const
{
    const qsizetype slash = m_context.path.lastIndexOf(u'/');
    return slash <= 0 || !m_context.path.startsWith(u'/') ? QStringLiteral("/")
                                                          : m_context.path.first(slash);
}

} // namespace headrace::exchange

#include "exchange/caching.h"

#include "exchange/httpdate.h"
#include "meaning/fieldvalue.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace headrace::exchange {

namespace {

constexpr double HeuristicShare = 0.1; // of the time since the last change: RFC 9111 section 4.2.2

QString textOf(QByteArrayView octets) { return QString::fromUtf8(octets); }

QByteArray joined(const FieldList &fields, QByteArrayView name)
{
    QByteArray value;
    for (const auto &[key, one] : fields) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            value += (value.isEmpty() ? "" : ", ") + one;
    }
    return value;
}

bool hasField(const FieldList &fields, QByteArrayView name)
{
    return std::any_of(fields.cbegin(), fields.cend(),
        [name](const auto &field) { return field.first.compare(name, Qt::CaseInsensitive) == 0; });
}

bool isCodeUnderstood(int code) { return code >= 200 && code < 600 && code != 206 && code != 304; }

} // namespace

Caching::Caching(const Exchange &exchange)
    : m_method(exchange.summary.method.toLatin1())
    , m_requestFields(exchange.request.fields)
    , m_response(exchange.response)
    , m_began(exchange.summary.began)
    , m_directives(readCacheControl(joined(exchange.response.fields, "Cache-Control")))
    , m_requestDirectives(readCacheControl(joined(exchange.request.fields, "Cache-Control")))
    , m_hasCacheControl(hasField(exchange.response.fields, "Cache-Control"))
{
    m_response.octets.clear();
    m_response.chunks.clear();
}

bool Caching::isKnown() const { return m_response.hasHead(); }

std::optional<CacheDirective> Caching::directive(QByteArrayView name) const
{
    // Of duplicates the first one counts: RFC 9111 section 4.2.1.
    const auto found = std::find_if(m_directives.cbegin(), m_directives.cend(),
        [name](const CacheDirective &directive) { return directive.name == name; });
    return found == m_directives.cend() ? std::nullopt : std::optional(*found);
}

QDateTime Caching::received() const
{
    return m_began.addMSecs(std::max<qint64>(0, m_response.headTime) / 1000);
}

// A recipient that finds none takes the time it came: RFC 9110 section 6.6.1.
QDateTime Caching::date() const
{
    const QDateTime date = readHttpDate(m_response.field("Date"));
    return date.isValid() ? date : received();
}

// RFC 9110 section 15.1
bool Caching::isHeuristicallyCacheable() const
{
    static constexpr std::array<int, 12> codes { 200, 203, 204, 206, 300, 301, 308, 404, 405, 410,
        414, 501 };
    return std::find(codes.cbegin(), codes.cend(), m_response.statusCode) != codes.cend();
}

std::optional<qint64> Caching::explicitLifetime(Cache cache, QString *rule) const
{
    if (const auto shared = directive("s-maxage"); shared && cache == Cache::Shared) {
        *rule = QStringLiteral("s-maxage (RFC 9111, 4.2.1)");
        return shared->seconds().value_or(0);
    }
    if (const auto most = directive("max-age")) {
        *rule = QStringLiteral("max-age (RFC 9111, 4.2.1)");
        return most->seconds().value_or(0);
    }
    if (hasField(m_response.fields, "Expires")) {
        const QDateTime expires = readHttpDate(m_response.field("Expires"));
        if (!expires.isValid()) {
            *rule = QStringLiteral("Expires is no date, so it is over (RFC 9111, 5.3)");
            return 0;
        }
        *rule = QStringLiteral("Expires less Date (RFC 9111, 4.2.1)");
        return std::max<qint64>(0, date().secsTo(expires));
    }
    return {};
}

Caching::Freshness Caching::freshness(Cache cache) const
{
    Freshness fresh;
    const auto always = directive("no-cache");
    fresh.isCheckedAlways = always && !always->argument;
    fresh.lifetime = explicitLifetime(cache, &fresh.rule);
    if (fresh.lifetime)
        return fresh;
    const QDateTime modified = readHttpDate(m_response.field("Last-Modified"));
    if (modified.isValid() && (isHeuristicallyCacheable() || has("public"))) {
        fresh.isHeuristic = true;
        fresh.lifetime
            = qint64(HeuristicShare * double(std::max<qint64>(0, modified.secsTo(date()))));
        fresh.rule = QStringLiteral("no one says; caches commonly take a tenth of the time since "
                                    "Last-Modified (RFC 9111, 4.2.2)");
        return fresh;
    }
    fresh.rule
        = QStringLiteral("nothing says how long, and there is no Last-Modified to guess from");
    return fresh;
}

qint64 Caching::age() const
{
    const qint64 apparent = std::max<qint64>(0, date().secsTo(received()));
    const qint64 delay = std::max<qint64>(0, m_began.secsTo(received()));
    const QByteArray value = m_response.field("Age");
    return std::max(apparent, readDeltaSeconds(value).value_or(0) + delay);
}

Caching::Storing Caching::storing(Cache cache) const
{
    return storingReason(cache).startsWith(QStringLiteral("no:")) ? Storing::Forbidden
                                                                  : Storing::Allowed;
}

// RFC 9111 section 3
QString Caching::storingReason(Cache cache) const
{
    const auto no = [](const QString &reason) { return QStringLiteral("no: ") + reason; };
    if (m_method != "GET" && m_method != "HEAD") {
        QString unused;
        const bool mayBeKept = m_method == "POST" && explicitLifetime(cache, &unused)
            && hasField(m_response.fields, "Content-Location");
        if (!mayBeKept)
            return no(QStringLiteral("answers to %1 are not kept (RFC 9110, 9.2.3)")
                          .arg(textOf(m_method)));
    }
    if (m_response.statusCode == 206 || m_response.statusCode == 304)
        return no(m_response.statusCode == 304
                ? QStringLiteral("304 only confirms what a cache has already")
                : QStringLiteral("most caches do not keep parts"));
    const bool mustUnderstand = has("must-understand") && isCodeUnderstood(m_response.statusCode);
    if (has("no-store") && !mustUnderstand)
        return no(QStringLiteral("no-store (RFC 9111, 5.2.2.5)"));
    const bool requestForbids
        = std::any_of(m_requestDirectives.cbegin(), m_requestDirectives.cend(),
            [](const CacheDirective &directive) { return directive.name == "no-store"; });
    if (requestForbids)
        return no(QStringLiteral("the request has no-store (RFC 9111, 5.2.1.5)"));
    if (m_response.field("Vary").trimmed() == "*")
        return no(QStringLiteral("Vary: * never matches another request (RFC 9111, 4.1)"));
    const auto ofOneUser = directive("private");
    if (cache == Cache::Shared) {
        if (ofOneUser && !ofOneUser->argument)
            return no(QStringLiteral("private (RFC 9111, 5.2.2.7)"));
        const bool isAllowed = has("public") || has("must-revalidate") || has("s-maxage");
        if (hasField(m_requestFields, "Authorization") && !isAllowed)
            return no(QStringLiteral("the request has Authorization, and nothing such as public "
                                     "allows it (RFC 9111, 3.5)"));
    }
    QString unused;
    const bool isAsked = has("public") || (ofOneUser && cache == Cache::Private)
        || explicitLifetime(cache, &unused);
    if (!isAsked && !isHeuristicallyCacheable())
        return no(QStringLiteral("status %1, and nothing says how long it is fresh (RFC 9111, 3)")
                      .arg(m_response.statusCode));
    if (mustUnderstand)
        return QStringLiteral("must-understand: by caches that know status %1")
            .arg(m_response.statusCode);
    return QStringLiteral("nothing forbids it (RFC 9111, 3)");
}

QString Caching::verdict(Cache cache) const
{
    const QString reason = storingReason(cache);
    if (storing(cache) == Storing::Forbidden)
        return QStringLiteral("Not kept: %1.").arg(reason.sliced(4));
    const Freshness fresh = freshness(cache);
    if (fresh.isCheckedAlways)
        return QStringLiteral(
            "Kept, but asked about before each use: no-cache (RFC 9111, 5.2.2.4).");
    if (!fresh.lifetime)
        return QStringLiteral("May be kept, but is treated as stale: %1.").arg(fresh.rule);
    if (*fresh.lifetime == 0)
        return QStringLiteral("Kept, but stale at once: %1.").arg(fresh.rule);
    QString text = fresh.isHeuristic ? QStringLiteral("Fresh for about %1 by a guess: %2.")
                                     : QStringLiteral("Fresh for %1: %2.");
    text = text.arg(spokenDuration(*fresh.lifetime), fresh.rule);
    if (const qint64 left = *fresh.lifetime - age(); left <= 0)
        text += QStringLiteral(" It was stale when it came, by %1.").arg(spokenDuration(left));
    else if (age() > 0)
        text += QStringLiteral(" %1 of it were left when it came.").arg(spokenDuration(left));
    return text;
}

void Caching::addProblems(QList<Note> *notes) const
{
    const auto problem = [&](const QString &title, const QString &text) {
        notes->append({ Note::Kind::Problem, title, text });
    };
    for (qsizetype i = 0; i < m_directives.size(); ++i) {
        const CacheDirective &one = m_directives.at(i);
        for (qsizetype j = 0; j < i; ++j) {
            if (m_directives.at(j).name == one.name
                && m_directives.at(j).argument != one.argument) {
                problem(textOf(one.name),
                    QStringLiteral("is there twice with different values; caches take the first, "
                                   "or the response as stale (RFC 9111, 4.2.1)"));
                break;
            }
        }
    }
    if (has("no-store") && (has("max-age") || has("public")) && !has("must-understand"))
        problem(QStringLiteral("no-store"), QStringLiteral("makes the other directives useless"));
    if (has("private") && has("public"))
        problem(QStringLiteral("public"),
            QStringLiteral("contradicts private; caches keep to private"));
    if (hasField(m_response.fields, "Expires") && has("max-age"))
        problem(QStringLiteral("Expires"),
            QStringLiteral("does not count beside max-age (RFC 9111, 5.3)"));
    const QByteArray pragma = m_response.field("Pragma");
    if (!pragma.isEmpty())
        problem(QStringLiteral("Pragma"),
            QStringLiteral("has no meaning in a response (RFC 9111, 5.4)"));
    if (hasField(m_response.fields, "Age") && !readDeltaSeconds(m_response.field("Age")))
        problem(QStringLiteral("Age"),
            QStringLiteral("is no number of seconds; it does not count (RFC 9111, 5.1)"));
    if (hasField(m_response.fields, "Date") && !readHttpDate(m_response.field("Date")).isValid())
        problem(
            QStringLiteral("Date"), QStringLiteral("is no date; the time it came counts instead"));
    if (hasField(m_response.fields, "Set-Cookie") && storing(Cache::Shared) == Storing::Allowed)
        problem(QStringLiteral("Set-Cookie"),
            QStringLiteral("shared caches may keep it and give the cookie to others; private or "
                           "no-store prevents that"));
}

void Caching::addValidators(QList<Note> *notes) const
{
    const QByteArray tag = m_response.field("ETag");
    const QDateTime modified = readHttpDate(m_response.field("Last-Modified"));
    QStringList ways;
    if (!tag.isEmpty())
        ways
            += QStringLiteral("If-None-Match: %1%2")
                   .arg(textOf(tag),
                       tag.startsWith("W/") ? QStringLiteral(" (weak: not for parts)") : QString());
    if (modified.isValid())
        ways += QStringLiteral("If-Modified-Since: %1")
                    .arg(textOf(m_response.field("Last-Modified")));
    notes->append({ Note::Kind::Reason, QStringLiteral("Asking again"),
        ways.isEmpty() ? QStringLiteral(
            "There is neither ETag nor Last-Modified: once stale, all of it is fetched again.")
                       : ways.join(QStringLiteral("; ")) });
}

void Caching::addStaleRules(QList<Note> *notes) const
{
    for (const CacheDirective &directive : m_directives)
        notes->append(
            { Note::Kind::Reason, QStringLiteral("Cache-Control: %1").arg(textOf(directive.text())),
                directive.meaning() });
    for (const CacheDirective &directive : m_requestDirectives)
        notes->append({ Note::Kind::Reason,
            QStringLiteral("Request's Cache-Control: %1").arg(textOf(directive.text())),
            directive.meaning() });
}

QList<Caching::Note> Caching::notes() const
{
    QList<Note> notes;
    if (!isKnown())
        return notes;
    static constexpr std::array<QByteArrayView, 6> names { "Cache-Control", "Expires", "Age",
        "ETag", "Last-Modified", "Pragma" };
    const bool saysSomething = std::any_of(names.cbegin(), names.cend(),
        [this](QByteArrayView name) { return hasField(m_response.fields, name); });
    if (!saysSomething && storing(Cache::Private) == Storing::Forbidden)
        return notes;
    const QString inPrivate = verdict(Cache::Private);
    const QString inShared = verdict(Cache::Shared);
    if (inPrivate == inShared) {
        notes.append({ Note::Kind::Verdict, QStringLiteral("All caches"), inPrivate });
    } else {
        notes.append({ Note::Kind::Verdict, QStringLiteral("Private caches"), inPrivate });
        notes.append({ Note::Kind::Verdict, QStringLiteral("Shared caches"), inShared });
    }
    addStaleRules(&notes);
    const bool isKept = storing(Cache::Private) == Storing::Allowed;
    if (isKept)
        notes.append({ Note::Kind::Reason, QStringLiteral("Age"),
            hasField(m_response.fields, "Age")
                ? QStringLiteral("%1 when it came; it had been in a cache")
                      .arg(spokenDuration(age()))
                : QStringLiteral("%1 when it came").arg(spokenDuration(age())) });
    if (isKept)
        addValidators(&notes);
    const QByteArray vary = joined(m_response.fields, "Vary");
    if (!vary.isEmpty() && isKept)
        notes.append({ Note::Kind::Reason, QStringLiteral("Vary"),
            QStringLiteral("One response is kept for each set of values of: %1")
                .arg(textOf(vary)) });
    addProblems(&notes);
    return notes;
}

} // namespace headrace::exchange

#include "exchange/caching.h"
#include "exchange/httpdate.h"
#include "meaning/fieldvalue.h"

namespace headrace::exchange {

namespace {

constexpr qsizetype DirectiveLimit = 100;

struct Meaning
{
    QLatin1StringView name;
    bool needsSeconds;
    QLatin1StringView sentence; // with %1 for the duration
};

constexpr Meaning Meanings[] = {
    { QLatin1StringView("max-age"), true, QLatin1StringView("fresh for %1") },
    { QLatin1StringView("s-maxage"), true,
        QLatin1StringView("in shared caches fresh for %1; counts more than max-age there") },
    { QLatin1StringView("no-cache"), false,
        QLatin1StringView("kept, but not used without asking the server each time") },
    { QLatin1StringView("no-store"), false, QLatin1StringView("not kept by any cache") },
    { QLatin1StringView("no-transform"), false,
        QLatin1StringView("proxies leave the content as it is") },
    { QLatin1StringView("only-if-cached"), false, QLatin1StringView("from the cache, or 504") },
    { QLatin1StringView("max-stale"), false, QLatin1StringView("a stale response will do") },
    { QLatin1StringView("min-fresh"), true, QLatin1StringView("has to be fresh for another %1") },
    { QLatin1StringView("must-revalidate"), false,
        QLatin1StringView("once stale, not used without asking the server") },
    { QLatin1StringView("proxy-revalidate"), false,
        QLatin1StringView("as must-revalidate, for shared caches only") },
    { QLatin1StringView("must-understand"), false,
        QLatin1StringView(
            "kept only by caches that know the status code; then no-store does not count") },
    { QLatin1StringView("private"), false,
        QLatin1StringView("for one user: not kept by shared caches") },
    { QLatin1StringView("public"), false,
        QLatin1StringView("kept by shared caches, too, even if the request had credentials") },
    { QLatin1StringView("immutable"), false,
        QLatin1StringView("does not change while fresh: no need to ask, not even on reload") },
    { QLatin1StringView("stale-while-revalidate"), true,
        QLatin1StringView("once stale, still used for %1 while the cache asks in the background") },
    { QLatin1StringView("stale-if-error"), true,
        QLatin1StringView("once stale, still used for %1 when the server fails") },
    { QLatin1StringView("pre-check"), false,
        QLatin1StringView("of old Internet Explorer; nobody reads it") },
    { QLatin1StringView("post-check"), false,
        QLatin1StringView("of old Internet Explorer; nobody reads it") },
};

} // namespace

QByteArray CacheDirective::text() const { return argument ? name + '=' + *argument : name; }

std::optional<qint64> CacheDirective::seconds() const
{
    return argument ? readDeltaSeconds(*argument) : std::nullopt;
}

QString CacheDirective::meaning() const
{
    for (const Meaning &known : Meanings) {
        if (known.name != QLatin1StringView(name))
            continue;
        const auto duration = seconds();
        if (known.needsSeconds) {
            if (!duration)
                return QStringLiteral(
                    "has no number of seconds: caches may take the response as stale");
            return *duration == 0 && name == "max-age"
                ? QStringLiteral("stale at once")
                : QString(known.sentence).arg(spokenDuration(*duration));
        }
        if (name == "max-stale" && duration)
            return QStringLiteral("stale for at most %1 will do").arg(spokenDuration(*duration));
        const bool hasNames
            = argument && !argument->isEmpty() && (name == "no-cache" || name == "private");
        return hasNames
            ? QStringLiteral("holds for these fields only: %1").arg(QString::fromUtf8(*argument))
            : QString(known.sentence);
    }
    return QStringLiteral("not a known directive; caches ignore it");
}

QList<CacheDirective> readCacheControl(QByteArrayView value)
{
    QList<CacheDirective> directives;
    for (const QByteArrayView part : splitValue(value, ',')) {
        auto [name, argument] = readParameter(part);
        directives.append({ name.toLower(), argument });
        if (directives.size() == DirectiveLimit)
            break;
    }
    return directives;
}

} // namespace headrace::exchange

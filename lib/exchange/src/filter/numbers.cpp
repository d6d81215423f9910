#include "filter/numbers.h"

#include <QTimeZone>

#include <cmath>
#include <limits>

namespace headrace::exchange::language {

namespace {

using Reading = std::variant<NumberRange, QString>;

struct Unit
{
    QLatin1StringView name;
    qint64 size;
};

constexpr qint64 Kilo = 1000;
constexpr qint64 Kibi = 1024;

// The first of a size is the one that is written.
constexpr Unit OctetUnits[] {
    { QLatin1StringView("B"), 1 },
    { QLatin1StringView("kB"), Kilo },
    { QLatin1StringView("MB"), Kilo *Kilo },
    { QLatin1StringView("GB"), Kilo *Kilo *Kilo },
    { QLatin1StringView("TB"), Kilo *Kilo *Kilo *Kilo },
    { QLatin1StringView("KiB"), Kibi },
    { QLatin1StringView("MiB"), Kibi *Kibi },
    { QLatin1StringView("GiB"), Kibi *Kibi *Kibi },
    { QLatin1StringView("TiB"), Kibi *Kibi *Kibi *Kibi },
    { QLatin1StringView(""), 1 },
    { QLatin1StringView("k"), Kilo },
    { QLatin1StringView("M"), Kilo *Kilo },
    { QLatin1StringView("G"), Kilo *Kilo *Kilo },
};

constexpr Unit DurationUnits[] {
    { QLatin1StringView("us"), 1 },
    { QLatin1StringView("ms"), 1000 },
    { QLatin1StringView("s"), 1000 * 1000 },
    { QLatin1StringView("min"), qint64(60) * 1000 * 1000 },
    { QLatin1StringView("h"), qint64(3600) * 1000 * 1000 },
    { QLatin1StringView("m"), qint64(60) * 1000 * 1000 },
    { QLatin1StringView(""), 1000 },
};

template <size_t Count>
const Unit *unitOf(QStringView name, const Unit (&units)[Count])
{
    for (const Unit &unit : units) {
        if (name.compare(unit.name, Qt::CaseInsensitive) == 0)
            return &unit;
    }
    return nullptr;
}

QString wants(const QString &who, const char *what, QStringView word)
{
    return QStringLiteral("%1 wants %2, not \"%3\"").arg(who, QLatin1StringView(what), word);
}

template <size_t Count>
Reading readWithUnit(
    QStringView word, const Unit (&units)[Count], const QString &who, const char *what)
{
    qsizetype end = 0;
    while (end < word.size() && ((word[end] >= u'0' && word[end] <= u'9') || word[end] == u'.'))
        ++end;
    const QStringView digits = word.first(end);
    QString unitName = word.sliced(end).toString();
    unitName.replace(QChar(0xb5), QLatin1Char('u')); // micro sign
    unitName.replace(QChar(0x3bc), QLatin1Char('u')); // Greek mu
    const Unit *unit = unitOf(unitName, units);
    bool isValid = false;
    const double value = digits.toDouble(&isValid);
    if (!isValid || !unit)
        return wants(who, what, word);
    const double product = value * double(unit->size);
    if (product > 9e18)
        return QStringLiteral("%1 is too large").arg(word);
    // A whole number is taken exactly, as a double is not.
    const qint64 whole = digits.toLongLong(&isValid);
    const qint64 number = isValid ? whole * unit->size : qint64(std::llround(product));
    return NumberRange { number, number };
}

Reading readStatus(QStringView word, const QString &who)
{
    bool isValid = false;
    if (word.size() == 3 && word.last(2).compare(u"xx", Qt::CaseInsensitive) == 0) {
        const int hundred = word.first(1).toInt(&isValid) * 100;
        if (isValid)
            return NumberRange { hundred, hundred + 99 };
    }
    const int code = word.toInt(&isValid);
    if (!isValid || code < 0 || !word[0].isDigit())
        return wants(who, "a status code", word);
    return NumberRange { code, code };
}

Reading readCount(QStringView word, const QString &who)
{
    bool isValid = false;
    const qint64 count = word.toLongLong(&isValid);
    if (!isValid || count < 0 || !word[0].isDigit())
        return wants(who, "a number", word);
    return NumberRange { count, count };
}

struct TimeForm
{
    QLatin1StringView format;
    qint64 precision; // milliseconds
};

constexpr TimeForm DayTimes[] {
    { QLatin1StringView("H:mm"), 60'000 },
    { QLatin1StringView("H:mm:ss"), 1000 },
    { QLatin1StringView("H:mm:ss.zzz"), 1 },
};

Reading readTime(QStringView word, const QString &who, const QDateTime &now)
{
    QString text = word.toString();
    const bool isUtc = text.endsWith(QLatin1Char('Z'), Qt::CaseInsensitive);
    if (isUtc)
        text.chop(1);
    const qsizetype separator = text.indexOf(QLatin1Char('T'), 0, Qt::CaseInsensitive);
    const bool hasDate = separator >= 0 || text.contains(QLatin1Char('-'));
    const QDate date = hasDate ? QDate::fromString(separator >= 0 ? text.first(separator) : text,
                           QStringLiteral("yyyy-MM-dd"))
        : isUtc ? now.toUTC().date()
                : now.date();
    qint64 precision = 0;
    QTime time(0, 0);
    if (hasDate && separator < 0) {
        precision = qint64(24) * 3600 * 1000;
    } else {
        const QString timeText = text.sliced(separator + 1);
        for (const TimeForm &form : DayTimes) {
            const QTime found = QTime::fromString(timeText, QString(form.format));
            if (found.isValid()) {
                time = found;
                precision = form.precision;
            }
        }
    }
    if (!date.isValid() || precision == 0)
        return wants(who, "a time as 12:01 or 2026-01-31T12:01", word);
    const QDateTime moment
        = isUtc ? QDateTime(date, time, QTimeZone::utc()) : QDateTime(date, time, now.timeZone());
    const qint64 first = moment.toMSecsSinceEpoch();
    return NumberRange { first, first + precision - 1 };
}

template <size_t Count>
QString withUnit(qint64 number, const Unit (&units)[Count])
{
    const Unit *best = &units[0];
    for (const Unit &unit : units) {
        if (number != 0 && unit.size > best->size && number % unit.size == 0)
            best = &unit;
    }
    return QString::number(number / best->size) + best->name;
}

} // namespace

Reading readNumber(QStringView word, ValueKind kind, const QString &who, const QDateTime &now)
{
    switch (kind) {
    case ValueKind::Status:
        return readStatus(word, who);
    case ValueKind::Octets:
        return readWithUnit(word, OctetUnits, who, "a size as 100kB");
    case ValueKind::Duration:
        return readWithUnit(word, DurationUnits, who, "a duration as 500ms");
    case ValueKind::Time:
        return readTime(word, who, now);
    default:
        return readCount(word, who);
    }
}

QString numberText(qint64 number, ValueKind kind)
{
    switch (kind) {
    case ValueKind::Octets:
        return withUnit(number, OctetUnits);
    case ValueKind::Duration:
        return withUnit(number, DurationUnits);
    case ValueKind::Time:
        return QDateTime::fromMSecsSinceEpoch(number, QTimeZone::utc())
            .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz'Z'"));
    default:
        return QString::number(number);
    }
}

} // namespace headrace::exchange::language

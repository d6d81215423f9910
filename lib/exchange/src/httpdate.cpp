#include "exchange/httpdate.h"

#include <QLocale>

#include <array>

namespace headrace::exchange {

QDateTime readHttpDate(QByteArrayView text)
{
    const QString date = QString::fromLatin1(text).simplified();
    const QLocale c = QLocale::c();
    static const std::array<QString, 3> forms {
        QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
        QStringLiteral(
            "dd-MMM-yy HH:mm:ss 'GMT'"), // behind a weekday that is right for one century only
        QStringLiteral("ddd MMM d HH:mm:ss yyyy"),
    };
    for (const QString &form : forms) {
        const bool isOld = &form == &forms[1];
        QDateTime found = c.toDateTime(isOld ? date.section(u' ', 1) : date, form);
        if (!found.isValid())
            continue;
        found.setTimeSpec(Qt::UTC);
        if (isOld) {
            const int limit = QDate::currentDate().year() + 50;
            while (found.date().year() + 100 <= limit)
                found = found.addYears(100);
        }
        return found;
    }
    return {};
}

QString spokenDuration(qint64 seconds)
{
    seconds = std::abs(seconds);

    struct Unit
    {
        qint64 seconds;
        QLatin1StringView name;
    };

    static constexpr std::array<Unit, 5> units { {
        { 365 * 86'400, QLatin1StringView("y") },
        { 86'400, QLatin1StringView("d") },
        { 3600, QLatin1StringView("h") },
        { 60, QLatin1StringView("min") },
        { 1, QLatin1StringView("s") },
    } };
    QStringList parts;
    for (const Unit &unit : units) {
        const qint64 count = seconds / unit.seconds;
        if (count == 0 && parts.isEmpty())
            continue;
        if (count > 0)
            parts += QStringLiteral("%1 %2").arg(count).arg(unit.name);
        seconds %= unit.seconds;
        if (parts.size() == 2 || count == 0)
            break;
    }
    return parts.isEmpty() ? QStringLiteral("0 s") : parts.join(u' ');
}

QString spokenDistance(const QDateTime &time, const QDateTime &now)
{
    const qint64 seconds = now.secsTo(time);
    if (seconds == 0)
        return QStringLiteral("now");
    return seconds > 0 ? QStringLiteral("in %1").arg(spokenDuration(seconds))
                       : QStringLiteral("%1 ago").arg(spokenDuration(seconds));
}

} // namespace headrace::exchange

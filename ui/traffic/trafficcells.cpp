#include "traffic/trafficcells.h"

#include "shell/format.h"

#include <exchange/summarytext.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

namespace headrace::ui {

using exchange::State;
using exchange::Summary;

namespace {

constexpr qsizetype LongestToolTip = 2000; // One larger than the screen helps nobody.
constexpr qsizetype LongestCell = 1000; // Wider than any screen; laying out more costs for nothing.

QString tr(const char *text) { return QCoreApplication::translate("TrafficCells", text); }

/// The part of a media type that tells: "json" for "application/json", "svg" for "image/svg+xml".
QString shortType(const QString &contentType)
{
    QString type = contentType.section(u'/', 1);
    if (type.isEmpty())
        return contentType;
    if (type.startsWith(u"x-"))
        type = type.mid(2);
    return type == u"svg+xml" ? QStringLiteral("svg") : type;
}

QString statusText(const Summary &summary)
{
    if (summary.statusCode != 0)
        return QString::number(summary.statusCode);
    switch (summary.state) {
    case State::Active:
        return QStringLiteral("…");
    case State::Failed:
        return tr("✕ failed");
    case State::Canceled:
        return tr("⊘ canceled");
    case State::Complete:
        break;
    }
    return QStringLiteral("–");
}

QString oneLine(const QString &text)
{
    const qsizetype end = text.indexOf(u'\n');
    return end < 0 ? text : text.left(end) + QStringLiteral(" …");
}

QString patternToolTip(const Summary &summary)
{
    QStringList lines { summary.pattern == exchange::Pattern::Active
            ? tr("Not over")
            : exchange::displayName(summary.pattern) };
    if (!summary.errorCode.isEmpty())
        lines += QStringLiteral("%1: %2").arg(summary.errorCode, summary.errorMessage);
    if (summary.interimCount > 0)
        lines += tr("Interim responses: %1").arg(summary.interimCount);
    if (summary.hasTrailers)
        lines += tr("With trailers");
    return lines.join(u'\n');
}

} // namespace

QString remarksOf(const Summary &summary)
{
    QStringList remarks;
    if (summary.state == State::Active)
        remarks += summary.statusCode != 0 ? tr("▾ receiving") : tr("… waiting");
    else if (const QString badge = exchange::shortName(summary.pattern); !badge.isEmpty())
        remarks += badge;
    if (!summary.errorCode.isEmpty())
        remarks += summary.errorCode;
    if (summary.interimCount > 0)
        remarks += tr("1xx ×%1").arg(summary.interimCount);
    if (summary.hasTrailers)
        remarks += tr("trailers");
    return remarks.join(QStringLiteral(" · "));
}

QString cellText(const Summary &summary, TrafficColumn column)
{
    switch (column) {
    case TrafficColumn::Number:
        return QString::number(summary.id);
    case TrafficColumn::Mark:
    case TrafficColumn::Source: // A picture.
        return {};
    case TrafficColumn::Time:
        return summary.began.toString(QStringLiteral("HH:mm:ss.zzz"));
    case TrafficColumn::Method:
        return summary.method.left(LongestCell);
    case TrafficColumn::Scheme:
        return summary.scheme;
    case TrafficColumn::Host:
        return summary.host.left(LongestCell);
    case TrafficColumn::Path:
        return shortened(summary.target, LongestCell);
    case TrafficColumn::Status:
        return statusText(summary);
    case TrafficColumn::Type:
        return shortType(summary.contentType).left(LongestCell);
    case TrafficColumn::RequestSize:
        return summary.requestBodyOctets == 0 ? QString() : formatOctets(summary.requestBodyOctets);
    case TrafficColumn::Size:
        return summary.statusCode == 0 && summary.responseBodyOctets == 0
            ? QString()
            : formatOctets(summary.responseBodyOctets);
    case TrafficColumn::Duration:
        return summary.duration < 0 ? QString() : formatMilliseconds(summary.duration);
    case TrafficColumn::Pattern:
        return remarksOf(summary);
    case TrafficColumn::Note:
        return oneLine(summary.note).left(LongestCell);
    }
    return {};
}

QString cellToolTip(const Summary &summary, TrafficColumn column)
{
    switch (column) {
    case TrafficColumn::Mark:
        return exchange::displayName(summary.mark);
    case TrafficColumn::Source:
        return exchange::displayName(summary.source);
    case TrafficColumn::Method:
        return summary.method.size() > 12 ? shortened(summary.method, LongestToolTip) : QString();
    case TrafficColumn::Host:
        return shortened(summary.host, LongestToolTip);
    case TrafficColumn::Path:
        return shortened(exchange::urlOf(summary), LongestToolTip);
    case TrafficColumn::Time:
        return summary.began.toString(Qt::ISODateWithMs);
    case TrafficColumn::Status:
        if (summary.state == State::Failed)
            return summary.errorMessage;
        return summary.statusCode == 0
            ? QString()
            : QStringLiteral("%1 %2").arg(summary.statusCode).arg(summary.reason);
    case TrafficColumn::Type:
        return shortened(summary.contentType, LongestToolTip);
    case TrafficColumn::RequestSize:
    case TrafficColumn::Size:
        return tr("%1 octets in the response body, %2 in the request body")
            .arg(formatCount(summary.responseBodyOctets), formatCount(summary.requestBodyOctets));
    case TrafficColumn::Pattern:
        return patternToolTip(summary);
    case TrafficColumn::Note:
        return shortened(summary.note, LongestToolTip);
    case TrafficColumn::Number:
    case TrafficColumn::Scheme:
    case TrafficColumn::Duration:
        break;
    }
    return {};
}

} // namespace headrace::ui

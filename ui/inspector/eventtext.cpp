#include "inspector/eventtext.h"

#include "inspector/eventmeaning.h"
#include "shell/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace headrace::ui {

using exchange::WireSpan;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("EventText", text); }

bool hasTime(const EventRows &rows, qsizetype row)
{
    return row >= 0 && row < rows.count() && !rows.timeText(row).isEmpty();
}

/// Exact: microseconds, grouped.
QString exactLength(qint64 microseconds) { return tr("%1 µs").arg(formatCount(microseconds)); }

} // namespace

QString placeText(const EventRows &rows, qsizetype row)
{
    QStringList parts;
    const qint64 time = rows.at(row).time;
    if (hasTime(rows, row)) {
        parts += tr("at %1").arg(exactLength(time));
        // Times may fall: octets have that of their read or write.
        if (hasTime(rows, row - 1)) {
            const qint64 delta = time - rows.at(row - 1).time;
            parts += (delta < 0 ? tr("%1 earlier than the one before")
                                : tr("%1 after the one before"))
                         .arg(exactLength(std::abs(delta)));
        }
        if (hasTime(rows, row + 1)) {
            const qint64 delta = rows.at(row + 1).time - time;
            parts += (delta < 0 ? tr("%1 later than the next") : tr("%1 before the next"))
                         .arg(exactLength(std::abs(delta)));
        }
    }
    return parts.join(QStringLiteral(" · "));
}

QString spanText(const std::optional<WireSpan> &span)
{
    if (!span)
        return {};
    const QString where = span->direction == exchange::Direction::Request
        ? tr("Octets %1 to %2 of the request (%3 B)")
        : tr("Octets %1 to %2 of what was answered (%3 B)");
    return where.arg(
        formatCount(span->begin), formatCount(span->end - 1), formatCount(span->end - span->begin));
}

QString meaningText(const EventRows &rows, qsizetype row)
{
    const bool isTransfer
        = rows.at(row).kind == EventRows::Kind::Read || rows.at(row).kind == EventRows::Kind::Write;
    const QString name = !isTransfer                 ? rows.name(row)
        : rows.at(row).kind == EventRows::Kind::Read ? QStringLiteral("read")
                                                     : QStringLiteral("write");
    const QString meaning = meaningOf(rows.object(row), name, rows.lanes().ownSide());
    return (rows.departureText(row) + u' ' + meaning).trimmed();
}

QString hoverText(const EventRows &rows, qsizetype row)
{
    QStringList lines;
    const QString object = rows.object(row);
    lines += QStringLiteral("<b>%1</b>%2")
                 .arg(rows.name(row).toHtmlEscaped(),
                     object.isEmpty() ? QString() : u' ' + tr("on %1").arg(object.toHtmlEscaped()));
    for (const QString &line : { meaningText(rows, row), shortened(rows.detail(row), 1000),
             placeText(rows, row), spanText(rows.span(row)) }) {
        if (!line.isEmpty())
            lines += line.toHtmlEscaped();
    }
    return QStringLiteral("<qt>%1</qt>").arg(lines.join(QStringLiteral("<br>")));
}

QString dumpText(const QByteArray &octets, qint64 firstOffset, int perLine)
{
    const qint64 end = firstOffset + octets.size();
    const int digits = std::max(4, int(QString::number(end, 16).size()));
    QStringList lines;
    for (qsizetype i = 0; i < octets.size(); i += perLine) {
        const QByteArray line = octets.mid(i, perLine);
        QString characters;
        for (const char c : line)
            characters += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('.');
        lines += QStringLiteral("%1  %2  %3")
                     .arg(firstOffset + i, digits, 16, QLatin1Char('0'))
                     .arg(QString::fromLatin1(line.toHex(' ')), -(perLine * 3 - 1))
                     .arg(characters);
    }
    return lines.join(u'\n');
}

} // namespace headrace::ui

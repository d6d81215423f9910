#include "inspector/fieldremarks.h"

#include "shell/format.h"

#include <exchange/fieldmeaning.h>

#include <QCoreApplication>

namespace headrace::ui {

using exchange::FieldLine;

namespace {

constexpr qsizetype LongestValue = 1500; // characters in a tool tip

QString tr(const char *text) { return QCoreApplication::translate("FieldRemarks", text); }

struct OddityWords
{
    FieldLine::Oddity oddity;
    const char *word;
    const char *sentence;
};

constexpr OddityWords Oddities[] = {
    { FieldLine::SpaceBeforeColon, QT_TRANSLATE_NOOP("FieldRemarks", "space before :"),
        QT_TRANSLATE_NOOP("FieldRemarks",
            "White space before the colon is forbidden: servers have to refuse it, proxies have "
            "disagreed about the name (RFC 9112, 5.1).") },
    { FieldLine::Folded, QT_TRANSLATE_NOOP("FieldRemarks", "folded"),
        QT_TRANSLATE_NOOP("FieldRemarks",
            "The value goes on in a next line that begins with white space. Nobody may send that "
            "any more (RFC 9112, 5.2).") },
    { FieldLine::BareLf, QT_TRANSLATE_NOOP("FieldRemarks", "LF"),
        QT_TRANSLATE_NOOP("FieldRemarks",
            "A line ends with LF alone, without CR; not every recipient takes that as an end "
            "(RFC 9112, 2.2).") },
    { FieldLine::BareCr, QT_TRANSLATE_NOOP("FieldRemarks", "CR"),
        QT_TRANSLATE_NOOP("FieldRemarks",
            "There is a CR without LF; recipients refuse it or take it as a space (RFC 9112, "
            "2.2).") },
    { FieldLine::NoColon, QT_TRANSLATE_NOOP("FieldRemarks", "no colon"),
        QT_TRANSLATE_NOOP("FieldRemarks", "The line has no colon, so it is no field.") },
    { FieldLine::OddName, QT_TRANSLATE_NOOP("FieldRemarks", "odd name"),
        QT_TRANSLATE_NOOP(
            "FieldRemarks", "The name has characters that no name may have (RFC 9110, 5.1).") },
    { FieldLine::Control, QT_TRANSLATE_NOOP("FieldRemarks", "control"),
        QT_TRANSLATE_NOOP("FieldRemarks",
            "There are control octets; recipients refuse or replace them (RFC 9110, 5.5).") },
    { FieldLine::NonAscii, QT_TRANSLATE_NOOP("FieldRemarks", "not ASCII"),
        QT_TRANSLATE_NOOP("FieldRemarks",
            "There are octets beyond ASCII, and nothing says in which charset (RFC 9110, 5.5).") },
    { FieldLine::ManySpaces, QT_TRANSLATE_NOOP("FieldRemarks", "spaces"),
        QT_TRANSLATE_NOOP("FieldRemarks",
            "More than one space, or a tab, stands behind the colon; it is not a part of the "
            "value.") },
    { FieldLine::TrailingSpace, QT_TRANSLATE_NOOP("FieldRemarks", "space at the end"),
        QT_TRANSLATE_NOOP(
            "FieldRemarks", "White space stands behind the value; it is not a part of it.") },
    { FieldLine::Unfinished, QT_TRANSLATE_NOOP("FieldRemarks", "cut off"),
        QT_TRANSLATE_NOOP("FieldRemarks", "The end of the line is not here.") },
};

constexpr FieldLine::Oddities Harmless { FieldLine::ManySpaces, FieldLine::TrailingSpace,
    FieldLine::NonAscii };

} // namespace

QList<FieldRemark> nameRemarks(const QByteArray &name, int place, int count)
{
    QList<FieldRemark> remarks;
    if (count > 1)
        remarks.append({ tr("%1 of %2").arg(place).arg(count),
            name.compare("Set-Cookie", Qt::CaseInsensitive) == 0
                ? tr("The name is there %1 times, as it has to be for several cookies.").arg(count)
                : tr("The name is there %1 times: recipients join the values by commas in this "
                     "order, take one, or refuse (RFC 9110, 5.3).")
                      .arg(count),
            QStringLiteral("%1/%2").arg(place).arg(count) });
    const QByteArray usual = exchange::usualSpelling(name);
    if (usual != name && exchange::meaningOf(name))
        remarks.append({ tr("spelling"),
            tr("Usually written %1. The case of letters has no meaning in HTTP/1.1.")
                .arg(QString::fromLatin1(usual)),
            QStringLiteral("aA") });
    return remarks;
}

QList<FieldRemark> lineRemarks(const FieldLine &line)
{
    QList<FieldRemark> remarks;
    for (const OddityWords &words : Oddities) {
        if (line.oddities.testFlag(words.oddity))
            remarks.append({ tr(words.word), tr(words.sentence), QStringLiteral("·"),
                !Harmless.testFlag(words.oddity) });
    }
    return remarks;
}

QList<FieldRemark> trailerRemarks(const QByteArray &name, const QList<QByteArray> &announced)
{
    QList<FieldRemark> remarks;
    const auto meaning = exchange::meaningOf(name);
    if (meaning && meaning->isForbiddenInTrailers)
        remarks.append({ tr("forbidden"),
            tr("It counts before the content, so it may not stand behind it; recipients drop it "
               "(RFC 9110, 6.5.1)."),
            QString(), true });
    if (!announced.contains(name.toLower()))
        remarks.append({ tr("unannounced"),
            tr("No Trailer field said that it would come; that is allowed (RFC 9110, 6.6.2)."),
            QStringLiteral("·") });
    return remarks;
}

QList<QByteArray> announcedTrailers(const exchange::Message &message)
{
    QList<QByteArray> names;
    for (const auto &[key, value] : message.fields) {
        if (key.compare("Trailer", Qt::CaseInsensitive) != 0)
            continue;
        const QList<QByteArray> parts = value.split(',');
        for (const QByteArray &part : parts) {
            const QByteArray name = part.trimmed().toLower();
            if (!name.isEmpty() && !names.contains(name))
                names += name;
        }
    }
    return names;
}

QString fieldToolTip(
    const QByteArray &name, const QByteArray &value, const QList<FieldRemark> &remarks)
{
    const auto escaped = [](const QString &text) { return text.toHtmlEscaped(); };
    QString tip = QStringLiteral("<p style='white-space:pre-wrap'>");
    if (const auto meaning = exchange::meaningOf(name)) {
        tip += QStringLiteral("<b>%1</b><br>%2")
                   .arg(escaped(meaning->name), escaped(meaning->sentence));
        if (!meaning->source.isEmpty())
            tip += QStringLiteral(" <i>%1</i>").arg(escaped(meaning->source));
    } else {
        tip += QStringLiteral("<b>%1</b><br>%2")
                   .arg(escaped(displayText(name)), escaped(tr("Not a field that we know.")));
    }
    tip += QStringLiteral("</p><p style='white-space:pre-wrap'>%1</p>")
               .arg(escaped(shortened(displayText(value), LongestValue)));
    QStringList lines;
    const auto parts = exchange::explainValue(name, value, QDateTime::currentDateTimeUtc());
    for (const exchange::ValueMeaning &part : parts)
        lines += part.part.isEmpty()
            ? escaped(part.sentence)
            : QStringLiteral("<b>%1</b>: %2")
                  .arg(escaped(shortened(part.part, 80)), escaped(part.sentence));
    for (const FieldRemark &remark : remarks)
        lines += (remark.isWarning ? QStringLiteral("⚠ ") : QStringLiteral("· "))
            + escaped(remark.sentence);
    if (!lines.isEmpty())
        tip += QStringLiteral("<p>%1</p>").arg(lines.join(QStringLiteral("<br>")));
    return tip;
}

} // namespace headrace::ui

#include "fields/fieldtext.h"

#include "shell/format.h"

#include <QRegularExpression>
#include <QStringList>

namespace headrace::ui {

namespace {

const QLatin1StringView OffMark("//");

QStringList linesOf(const QString &text)
{
    static const QRegularExpression lineEnd(QStringLiteral("\r\n|\r|\n"));
    return text.split(lineEnd);
}

bool isStartLine(const QString &line)
{
    static const QRegularExpression startLine(
        QStringLiteral("^(HTTP/\\d(\\.\\d)? \\d{3}\\b|[A-Za-z-]+ \\S+ HTTP/\\d(\\.\\d)?\\s*$)"));
    return startLine.match(line).hasMatch();
}

session::DraftField fieldOf(QString line)
{
    session::DraftField field;
    if (line.startsWith(OffMark)) {
        field.isEnabled = false;
        line = line.mid(OffMark.size()).trimmed();
    }
    const qsizetype colon = line.indexOf(QLatin1Char(':'));
    if (colon < 0) {
        field.name = line.trimmed().toUtf8();
        return field;
    }
    // Blanks before the colon are an error that must stay visible.
    field.name = line.left(colon).toUtf8();
    field.value = line.mid(colon + 1).trimmed().toUtf8();
    return field;
}

} // namespace

QString toText(const QList<session::DraftField> &fields)
{
    QString text;
    for (const session::DraftField &field : fields) {
        if (!field.isEnabled)
            text += OffMark + QLatin1Char(' ');
        text += displayText(field.name) + QStringLiteral(": ") + displayText(field.value)
            + QLatin1Char('\n');
    }
    return text;
}

QList<session::DraftField> fieldsFromText(const QString &text)
{
    QList<session::DraftField> fields;
    for (const QString &line : linesOf(text)) {
        if (line.trimmed().isEmpty())
            continue;
        const bool goesOn = line.startsWith(QLatin1Char(' ')) || line.startsWith(QLatin1Char('\t'));
        if (goesOn && !fields.isEmpty())
            fields.last().value += ' ' + line.trimmed().toUtf8();
        else
            fields.append(fieldOf(line));
    }
    return fields;
}

QList<session::DraftField> fieldsFromPaste(const QString &text)
{
    QStringList lines = linesOf(text);
    while (!lines.isEmpty() && (lines.first().trimmed().isEmpty() || isStartLine(lines.first())))
        lines.removeFirst();
    return fieldsFromText(lines.join(QLatin1Char('\n')));
}

bool isFieldBlock(const QString &text)
{
    static const QRegularExpression oneField(
        QStringLiteral("^\\s*(// ?)?[!#$%&'*+.^_`|~0-9A-Za-z-]+:\\s.*$"));
    const QString trimmed = text.trimmed();
    return trimmed.contains(QLatin1Char('\n')) || trimmed.contains(QLatin1Char('\r'))
        || oneField.match(trimmed).hasMatch();
}

} // namespace headrace::ui

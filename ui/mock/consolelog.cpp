#include "mock/consolelog.h"

#include <QRegularExpression>

#include <algorithm>

namespace headrace::ui {

using session::ScriptMessage;

namespace {

using Kind = ScriptMessage::Kind;

// Terminal colours and what else would not be seen.
QString printable(QString text)
{
    static const QRegularExpression sequence(QStringLiteral("\x1b\\[[0-9;?]*[A-Za-z]"));
    if (text.contains(QChar(0x1b)))
        text.remove(sequence);
    for (QChar &character : text) {
        if (character != u'\t' && character.category() == QChar::Other_Control)
            character = QChar::ReplacementCharacter;
    }
    if (text.size() > ConsoleLog::LongestLine) {
        text.truncate(ConsoleLog::LongestLine);
        text += QStringLiteral(" …");
    }
    return text;
}

// "    at name (/path/a.js:3:5)", "    at /path/a.js:3:5", "/path/a.js:3"
void findPlace(ConsoleLine *line)
{
    static const QRegularExpression place(
        QStringLiteral("(?<![^\\s(])(/[^():\\n]*):(\\d+)(?::(\\d+))?\\)?$"));
    const QRegularExpressionMatch match = place.match(line->text);
    if (!match.hasMatch())
        return;
    line->file = match.captured(1);
    line->line = match.captured(2).toInt();
    line->column = match.capturedLength(3) > 0 ? match.captured(3).toInt() : -1;
    line->placeBegin = match.capturedStart(1);
    line->placeLength
        = (line->column > 0 ? match.capturedEnd(3) : match.capturedEnd(2)) - line->placeBegin;
}

} // namespace

void ConsoleLog::add(const QList<ScriptMessage> &messages)
{
    const qsizetype before = m_lines.size();
    const qsizetype first = before - (m_isOpen ? 1 : 0);
    for (const ScriptMessage &message : messages)
        add(message);
    const qsizetype removed = std::max<qsizetype>(0, m_lines.size() - MostLines);
    m_lines.remove(0, removed);
    Q_EMIT changed(std::min(removed, before), std::max<qsizetype>(0, first - removed));
}

void ConsoleLog::add(const ScriptMessage &message)
{
    const bool isOutput = message.kind == Kind::Output || message.kind == Kind::Error;
    QStringList pieces = message.text.split(u'\n');
    const bool staysOpen = isOutput && !pieces.last().isEmpty();
    if (isOutput && pieces.last().isEmpty())
        pieces.removeLast();
    bool isContinued = false;
    for (const QString &piece : std::as_const(pieces)) {
        QString text = piece.endsWith(u'\r') ? piece.chopped(1) : piece;
        const bool joins = std::exchange(m_isOpen, false) && isOutput
            && m_lines.last().kind == message.kind && m_lines.last().origin == message.origin;
        if (joins)
            m_lines.last().text = printable(m_lines.last().text + text);
        else
            append(message, text, isContinued);
        isContinued = true;
    }
    m_isOpen = staysOpen;
}

void ConsoleLog::append(const ScriptMessage &message, const QString &text, bool isContinued)
{
    ConsoleLine line;
    line.kind = message.kind;
    line.time = message.time;
    line.origin = message.origin;
    line.text = printable(text);
    line.isContinued = isContinued && message.kind == Kind::Failure;
    line.script = message.script;
    if (message.kind == Kind::Failure)
        findPlace(&line);
    // A message without a stack names its place all the same.
    if (message.kind == Kind::Failure && !line.isContinued && line.file.isEmpty()
        && message.line > 0) {
        line.file = message.file;
        line.line = message.line;
        line.column = message.column;
        line.placeLength = line.text.size();
    }
    m_lines.append(line);
}

void ConsoleLog::clear()
{
    m_lines.clear();
    m_isOpen = false;
    Q_EMIT cleared();
}

const QList<ConsoleLine> &ConsoleLog::lines() const { return m_lines; }

} // namespace headrace::ui

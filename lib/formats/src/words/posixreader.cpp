#include "words/posixreader.h"

#include "words/textoctets.h"

#include <QChar>
#include <QString>

#include <utility>

namespace headrace::formats {

namespace {

QString shown(QByteArrayView octets)
{
    constexpr qsizetype longest = 40;
    const QString text = QString::fromUtf8(octets.first(qMin(octets.size(), longest)));
    return octets.size() > longest ? text + QChar(0x2026) : text;
}

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// What `printf FORMAT` writes; nothing when it takes arguments.
std::optional<QByteArray> printed(const QByteArray &format)
{
    QByteArray output;
    for (qsizetype i = 0; i < format.size(); ++i) {
        const char next = i + 1 < format.size() ? format[i + 1] : 0;
        if (format[i] == '%') {
            if (next != '%')
                return std::nullopt;
            output += '%';
            ++i;
        } else if (format[i] != '\\' || next == 0) {
            output += format[i];
        } else if (isOctalDigit(next)) {
            uint value = 0;
            qsizetype digits = 0;
            while (digits < 3 && i + 1 < format.size() && isOctalDigit(format[i + 1])) {
                value = value * 8 + uint(format[++i] - '0');
                ++digits;
            }
            output += char(value);
        } else if (next == 'x' && i + 2 < format.size() && isHexDigit(format[i + 2])) {
            uint value = 0;
            i += 1;
            for (int digits = 0; digits < 2 && i + 1 < format.size() && isHexDigit(format[i + 1]);
                 ++digits)
                value = value * 16 + hexValue(format[++i]);
            output += char(value);
        } else {
            const char control = escapedControl(next);
            if (control == 0 && next != '\\' && next != '\'' && next != '"')
                output += '\\';
            output += control == 0 ? next : control;
            ++i;
        }
    }
    return output;
}

} // namespace

PosixReader::PosixReader(const QByteArray &text)
    : m_text(text)
    , m_builder(text)
{
}

char PosixReader::at(qsizetype ahead) const
{
    return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
}

bool PosixReader::isEnd() const { return m_at >= m_text.size(); }

ShellCommands PosixReader::read()
{
    while (!isEnd() && !m_builder.hasFailed())
        step();
    if (!m_builder.hasFailed() && m_fed)
        m_builder.command().input = std::exchange(m_fed, std::nullopt);
    ShellCommands commands = m_builder.take();
    commands.shell = Shell::Posix;
    return commands;
}

void PosixReader::step()
{
    const char c = at();
    if (c == '\'')
        readSingleQuoted();
    else if (c == '"')
        readDoubleQuoted();
    else if (c == '\\')
        readBackslash();
    else if (c == '$' || c == '`')
        readDollar();
    else if (isBlank(c)) {
        m_builder.endWord();
        ++m_at;
    } else if (c == '#' && !m_builder.isInWord()) {
        while (!isEnd() && at() != '\n')
            ++m_at;
    } else if (c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
        readOperator();
    } else if (c == '<' || c == '>') {
        readRedirection();
    } else {
        m_builder.add(c);
        ++m_at;
    }
}

void PosixReader::readSingleQuoted()
{
    const qsizetype end = m_text.indexOf('\'', m_at + 1);
    if (end < 0) {
        m_builder.fail(m_at, QStringLiteral("The quote ' that begins here does not end."));
        return;
    }
    m_builder.add(QByteArrayView(m_text).sliced(m_at + 1, end - m_at - 1));
    m_at = end + 1;
}

// Section 2.2.3: a backslash escapes only $ ` " \ and the line end.
void PosixReader::readDoubleQuoted()
{
    const qsizetype begin = m_at++;
    m_builder.beginWord();
    while (!isEnd() && at() != '"' && !m_builder.hasFailed()) {
        if (at() == '$' || at() == '`') {
            // $'…' and $"…" are no quotes in here.
            if (at(1) == '\'' || at(1) == '"') {
                m_builder.add('$');
                ++m_at;
            } else {
                readDollar();
            }
        } else if (at() == '\\' && at(1) != 0 && QByteArrayView("$`\"\\").contains(at(1))) {
            m_builder.add(at(1));
            m_at += 2;
        } else if (at() == '\\' && at(1) == '\n') {
            m_at += 2;
        } else {
            m_builder.add(at());
            ++m_at;
        }
    }
    if (isEnd())
        m_builder.fail(begin, QStringLiteral("The quote \" that begins here does not end."));
    ++m_at;
}

void PosixReader::readBackslash()
{
    if (at(1) == '\n' || (at(1) == '\r' && at(2) == '\n')) {
        m_at += at(1) == '\n' ? 2 : 3;
        return;
    }
    if (m_at + 1 >= m_text.size()) { // the line that would go on was not copied
        ++m_at;
        return;
    }
    m_builder.add(at(1));
    m_at += 2;
}

// $'…' and $"…"; all else that begins with $ or ` stays as it is written.
void PosixReader::readDollar()
{
    if (at() == '$' && at(1) == '\'') {
        readAnsiQuoted();
        return;
    }
    if (at() == '$' && at(1) == '"') {
        ++m_at;
        readDoubleQuoted();
        return;
    }
    const qsizetype begin = m_at;
    qsizetype end = begin + 1;
    if (at() == '`' || at(1) == '(' || at(1) == '{') {
        const char close = at() == '`' ? '`' : at(1) == '(' ? ')' : '}';
        const qsizetype found = m_text.indexOf(close, begin + (at() == '`' ? 1 : 2));
        if (found < 0) {
            m_builder.fail(begin,
                QStringLiteral("What is substituted from here on does not end with %1.")
                    .arg(QLatin1Char(close)));
            return;
        }
        end = found + 1;
    } else {
        while (end < m_text.size() && (isLetterOrDigit(m_text[end]) || m_text[end] == '_'))
            ++end;
    }
    const QByteArrayView written = QByteArrayView(m_text).sliced(begin, end - begin);
    if (written.size() > 1)
        m_builder.remark(
            QStringLiteral("%1 is not expanded: it is sent as it is written.").arg(shown(written)));
    m_builder.add(written);
    m_at = end;
}

void PosixReader::readAnsiQuoted()
{
    const qsizetype begin = m_at;
    m_at += 2;
    m_builder.beginWord();
    while (!isEnd() && at() != '\'') {
        if (at() == '\\' && m_at + 1 < m_text.size()) {
            readAnsiEscape();
        } else {
            m_builder.add(at());
            ++m_at;
        }
    }
    if (isEnd())
        m_builder.fail(begin, QStringLiteral("The quote $' that begins here does not end."));
    ++m_at;
}

void PosixReader::readAnsiEscape()
{
    const char letter = at(1);
    m_at += 2;
    if (isOctalDigit(letter)) {
        uint value = uint(letter - '0');
        for (int digits = 1; digits < 3 && isOctalDigit(at()); ++digits)
            value = value * 8 + uint(m_text[m_at++] - '0');
        m_builder.add(char(value));
    } else if (letter == 'x' && (isHexDigit(at()) || at() == '{')) {
        const bool isBraced = at() == '{';
        m_at += isBraced ? 1 : 0;
        const uint value = readCodeUnit(2);
        if (isBraced && at() == '}')
            ++m_at;
        m_builder.add(char(value));
    } else if ((letter == 'u' || letter == 'U') && (isHexDigit(at()) || at() == '{')) {
        const bool isBraced = at() == '{';
        m_at += isBraced ? 1 : 0;
        char32_t value = readCodeUnit(letter == 'u' && !isBraced ? 4 : 8);
        if (isBraced && at() == '}')
            ++m_at;
        if (QChar::isHighSurrogate(value) && at() == '\\' && at(1) == 'u' && isHexDigit(at(2))) {
            const qsizetype mark = std::exchange(m_at, m_at + 2);
            const char32_t low = readCodeUnit(4);
            if (QChar::isLowSurrogate(low))
                value = QChar::surrogateToUcs4(char16_t(value), char16_t(low));
            else
                m_at = mark;
        }
        m_builder.add(QString::fromUcs4(&value, 1).toUtf8());
    } else if (letter == 'c' && !isEnd()) {
        m_builder.add(char(m_text[m_at++] & 0x1f));
    } else if (const char control = escapedControl(letter)) {
        m_builder.add(control);
    } else {
        if (!QByteArrayView("\\'\"?").contains(letter))
            m_builder.add('\\');
        m_builder.add(letter);
    }
}

uint PosixReader::readCodeUnit(int mostDigits)
{
    uint value = 0;
    for (int digits = 0; digits < mostDigits && isHexDigit(at()); ++digits)
        value = value * 16 + hexValue(m_text[m_at++]);
    return value;
}

void PosixReader::readOperator()
{
    const char c = at();
    const bool isPipe = c == '|' && at(1) != '|';
    m_at += (c == '|' || c == '&') && at(1) == c ? 2 : c == '|' && at(1) == '&' ? 2 : 1;
    m_builder.endWord();
    if (m_fed)
        m_builder.command().input = std::exchange(m_fed, std::nullopt);
    if (isPipe)
        takeFeeder();
    m_builder.endCommand(isPipe);
    if (c == '\n' && m_at - 1 == m_documentsBegin) {
        m_documentsBegin = -1;
        m_at = m_documentsEnd;
    }
}

void PosixReader::takeFeeder()
{
    const QList<QByteArray> &words = m_builder.command().words;
    if (words.size() == 2 && words[0] == "printf")
        m_fed = printed(words[1]);
    else if (words.size() == 2 && words[0] == "echo" && !words[1].startsWith('-'))
        m_fed = words[1] + '\n';
    else if (words.size() == 3 && words[0] == "echo" && words[1] == "-n")
        m_fed = words[2];
}

void PosixReader::readRedirection()
{
    if (m_text.sliced(m_at).startsWith("<<<")) {
        m_at += 3;
        m_builder.endWord();
        m_builder.command().input = nextWord() + '\n';
        return;
    }
    if (at() == '<' && at(1) == '<') {
        readHereDocument();
        return;
    }
    const qsizetype begin = m_at;
    const bool isInput = at() == '<';
    // "2>" begins as a word
    if (m_builder.isInWord() && m_at > 0 && (m_text[m_at - 1] >= '0' && m_text[m_at - 1] <= '9')
        && (m_at < 2 || isBlank(m_text[m_at - 2]))) {
        m_builder.endWord();
        m_builder.command().words.removeLast();
    }
    m_builder.endWord();
    while (at() == '>' || at() == '<' || at() == '&' || at() == '|')
        ++m_at;
    nextWord();
    if (m_builder.hasFailed())
        return;
    if (isInput)
        m_builder.remark(
            QStringLiteral("%1 is left out: no file is read in place of standard input.")
                .arg(shown(QByteArrayView(m_text).sliced(begin, m_at - begin))));
}

QByteArray PosixReader::nextWord()
{
    while (isBlank(at()))
        ++m_at;
    const qsizetype count = m_builder.command().words.size();
    while (!isEnd() && !m_builder.hasFailed() && !isBlank(at())
        && !QByteArrayView("\n;&|<>()").contains(at()))
        step();
    m_builder.endWord();
    QList<QByteArray> &words = m_builder.command().words;
    return words.size() > count ? words.takeLast() : QByteArray();
}

// Section 2.7.4. The documents begin behind the line that announces them.
void PosixReader::readHereDocument()
{
    const qsizetype begin = m_at;
    m_builder.endWord();
    m_at += 2;
    const bool stripsTabs = at() == '-';
    m_at += stripsTabs ? 1 : 0;
    const QByteArray mark = nextWord();
    if (m_documentsBegin < 0) {
        m_documentsBegin = m_text.indexOf('\n', m_at);
        while (m_documentsBegin > 0 && m_text[m_documentsBegin - 1] == '\\')
            m_documentsBegin = m_text.indexOf('\n', m_documentsBegin + 1);
        m_documentsEnd = m_documentsBegin + 1;
    }
    QByteArray content;
    while (m_documentsBegin >= 0 && m_documentsEnd < m_text.size()) {
        qsizetype lineEnd = m_text.indexOf('\n', m_documentsEnd);
        lineEnd = lineEnd < 0 ? m_text.size() : lineEnd + 1;
        QByteArray line = m_text.sliced(m_documentsEnd, lineEnd - m_documentsEnd);
        m_documentsEnd = lineEnd;
        while (stripsTabs && line.startsWith('\t'))
            line.remove(0, 1);
        if (line.trimmed() == mark) {
            m_builder.command().input = content;
            return;
        }
        content += line;
    }
    m_builder.fail(begin,
        QStringLiteral("The here-document that is announced here does not end with %1.")
            .arg(shown(mark)));
}

} // namespace headrace::formats

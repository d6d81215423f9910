#include "words/cmdreader.h"

#include "words/commandbuilder.h"
#include "words/textoctets.h"

#include <utility>

namespace headrace::formats {

namespace {

/// One line as the program is given it: carets are gone; where each octet came from.
struct CommandLine
{
    QByteArray octets;
    QList<qsizetype> places;
    bool isPiped = false; ///< The output goes to the next one.
};

// The first stage: cmd.exe, which knows carets, and quotes only in so far as no caret works between them.
class LineReader
{
public:
    LineReader(const QByteArray &text, CommandBuilder &builder)
        : m_text(text)
        , m_builder(builder)
    {
    }

    QList<CommandLine> read()
    {
        while (m_at < m_text.size())
            step();
        end(false);
        return m_lines;
    }

private:
    char at(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    void add(char octet)
    {
        m_line.octets += octet;
        m_line.places.append(m_at);
    }

    void end(bool isPiped)
    {
        m_line.isPiped = isPiped;
        m_lines.append(std::exchange(m_line, {}));
        m_isQuoted = false;
    }

    void step()
    {
        const char c = at();
        if (c == '\n') {
            end(false);
        } else if (c == '\r' && at(1) == '\n') {
            // goes with the line feed
        } else if (c == '^' && !m_isQuoted) {
            escape();
        } else if (c == '"') {
            m_isQuoted = !m_isQuoted;
            add(c);
        } else if (!m_isQuoted && (c == '&' || c == '|')) {
            const bool isTwice = at(1) == c;
            end(c == '|' && !isTwice);
            m_at += isTwice ? 1 : 0;
        } else if (!m_isQuoted && (c == '<' || c == '>')) {
            m_builder.remark(
                QStringLiteral("What stands behind %1 is left out: no file is redirected.")
                    .arg(QLatin1Char(c)));
            while (m_at + 1 < m_text.size() && at(1) != '\n' && at(1) != '&' && at(1) != '|')
                ++m_at;
        } else {
            if (c == '%' && isVariable())
                m_builder.remark(QStringLiteral(
                    "A variable between % signs is not expanded: it is sent as it is "
                    "written."));
            add(c);
        }
        ++m_at;
    }

    bool isVariable() const
    {
        const qsizetype end = m_text.indexOf('%', m_at + 1);
        const QByteArray name = end < 0 ? QByteArray() : m_text.sliced(m_at + 1, end - m_at - 1);
        return !name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](char c) {
            return isLetterOrDigit(c) || c == '_';
        });
    }

    // A caret before a line end takes it away; the octet behind it is itself, a line feed included.
    void escape()
    {
        ++m_at;
        if (at() == '\r' && at(1) == '\n')
            ++m_at;
        if (at() == '\n') {
            ++m_at;
            if (at() == '\r' && at(1) == '\n')
                ++m_at;
            if (at() != '\n') { // a continued line begins as any does
                --m_at;
                return;
            }
        }
        if (m_at < m_text.size())
            add(at());
    }

    const QByteArray &m_text;
    CommandBuilder &m_builder;
    QList<CommandLine> m_lines;
    CommandLine m_line;
    qsizetype m_at = 0;
    bool m_isQuoted = false;
};

// The second stage: the C library of the program. 2n backslashes before a quote are n, one more is a quote; two
// quotes between quotes are one.
void splitArguments(const CommandLine &line, CommandBuilder &builder)
{
    bool isQuoted = false;
    qsizetype opened = 0;
    for (qsizetype i = 0; i < line.octets.size(); ++i) {
        const char c = line.octets[i];
        if (c == '\\') {
            qsizetype count = 1;
            while (i + count < line.octets.size() && line.octets[i + count] == '\\')
                ++count;
            const bool isBeforeQuote
                = i + count < line.octets.size() && line.octets[i + count] == '"';
            builder.add(QByteArray(isBeforeQuote ? count / 2 : count, '\\'));
            i += count - 1;
            if (isBeforeQuote && count % 2 == 1) {
                builder.add('"');
                ++i;
            }
        } else if (c == '"' && isQuoted && i + 1 < line.octets.size()
            && line.octets[i + 1] == '"') {
            builder.add('"');
            ++i;
        } else if (c == '"') {
            builder.beginWord();
            isQuoted = !isQuoted;
            opened = line.places[i];
        } else if (!isQuoted && (c == ' ' || c == '\t')) {
            builder.endWord();
        } else {
            builder.add(c);
        }
    }
    if (isQuoted)
        builder.fail(opened, QStringLiteral("The quote \" that begins here does not end."));
}

} // namespace

ShellCommands readCmdCommands(const QByteArray &text)
{
    CommandBuilder builder(text);
    const QList<CommandLine> lines = LineReader(text, builder).read();
    for (const CommandLine &line : lines) {
        splitArguments(line, builder);
        builder.endCommand(line.isPiped);
    }
    ShellCommands commands = builder.take();
    commands.shell = Shell::Cmd;
    return commands;
}

} // namespace headrace::formats

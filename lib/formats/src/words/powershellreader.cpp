#include "words/powershellreader.h"

#include "words/commandbuilder.h"
#include "words/textoctets.h"

namespace headrace::formats {

namespace {

// Source: PowerShell, about_Quoting_Rules and about_Special_Characters.
class Reader
{
public:
    explicit Reader(const QByteArray &text)
        : m_text(text)
        , m_builder(text)
    {
    }

    ShellCommands read()
    {
        while (m_at < m_text.size() && !m_builder.hasFailed())
            step();
        ShellCommands commands = m_builder.take();
        commands.shell = Shell::PowerShell;
        return commands;
    }

private:
    char at(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    void step()
    {
        const char c = at();
        if (c == '\'' || c == '"') {
            readQuoted(c);
        } else if (c == '`') {
            readEscape();
        } else if (c == ' ' || c == '\t' || c == '\r') {
            m_builder.endWord();
            ++m_at;
        } else if (c == '#' && !m_builder.isInWord()) {
            while (m_at < m_text.size() && at() != '\n')
                ++m_at;
        } else if (c == '\n' || c == ';' || c == '|' || (c == '&' && m_builder.isInWord())) {
            m_builder.endCommand(c == '|');
            ++m_at;
        } else if (c == '&') { // the call operator
            ++m_at;
        } else {
            if (c == '$')
                remarkVariable();
            m_builder.add(c);
            ++m_at;
        }
    }

    void readQuoted(char quote)
    {
        const qsizetype begin = m_at++;
        m_builder.beginWord();
        while (m_at < m_text.size()) {
            if (at() == quote && at(1) == quote) {
                m_builder.add(quote);
                m_at += 2;
            } else if (at() == quote) {
                ++m_at;
                return;
            } else if (quote == '"' && at() == '`') {
                readEscape();
            } else {
                if (quote == '"' && at() == '$')
                    remarkVariable();
                // Windows PowerShell hands quotes on as they are: people write \" for the program's sake.
                if (at() == '\\' && at(1) == '"' && quote == '\'')
                    ++m_at;
                m_builder.add(at());
                ++m_at;
            }
        }
        m_builder.fail(begin,
            QStringLiteral("The quote %1 that begins here does not end.").arg(QLatin1Char(quote)));
    }

    void readEscape()
    {
        ++m_at;
        if (at() == '\r' && at(1) == '\n')
            ++m_at;
        if (m_at < m_text.size() && at() != '\n') {
            const char control
                = QByteArrayView("abefnrtv").contains(at()) ? escapedControl(at()) : 0;
            m_builder.add(at() == '0' ? '\0' : control == 0 ? at() : control);
        }
        ++m_at;
    }

    void remarkVariable()
    {
        if (isLetterOrDigit(at(1)) || at(1) == '{' || at(1) == '(' || at(1) == '_')
            m_builder.remark(QStringLiteral(
                "A variable that begins with $ is not expanded: it is sent as it is written."));
    }

    const QByteArray &m_text;
    CommandBuilder m_builder;
    qsizetype m_at = 0;
};

} // namespace

ShellCommands readPowerShellCommands(const QByteArray &text) { return Reader(text).read(); }

} // namespace headrace::formats

#include "formats/shellcommand.h"

#include "words/cmdreader.h"
#include "words/posixreader.h"
#include "words/powershellreader.h"
#include "words/textoctets.h"

#include <QStringDecoder>

#include <algorithm>

namespace headrace::formats {

namespace {

bool isUtf8(const QByteArray &octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(octets);
    return !decoder.hasError();
}

bool isControl(char c) { return uchar(c) < 0x20 || c == 0x7f; }

/// A line ends with \a mark, blanks behind it not counted.
bool endsALine(const QByteArray &text, char mark)
{
    for (qsizetype at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        const QByteArray line = text.first(at).trimmed();
        if (line.endsWith(mark))
            return true;
        if (at > 4096) // whoever continues lines does so early
            return false;
    }
    return false;
}

/// "PS C:\>" or "C:\>" stands before the command.
bool hasPrompt(const QByteArray &text, Shell shell)
{
    const QByteArray begin = text.left(40).trimmed();
    return shell == Shell::PowerShell ? begin.startsWith("PS ") : begin.mid(1, 2) == ":\\";
}

Shell detected(const QByteArray &text)
{
    if (hasPrompt(text, Shell::Cmd))
        return Shell::Cmd;
    if (hasPrompt(text, Shell::PowerShell))
        return Shell::PowerShell;
    if (text.contains(" ^\"") || endsALine(text, '^'))
        return Shell::Cmd;
    return endsALine(text, '`') ? Shell::PowerShell : Shell::Posix;
}

// "$ ", "% ", "> ", "PS C:\> ", "C:\Users\me>": what stands before the cursor.
qsizetype promptEnd(const QByteArray &text, Shell shell)
{
    qsizetype begin = 0;
    while (begin < text.size() && QByteArrayView(" \t\r\n").contains(text[begin]))
        ++begin;
    if (begin + 1 < text.size() && QByteArrayView("$%>").contains(text[begin])
        && (text[begin + 1] == ' ' || text[begin + 1] == '\t'))
        return begin + 2;
    if (shell == Shell::Posix)
        return begin;
    const qsizetype lineEnd = text.indexOf('\n', begin);
    const qsizetype mark = text.indexOf('>', begin);
    return hasPrompt(text, shell) && mark >= 0 && (lineEnd < 0 || mark < lineEnd) ? mark + 1
                                                                                  : begin;
}

} // namespace

ShellCommands readCommands(const QByteArray &text, Shell shell)
{
    if (shell == Shell::Detect)
        shell = detected(text);
    // Blanks in place of the prompt, so that the places of errors stay.
    QByteArray commands = text;
    const qsizetype begin = promptEnd(text, shell);
    std::transform(commands.begin(), commands.begin() + begin, commands.begin(),
        [](char c) { return c == '\n' ? '\n' : ' '; });
    switch (shell) {
    case Shell::Cmd:
        return readCmdCommands(commands);
    case Shell::PowerShell:
        return readPowerShellCommands(commands);
    case Shell::Posix:
    case Shell::Detect:
        break;
    }
    return PosixReader(commands).read();
}

QByteArray quotedForPosix(const QByteArray &word)
{
    const auto isSafe
        = [](char c) { return isLetterOrDigit(c) || QByteArrayView("_-+=./:@,").contains(c); };
    if (!word.isEmpty() && std::all_of(word.cbegin(), word.cend(), isSafe))
        return word;
    QByteArray quoted = word;
    quoted.replace("'", "'\\''");
    return '\'' + quoted + '\'';
}

QByteArray quotedForBash(const QByteArray &word)
{
    const bool isText = isUtf8(word) && std::none_of(word.cbegin(), word.cend(), [](char c) {
        return isControl(c) && c != '\n' && c != '\t';
    });
    if (isText)
        return quotedForPosix(word);
    QByteArray quoted = "$'";
    for (const char c : word) {
        if (c == '\'' || c == '\\')
            quoted += QByteArray("\\") + c;
        else if (c == '\n')
            quoted += "\\n";
        else if (c == '\r')
            quoted += "\\r";
        else if (isControl(c) || uchar(c) >= 0x80) // always three digits: one may follow
            quoted += '\\' + QByteArray::number(uchar(c), 8).rightJustified(3, '0');
        else
            quoted += c;
    }
    return quoted + '\'';
}

// First for the C library, in quotes; then a caret before all that cmd.exe might take for its own.
QByteArray quotedForCmd(const QByteArray &word)
{
    const auto isSafe
        = [](char c) { return isLetterOrDigit(c) || QByteArrayView("_-+./:@,").contains(c); };
    if (!word.isEmpty() && std::all_of(word.cbegin(), word.cend(), isSafe))
        return word;
    QByteArray inner;
    qsizetype backslashes = 0;
    for (const char c : word) {
        if (c == '"')
            inner += QByteArray(backslashes + 1, '\\');
        inner += c;
        backslashes = c == '\\' ? backslashes + 1 : 0;
    }
    inner += QByteArray(backslashes, '\\');
    QByteArray quoted = "^\"";
    for (qsizetype i = 0; i < inner.size(); ++i) {
        const char c = inner[i];
        const bool isPlain = isLetterOrDigit(c) || uchar(c) >= 0x80
            || QByteArrayView(" \t_-:=+~'/.,?;()*`\\[]{}@#$").contains(c);
        if (c == '\r' && i + 1 < inner.size() && inner[i + 1] == '\n')
            continue;
        if (c == '\n' || c == '\r')
            quoted += "^\n\n";
        else if (c == '%') // a caret behind it, so that no name of a variable follows
            quoted += i + 1 < inner.size() && isLetterOrDigit(inner[i + 1]) ? "%^" : "%";
        else if (isPlain)
            quoted += c;
        else
            quoted += QByteArray("^") + c;
    }
    return quoted + "^\"";
}

} // namespace headrace::formats

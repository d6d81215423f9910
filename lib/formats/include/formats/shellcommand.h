#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace headrace::formats {

/// Whose quoting a command line is written in.
enum class Shell
{
    Detect, ///< Cmd for ` ^"` and `^` at a line's end, PowerShell for a backtick there, or by the prompt; else Posix.
    Posix, ///< sh; also bash's and zsh's $'…', here-strings and here-documents.
    Cmd, ///< cmd.exe, then the argument rules of Microsoft's C library.
    PowerShell
};

/// Where and why a text could not be read. Lines and columns count from 1, columns in octets.
struct TextError
{
    qsizetype line = 0;
    qsizetype column = 0;
    QString message; ///< One sentence; empty: there is no error.

    explicit operator bool() const { return !message.isEmpty(); }

    friend bool operator==(const TextError &, const TextError &) = default;
};

/// One program with its arguments, as a shell would start it.
struct ShellCommand
{
    QList<QByteArray> words; ///< Unquoted; the first is the program.
    std::optional<QByteArray>
        input; ///< What a here-document, here-string, printf or echo feeds it.
    bool isFedByPipe = false; ///< Its input comes from the command before it.

    friend bool operator==(const ShellCommand &, const ShellCommand &) = default;
};

/// What a text has of commands.
struct ShellCommands
{
    QList<ShellCommand> commands; ///< Those before the error, if there is one.
    QStringList remarks; ///< What was not followed: variables, redirections. A sentence each.
    TextError error;
    Shell shell = Shell::Posix; ///< The one it was read as.
};

/** Takes command lines apart as the shell does, without running anything: quotes, escapes, line continuations,
    comments, a prompt ("$ ") before the first word. Variables and substitutions stay as they are written, and are
    remarked. Octets in, octets out: $'\xff' is one octet; \uD83D\uDE00 in $'…' is the one character that browsers
    mean by it, though bash makes two of it. Source: POSIX.1-2017 Shell Command Language sections 2.2, 2.3 and
    2.7; bash manual, ANSI-C Quoting; Microsoft, "Parsing C command-line arguments". Thread: any. */
ShellCommands readCommands(const QByteArray &text, Shell shell = Shell::Detect);

/// One word of a POSIX shell; quoted only if it must be. Any octets but NUL.
QByteArray quotedForPosix(const QByteArray &word);

/// The same, with $'…' for what a terminal would garble: control characters and what is not UTF-8.
QByteArray quotedForBash(const QByteArray &word);

/// One word for cmd.exe. Line ends cannot be kept in every place; the ones here are those of browsers.
QByteArray quotedForCmd(const QByteArray &word);

} // namespace headrace::formats

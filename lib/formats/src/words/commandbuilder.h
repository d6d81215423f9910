#pragma once

#include "formats/shellcommand.h"

namespace headrace::formats {

/// Collects words and commands for the readers of the shells.
class CommandBuilder
{
public:
    /// \a text is what the places of errors are counted in.
    explicit CommandBuilder(const QByteArray &text);

    void add(char octet); ///< To the word, which begins with it.
    void add(QByteArrayView octets);
    void beginWord(); ///< Also of an empty one: quotes.
    bool isInWord() const;
    void endWord();

    /// \a feedsNext: its output is the input of the next.
    void endCommand(bool feedsNext = false);

    ShellCommand &command();
    void remark(const QString &sentence); ///< Each only once.
    void fail(qsizetype offset, const QString &message); ///< The first counts.
    bool hasFailed() const;

    ShellCommands take();

private:
    QByteArray m_text;
    QByteArray m_word;
    bool m_isInWord = false;
    bool m_isFed = false;
    ShellCommand m_command;
    ShellCommands m_result;
};

} // namespace headrace::formats

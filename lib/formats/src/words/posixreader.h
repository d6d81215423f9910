#pragma once

#include "words/commandbuilder.h"

namespace headrace::formats {

/// Reads command lines of sh, bash and zsh; see readCommands().
class PosixReader
{
public:
    explicit PosixReader(const QByteArray &text);

    ShellCommands read();

private:
    char at(qsizetype ahead = 0) const; ///< NUL behind the end.
    bool isEnd() const;
    void step();
    void readSingleQuoted();
    void readDoubleQuoted();
    void readAnsiQuoted();
    void readAnsiEscape();
    uint readCodeUnit(int mostDigits);
    void readBackslash();
    void readDollar();
    void readOperator();
    void readRedirection();
    void readHereDocument();
    QByteArray nextWord(); ///< Behind a redirection, unquoted.
    void takeFeeder(); ///< What printf or echo before a pipe would write.

    QByteArray m_text;
    CommandBuilder m_builder;
    qsizetype m_at = 0;
    qsizetype m_documentsBegin
        = -1; ///< The line end behind which here-documents stand; -1 without.
    qsizetype m_documentsEnd = 0;
    std::optional<QByteArray> m_fed; ///< Input of the next command.
};

} // namespace headrace::formats

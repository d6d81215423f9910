#include "words/commandbuilder.h"

#include <utility>

namespace headrace::formats {

CommandBuilder::CommandBuilder(const QByteArray &text)
    : m_text(text)
{
}

void CommandBuilder::add(char octet)
{
    m_isInWord = true;
    m_word += octet;
}

void CommandBuilder::add(QByteArrayView octets)
{
    m_isInWord = true;
    m_word.append(octets.data(), octets.size());
}

void CommandBuilder::beginWord() { m_isInWord = true; }

bool CommandBuilder::isInWord() const { return m_isInWord; }

void CommandBuilder::endWord()
{
    if (std::exchange(m_isInWord, false))
        m_command.words.append(std::exchange(m_word, {}));
}

void CommandBuilder::endCommand(bool feedsNext)
{
    endWord();
    m_command.isFedByPipe = m_isFed;
    m_isFed = feedsNext;
    if (!m_command.words.isEmpty())
        m_result.commands.append(m_command);
    m_command = {};
}

ShellCommand &CommandBuilder::command() { return m_command; }

void CommandBuilder::remark(const QString &sentence)
{
    if (!m_result.remarks.contains(sentence))
        m_result.remarks.append(sentence);
}

void CommandBuilder::fail(qsizetype offset, const QString &message)
{
    if (hasFailed())
        return;
    const QByteArrayView before = QByteArrayView(m_text).first(offset);
    const qsizetype lineBegin = before.lastIndexOf('\n') + 1;
    m_result.error = { before.count('\n') + 1, offset - lineBegin + 1, message };
}

bool CommandBuilder::hasFailed() const { return bool(m_result.error); }

ShellCommands CommandBuilder::take()
{
    endCommand();
    return std::move(m_result);
}

} // namespace headrace::formats

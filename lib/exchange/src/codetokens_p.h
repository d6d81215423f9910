#pragma once

#include <QByteArrayView>

#include <optional>

namespace headrace::exchange {

enum class CodeLanguage
{
    Css,
    JavaScript
};

/// A piece of code that must not be broken up.
struct CodeToken
{
    enum class Kind
    {
        Mark, ///< One octet: brackets, comma, semicolon, operators.
        Word,
        Literal, ///< A string, template, expression between slashes, or `url(...)`.
        LineComment, ///< Without its line end.
        Comment
    };

    Kind kind = Kind::Mark;
    QByteArrayView text;
    bool isAfterBlank = false;
    int linesBefore = 0; ///< Line ends between it and the token before.

    bool isMark(char mark) const { return kind == Kind::Mark && text.front() == mark; }
};

/** Cuts code into tokens, as far as a layout has to know them. A string or expression that does not end in its line
    is a fault: then either the code is wrong, or a slash was taken for what it is not. */
class CodeTokens
{
public:
    CodeTokens(QByteArrayView code, CodeLanguage language);

    std::optional<CodeToken> next(); ///< Nothing at the end, or at a fault.

    bool hasFault() const { return m_hasFault; }

    qsizetype offset() const { return m_at; }

private:
    CodeToken::Kind read();
    void readString(char quote);
    void readTemplate();
    void readExpression();
    void readUntil(QByteArrayView end, bool isRequired);
    bool mayBeExpression() const;
    char at(qsizetype offset) const;

    QByteArrayView m_code;
    CodeLanguage m_language;
    qsizetype m_at = 0;
    CodeToken m_last; ///< That was no comment; empty text: none.
    bool m_hasFault = false;
};

} // namespace headrace::exchange

#include "search/literalpart.h"

#include <QByteArrayView>

#include <algorithm>

namespace headrace::exchange::search {

namespace {

bool isAlphanumeric(char octet)
{
    return (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z');
}

/// A backslash before one of these makes it a literal.
bool isMark(char octet) { return octet > ' ' && octet < 0x7f && !isAlphanumeric(octet); }

bool isSpecial(char octet) { return QByteArrayView("\\^$.|?*+()[]{}").contains(octet); }

bool continuesCharacter(char octet) { return (uchar(octet) & 0xc0) == 0x80; }

void chopCharacter(QByteArray &octets)
{
    while (!octets.isEmpty() && continuesCharacter(octets.back()))
        octets.chop(1);
    octets.chop(1);
}

/// Behind the class that begins at \a at; the end if it is not closed.
qsizetype classEnd(const QByteArray &expression, qsizetype at)
{
    ++at;
    if (expression.mid(at, 1) == "^")
        ++at;
    if (expression.mid(at, 1) == "]")
        ++at; // the first one is a member
    for (; at < expression.size() && expression[at] != ']'; ++at) {
        if (expression[at] == '\\')
            ++at;
        else if (expression.mid(at, 2) == "[:")
            at = std::max(at, expression.indexOf(":]", at) + 1);
    }
    return std::min(at + 1, expression.size());
}

/// Behind the group that begins at \a at; the end if it is not closed.
qsizetype groupEnd(const QByteArray &expression, qsizetype at)
{
    int depth = 0;
    while (at < expression.size()) {
        switch (expression[at]) {
        case '\\':
            at += 2;
            continue;
        case '[':
            at = classEnd(expression, at);
            continue;
        case '(':
            ++depth;
            break;
        case ')':
            --depth;
            break;
        default:
            break;
        }
        ++at;
        if (depth == 0)
            return at;
    }
    return expression.size();
}

/// Behind the "{2,3}" at \a at; \a at itself if there is none, since a brace may be a literal.
qsizetype quantifierEnd(const QByteArray &expression, qsizetype at)
{
    if (at >= expression.size() || expression[at] != '{')
        return at;
    const qsizetype end = expression.indexOf('}', at);
    const bool isOne = end > at + 1
        && std::all_of(expression.begin() + at + 1, expression.begin() + end, [](char octet) {
               return (octet >= '0' && octet <= '9') || octet == ',' || octet == ' ';
           });
    return isOne ? end + 1 : at;
}

/// Settings that change how an expression is to be read, and what need not be read to the end.
bool isBeyondReading(const QByteArray &expression)
{
    for (const char *word : { "(*", "(?#", "(?C", "\\Q", "\\c" }) {
        if (expression.contains(word))
            return true;
    }
    // (?x) and the like, alone or with others.
    for (qsizetype at = expression.indexOf("(?"); at >= 0; at = expression.indexOf("(?", at + 1)) {
        qsizetype end = at + 2;
        while (
            end < expression.size() && (isAlphanumeric(expression[end]) || expression[end] == '^'))
            ++end;
        if (expression.sliced(at, end - at).contains('x'))
            return true;
    }
    return false;
}

} // namespace

QByteArray literalPartOf(const QByteArray &expression)
{
    if (isBeyondReading(expression))
        return {};
    QByteArray longest;
    QByteArray present;
    bool mayBeArgument = false;
    const auto close = [&] {
        if (present.size() > longest.size())
            longest = present;
        present.clear();
    };
    for (qsizetype at = 0; at < expression.size();) {
        char octet = expression[at];
        qsizetype next = at + 1;
        bool isLiteral = !isSpecial(octet) || octet == '{';
        if (octet == '|')
            return {};
        if (octet == '(') {
            next = groupEnd(expression, at);
        } else if (octet == '[') {
            next = classEnd(expression, at);
        } else if (const qsizetype end = quantifierEnd(expression, at); end > at) {
            next = end;
            isLiteral = false;
        } else if (octet == '\\') {
            octet = next < expression.size() ? expression[next++] : '\0';
            isLiteral = isMark(octet);
            // The others may have an argument, which is no literal.
            mayBeArgument
                = mayBeArgument || (!isLiteral && !QByteArrayView("bBdDsSwW").contains(octet));
        }
        const char after = next < expression.size() ? expression[next] : '\0';
        const bool mayBeMissing
            = after == '?' || after == '*' || quantifierEnd(expression, next) > next;
        if (isLiteral && !mayBeMissing && !mayBeArgument)
            present += octet;
        if (mayBeMissing && continuesCharacter(octet))
            chopCharacter(present); // the whole of it is missing
        // A repeated one may be followed by itself.
        if (!isLiteral || mayBeMissing || after == '+')
            close();
        at = next;
    }
    close();
    return longest;
}

std::optional<QByteArray> literalOf(const QByteArray &expression)
{
    QByteArray result;
    for (qsizetype i = 0; i < expression.size(); ++i) {
        const bool isEscaped = expression[i] == '\\' && i + 1 < expression.size();
        if (isEscaped ? !isMark(expression[++i]) : isSpecial(expression[i]))
            return {};
        result += expression[i];
    }
    return result;
}

} // namespace headrace::exchange::search

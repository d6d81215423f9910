#pragma once

#include <QByteArray>

namespace headrace::formats {

inline bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

inline uint hexValue(char c) { return c <= '9' ? uint(c - '0') : uint((c | 0x20) - 'a' + 10); }

inline bool isOctalDigit(char c) { return c >= '0' && c <= '7'; }

inline bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The escape of one letter that C, bash and printf share: 'n' is a line feed. 0 if there is none.
inline char escapedControl(char letter)
{
    switch (letter) {
    case 'a':
        return '\a';
    case 'b':
        return '\b';
    case 'e':
    case 'E':
        return '\x1b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    default:
        return 0;
    }
}

} // namespace headrace::formats

#pragma once

#include <QByteArrayView>

#include <array>

/** Classes of octets, one table look-up each. */
namespace headrace::wire::octets {

enum Class : quint8
{
    Token = 0x01, ///< RFC 9110 section 5.6.2 tchar.
    FieldValue = 0x02, ///< HTAB, SP, VCHAR, obs-text: RFC 9110 section 5.5.
    Target = 0x04, ///< Octets of a request target: VCHAR.
    HexDigit = 0x08,
    Quoted = 0x10, ///< RFC 9110 section 5.6.4 qdtext.
};

consteval std::array<quint8, 256> makeClasses()
{
    std::array<quint8, 256> classes {};
    for (int c = 0; c < 256; ++c) {
        const bool digit = c >= '0' && c <= '9';
        const bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool visible = c > 0x20 && c < 0x7f;
        quint8 set = 0;
        if (digit || alpha)
            set |= Token;
        for (const char t :
            { '!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~' }) {
            if (c == t)
                set |= Token;
        }
        if (visible || c == ' ' || c == '\t' || c >= 0x80)
            set |= FieldValue;
        if (visible)
            set |= Target;
        if (digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
            set |= HexDigit;
        if ((set & FieldValue) && c != '"' && c != '\\')
            set |= Quoted;
        classes[size_t(c)] = set;
    }
    return classes;
}

inline constexpr std::array<quint8, 256> Classes = makeClasses();

inline bool is(char octet, Class wanted) { return Classes[quint8(octet)] & wanted; }

inline bool isBlank(char octet) { return octet == ' ' || octet == '\t'; }

inline bool isDigit(char octet) { return octet >= '0' && octet <= '9'; }

inline char lower(char octet) { return octet >= 'A' && octet <= 'Z' ? char(octet | 0x20) : octet; }

} // namespace headrace::wire::octets

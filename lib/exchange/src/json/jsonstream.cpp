#include "json/jsonstream.h"

#include <algorithm>
#include <utility>

namespace headrace::exchange::json {

namespace {

constexpr qsizetype maxDepth = 40; // as Layout has it

} // namespace

void LayoutStream::newLine(QByteArray *to)
{
    const qsizetype blanks = std::min<qsizetype>(qsizetype(m_open.size()), maxDepth) * 2;
    if (m_room < 0)
        return;
    m_room -= blanks + 1;
    to->append('\n');
    to->append(blanks, ' ');
}

void LayoutStream::append(char octet, QByteArray *to)
{
    to->append(octet);
    --m_room;
}

void LayoutStream::feed(QByteArrayView octets, QByteArray *to)
{
    const char *at = octets.begin();
    while (at != octets.end()) {
        if (m_inString) {
            const char *const begin = at;
            while (at != octets.end() && (m_isEscaped || (*at != '"' && *at != '\\'))) {
                m_isEscaped = false;
                ++at;
            }
            to->append(begin, at - begin);
            m_room -= at - begin;
            if (at == octets.end())
                return;
            m_isEscaped = *at == '\\';
            m_inString = m_isEscaped;
            append(*at++, to);
            continue;
        }
        const char octet = *at++;
        if (octet != ' ' && octet != '\t' && octet != '\n' && octet != '\r')
            structure(octet, to);
    }
}

void LayoutStream::structure(char octet, QByteArray *to)
{
    const bool wasJustOpened = std::exchange(m_isJustOpened, false);
    if (octet == '}' || octet == ']') {
        if (!m_open.empty())
            m_open.pop_back();
        if (!wasJustOpened)
            newLine(to);
        append(octet, to);
        return;
    }
    if (wasJustOpened)
        newLine(to);
    append(octet, to);
    switch (octet) {
    case '{':
    case '[':
        m_open.push_back(octet == '{');
        m_isJustOpened = true;
        break;
    case ',':
        newLine(to);
        break;
    case ':':
        append(' ', to);
        break;
    case '"':
        m_inString = true;
        break;
    default:
        break;
    }
}

} // namespace headrace::exchange::json

#include "json/jsonscanner.h"

#include <algorithm>
#include <vector>

namespace headrace::exchange::json {

namespace {

constexpr qint64 windowOctets = 256 * 1024;

bool isBlank(char octet) { return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r'; }

bool isDigit(char octet) { return octet >= '0' && octet <= '9'; }

bool isHexDigit(char octet)
{
    return isDigit(octet) || (octet >= 'a' && octet <= 'f') || (octet >= 'A' && octet <= 'F');
}

} // namespace

Scanner::Scanner(
    const OctetSource &source, qint64 begin, qint64 end, const std::atomic_bool *isCanceled)
    : m_source(source)
    , m_end(std::min(end, source.size()))
    , m_isCanceled(isCanceled)
    , m_base(begin)
{
}

void Scanner::fail(const char *message)
{
    if (m_hasFailed)
        return;
    m_hasFailed = true;
    m_fault = { QString::fromLatin1(message), offset() };
}

/// Whether there is an octet to look at.
bool Scanner::fill()
{
    if (m_at < m_window.size())
        return true;
    const qint64 next = offset();
    if (m_hasFailed || next >= m_end)
        return false;
    if (isCanceled()) {
        fail("canceled");
        return false;
    }
    m_window = m_source.read(next, std::min(windowOctets, m_end - next));
    m_base = next;
    m_at = 0;
    return !m_window.isEmpty();
}

bool Scanner::atEnd() { return !fill(); }

char Scanner::peek() { return fill() ? m_window.at(m_at) : '\0'; }

void Scanner::step() { ++m_at; }

void Scanner::take(QByteArray *shown)
{
    if (shown && shown->size() < JsonValue::LongestShown)
        shown->append(m_window.at(m_at));
    ++m_at;
}

void Scanner::skipBlanks()
{
    while (fill() && isBlank(m_window.at(m_at)))
        ++m_at;
}

// Octets without a meaning of their own are most of a text: they are stepped over together.
void Scanner::string(QByteArray *shown)
{
    take(shown);
    while (fill()) {
        const char *const begin = m_window.constData() + m_at;
        const char *const end = m_window.constData() + m_window.size();
        const char *at = begin;
        while (at != end && *at != '"' && *at != '\\' && uchar(*at) >= 0x20)
            ++at;
        if (shown && shown->size() < JsonValue::LongestShown)
            shown->append(
                begin, std::min<qsizetype>(at - begin, JsonValue::LongestShown - shown->size()));
        m_at += at - begin;
        if (at == end)
            continue;
        if (*at == '"')
            return take(shown);
        if (*at != '\\')
            return fail("a control character in a string must be written as an escape");
        escape(shown);
        if (m_hasFailed)
            return;
    }
    fail("the text ends within a string");
}

void Scanner::escape(QByteArray *shown)
{
    take(shown);
    const char kind = peek();
    if (kind == '\0' || !QByteArrayView("\"\\/bfnrtu").contains(kind))
        return fail("this is no escape");
    take(shown);
    for (int i = 0; i < (kind == 'u' ? 4 : 0); ++i) {
        if (!isHexDigit(peek()))
            return fail("four hexadecimal digits are expected in the escape");
        take(shown);
    }
}

// RFC 8259 section 6
void Scanner::number(QByteArray *shown)
{
    const auto digits = [&] {
        if (!isDigit(peek()))
            return fail("a digit is expected in the number");
        while (fill() && isDigit(m_window.at(m_at)))
            take(shown);
    };
    if (peek() == '-')
        take(shown);
    if (peek() == '0')
        take(shown);
    else
        digits();
    if (!m_hasFailed && peek() == '.') {
        take(shown);
        digits();
    }
    if (!m_hasFailed && (peek() == 'e' || peek() == 'E')) {
        take(shown);
        if (peek() == '+' || peek() == '-')
            take(shown);
        digits();
    }
}

void Scanner::word(QByteArrayView expected, QByteArray *shown)
{
    for (const char octet : expected) {
        if (peek() != octet)
            return fail("a value is expected");
        take(shown);
    }
}

JsonValue Scanner::value()
{
    JsonValue result;
    result.begin = offset();
    switch (peek()) {
    case '{':
    case '[':
        result.type = peek() == '{' ? JsonType::Object : JsonType::Array;
        result.count = container();
        break;
    case '"':
        result.type = JsonType::String;
        string(&result.text);
        break;
    case 't':
        result.type = JsonType::True;
        word("true", &result.text);
        break;
    case 'f':
        result.type = JsonType::False;
        word("false", &result.text);
        break;
    case 'n':
        result.type = JsonType::Null;
        word("null", &result.text);
        break;
    default:
        result.type = JsonType::Number;
        if (atEnd())
            fail("a value is expected, but the text ends");
        else if (peek() != '-' && !isDigit(peek()))
            fail("a value is expected");
        else
            number(&result.text);
        break;
    }
    result.end = offset();
    return result;
}

void Scanner::name(JsonValue *value)
{
    value->nameBegin = offset();
    if (peek() != '"')
        return fail("a name in double quotes is expected");
    string(&value->name);
    skipBlanks();
    if (m_hasFailed)
        return;
    if (peek() != ':')
        return fail("a colon is expected behind the name");
    step();
    skipBlanks();
}

/// Steps over an object or array with all in it. Answers how many values are right in it.
qint64 Scanner::container()
{
    std::vector<bool> open; // true: object
    qint64 count = 0;
    bool expectsValue = true;
    bool isFirst = true; // right behind the opening one
    const auto begin = [&](char octet) {
        open.push_back(octet == '{');
        step();
        expectsValue = isFirst = true;
    };
    begin(peek());
    while (!open.empty() && !m_hasFailed) {
        skipBlanks();
        const bool inObject = open.back();
        const char octet = peek();
        if (octet == (inObject ? '}' : ']') && (!expectsValue || isFirst)) {
            step();
            open.pop_back();
            expectsValue = isFirst = false;
        } else if (!expectsValue) {
            if (octet != ',')
                fail(atEnd()       ? "the text ends within an object or array"
                        : inObject ? "a comma or the closing brace is expected"
                                   : "a comma or the closing bracket is expected");
            else
                step();
            expectsValue = true;
        } else {
            isFirst = false;
            if (open.size() == 1)
                ++count;
            if (inObject) {
                if (octet != '"') {
                    fail(atEnd() ? "the text ends within an object or array"
                                 : "a name in double quotes is expected");
                    break;
                }
                string(nullptr);
                skipBlanks();
                if (m_hasFailed)
                    break;
                if (peek() != ':') {
                    fail("a colon is expected behind the name");
                    break;
                }
                step();
                skipBlanks();
            }
            const char first = peek();
            expectsValue = false;
            if (first == '{' || first == '[')
                begin(first);
            else if (first == '"')
                string(nullptr);
            else
                value(); // no container: it does not come back here
        }
    }
    return count;
}

} // namespace headrace::exchange::json

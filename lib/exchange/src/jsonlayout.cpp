#include "exchange/bodyformat.h"
#include "layout_p.h"

#include <QStringDecoder>

#include <algorithm>
#include <vector>

namespace headrace::exchange {

namespace {

bool isBlank(char octet) { return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r'; }

bool isDigit(char octet) { return octet >= '0' && octet <= '9'; }

bool isHexDigit(char octet)
{
    return isDigit(octet) || (octet >= 'a' && octet <= 'f') || (octet >= 'A' && octet <= 'F');
}

// Reads a JSON text once, without recursion, and writes it anew. RFC 8259.
class JsonLayout
{
public:
    explicit JsonLayout(QByteArrayView body)
        : m_body(body)
        , m_out(body.size())
    {
    }

    // False at a fault: error() and offset().
    bool run()
    {
        Expect expect = Expect::Value;
        while (expect != Expect::Nothing) {
            skipBlanks();
            if (!step(expect))
                return false;
        }
        skipBlanks();
        return m_at == m_body.size() || fail("nothing more is expected behind the value");
    }

    const char *error() const { return m_error; }

    qsizetype offset() const { return m_at; }

    const QByteArray &text() const { return m_out.octets(); }

    void appendRest() { m_out.append(m_body.sliced(m_at)); }

private:
    enum class Expect
    {
        Value,
        FirstKey,
        Key,
        Colon,
        FirstItem,
        Separator,
        Nothing
    };

    bool fail(const char *error)
    {
        m_error = error;
        return false;
    }

    char peek() const { return m_at < m_body.size() ? m_body[m_at] : '\0'; }

    void skipBlanks()
    {
        while (m_at < m_body.size() && isBlank(m_body[m_at]))
            ++m_at;
    }

    Expect afterValue() const { return m_stack.empty() ? Expect::Nothing : Expect::Separator; }

    bool step(Expect &expect)
    {
        switch (expect) {
        case Expect::Value:
            return value(expect);
        case Expect::FirstKey:
            if (peek() == '}')
                return close(expect, false);
            m_out.newLine(depth());
            return key(expect);
        case Expect::Key:
            m_out.newLine(depth());
            return key(expect);
        case Expect::Colon:
            if (peek() != ':')
                return fail("a colon is expected behind the name");
            ++m_at;
            m_out.append(": ");
            expect = Expect::Value;
            return true;
        case Expect::FirstItem:
            if (peek() == ']')
                return close(expect, false);
            m_out.newLine(depth());
            return value(expect);
        case Expect::Separator:
            return separator(expect);
        case Expect::Nothing:
            break;
        }
        return true;
    }

    qsizetype depth() const { return qsizetype(m_stack.size()); }

    bool separator(Expect &expect)
    {
        const bool inObject = m_stack.back();
        if (peek() == (inObject ? '}' : ']'))
            return close(expect, true);
        if (peek() != ',') {
            return fail(inObject ? "a comma or the closing brace is expected"
                                 : "a comma or the closing bracket is expected");
        }
        ++m_at;
        m_out.append(',');
        if (!inObject)
            m_out.newLine(depth());
        expect = inObject ? Expect::Key : Expect::Value;
        return true;
    }

    bool close(Expect &expect, bool onOwnLine)
    {
        m_stack.pop_back();
        if (onOwnLine)
            m_out.newLine(depth());
        m_out.append(m_body[m_at++]);
        expect = afterValue();
        return true;
    }

    bool key(Expect &expect)
    {
        if (peek() != '"')
            return fail("a name in double quotes is expected");
        expect = Expect::Colon;
        return string();
    }

    bool value(Expect &expect)
    {
        if (m_at >= m_body.size())
            return fail("a value is expected, but the text ends");
        const char first = m_body[m_at];
        if (first == '{' || first == '[') {
            m_stack.push_back(first == '{');
            m_out.append(first);
            ++m_at;
            expect = first == '{' ? Expect::FirstKey : Expect::FirstItem;
            return true;
        }
        expect = afterValue();
        if (first == '"')
            return string();
        if (first == '-' || isDigit(first))
            return number();
        return literal("true") || literal("false") || literal("null")
            || fail("a value is expected: an object, an array, a string, a number, true, false or "
                    "null");
    }

    bool literal(QByteArrayView word)
    {
        if (!m_body.sliced(m_at).startsWith(word))
            return false;
        m_out.append(word);
        m_at += word.size();
        return true;
    }

    // The fault stands at the octet that is wrong; what came before it is written.
    bool string()
    {
        const qsizetype begin = m_at++;
        const auto stop = [this, begin](const char *error) {
            m_out.append(m_body.sliced(begin, m_at - begin));
            return fail(error);
        };
        while (m_at < m_body.size()) {
            const char octet = m_body[m_at];
            if (octet == '"') {
                ++m_at;
                m_out.append(m_body.sliced(begin, m_at - begin));
                return true;
            }
            if (uchar(octet) < 0x20)
                return stop("a control character in a string must be written as an escape");
            if (octet == '\\' && !escape())
                return stop("this is no escape; \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX are");
            ++m_at;
        }
        return stop("the text ends within a string");
    }

    // Leaves m_at on the last octet of the escape, or where it was.
    bool escape()
    {
        const QByteArrayView rest = m_body.sliced(m_at + 1);
        if (rest.isEmpty())
            return false;
        if (rest.front() != 'u') {
            m_at += 1;
            return QByteArrayView("\"\\/bfnrt").contains(rest.front()) || (--m_at, false);
        }
        if (rest.size() < 5)
            return false;
        for (qsizetype i = 1; i <= 4; ++i) {
            if (!isHexDigit(rest[i]))
                return false;
        }
        m_at += 5;
        return true;
    }

    bool digits()
    {
        const qsizetype begin = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at > begin;
    }

    bool number()
    {
        const qsizetype begin = m_at;
        const bool valid = scanNumber();
        m_out.append(m_body.sliced(begin, m_at - begin));
        return valid || fail("a digit is expected in the number");
    }

    bool scanNumber()
    {
        if (peek() == '-')
            ++m_at;
        if (peek() == '0')
            ++m_at;
        else if (!digits())
            return false;
        if (peek() == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            return digits();
        }
        return true;
    }

    QByteArrayView m_body;
    Layout m_out;
    qsizetype m_at = 0;
    std::vector<bool> m_stack; // true: object
    const char *m_error = nullptr;
};

} // namespace

QByteArray placeOf(QByteArrayView body, qsizetype offset)
{
    const QByteArrayView before = body.first(qMin(offset, body.size()));
    const qsizetype line = std::count(before.begin(), before.end(), '\n') + 1;
    const QByteArrayView inLine = before.sliced(before.lastIndexOf('\n') + 1);
    const qsizetype column = std::count_if(inLine.begin(), inLine.end(), [](char octet) {
        return (uchar(octet) & 0xc0) != 0x80;
    }) + 1;
    return "Line " + QByteArray::number(line) + ", column " + QByteArray::number(column);
}

FormattedBody formatJson(QByteArrayView body)
{
    // UTF-16 and UTF-32 by their mark; RFC 8259 section 8.1 allows a reader to ignore that of UTF-8.
    const auto encoding = QStringConverter::encodingForData(body);
    if (encoding && *encoding != QStringConverter::Utf8 && !body.isEmpty()
        && (uchar(body.front()) >= 0xfe || body.front() == '\0')) {
        FormattedBody result = formatJson(decodeText(body, {}).toUtf8());
        result.errorOffset = -1; // it counts octets of another encoding
        return result;
    }
    const qsizetype mark = body.startsWith(QByteArrayView("\xef\xbb\xbf")) ? 3 : 0;
    const QByteArrayView text = body.sliced(mark);

    JsonLayout layout(text);
    FormattedBody result;
    if (!layout.run()) {
        result.errorOffset = mark + layout.offset();
        result.error
            = QString::fromLatin1(placeOf(text, layout.offset()) + ": " + layout.error() + '.');
        layout.appendRest();
    }
    result.text = decodeText(layout.text(), {});
    return result;
}

} // namespace headrace::exchange

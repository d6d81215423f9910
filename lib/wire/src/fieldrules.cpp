#include "wire/fieldrules.h"

#include "octets_p.h"

#include <algorithm>

namespace headrace::wire {

namespace {

bool consistsOf(QByteArrayView text, octets::Class wanted)
{
    return std::all_of(
        text.begin(), text.end(), [wanted](char c) { return octets::is(c, wanted); });
}

Error invalidField(
    ErrorCode code, QLatin1StringView start, QLatin1StringView middle, QByteArrayView name)
{
    return { code,
        start + middle + QLatin1StringView(" [\"") + QString::fromLatin1(name)
            + QLatin1StringView("\"]"),
        -1, {} };
}

bool isWordOctet(char octet)
{
    return octets::isDigit(octet) || (octets::lower(octet) >= 'a' && octets::lower(octet) <= 'z')
        || octet == '_';
}

} // namespace

bool isToken(QByteArrayView text) { return !text.isEmpty() && consistsOf(text, octets::Token); }

bool isFieldValue(QByteArrayView text) { return consistsOf(text, octets::FieldValue); }

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
        return octets::lower(x) == octets::lower(y);
    });
}

QByteArray toLowerCase(QByteArrayView text)
{
    QByteArray result(text.size(), Qt::Uninitialized);
    std::transform(text.begin(), text.end(), result.begin(), octets::lower);
    return result;
}

bool containsWord(QByteArrayView text, QByteArrayView word)
{
    for (qsizetype start = 0; start + word.size() <= text.size(); ++start) {
        const qsizetype end = start + word.size();
        if ((start == 0 || !isWordOctet(text[start - 1]))
            && (end == text.size() || !isWordOctet(text[end]))
            && equalsIgnoringCase(text.sliced(start, word.size()), word))
            return true;
    }
    return false;
}

bool fieldContainsWord(const Fields &fields, QByteArrayView name, QByteArrayView word)
{
    for (qsizetype at = fields.indexOf(name); at >= 0; at = fields.indexOf(name, at + 1)) {
        if (containsWord(fields.value(at), word))
            return true;
    }
    return false;
}

QByteArrayView trimmedBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && octets::isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && octets::isBlank(text.back()))
        text.chop(1);
    return text;
}

Error validateHeaderName(QByteArrayView name, QLatin1StringView what)
{
    if (isToken(name))
        return {};
    return invalidField(
        ErrorCode::InvalidHttpToken, what, QLatin1StringView(" must be a valid HTTP token"), name);
}

Error validateHeaderValue(QByteArrayView name, QByteArrayView value, QLatin1StringView what)
{
    if (isFieldValue(value))
        return {};
    return invalidField(
        ErrorCode::InvalidChar, QLatin1StringView("Invalid character in "), what, name);
}

DuplicateRule duplicateRule(QByteArrayView lowerCaseName)
{
    // http-reference.md, message.headers: "Duplicates of age, authorization, ... are discarded."
    static constexpr QByteArrayView keepFirst[] = {
        "age",
        "authorization",
        "content-length",
        "content-type",
        "etag",
        "expires",
        "from",
        "host",
        "if-modified-since",
        "if-unmodified-since",
        "last-modified",
        "location",
        "max-forwards",
        "proxy-authorization",
        "referer",
        "retry-after",
        "server",
        "user-agent",
    };
    if (lowerCaseName == QByteArrayView("set-cookie"))
        return DuplicateRule::List;
    if (lowerCaseName == QByteArrayView("cookie"))
        return DuplicateRule::JoinWithSemicolon;
    if (std::binary_search(std::begin(keepFirst), std::end(keepFirst), lowerCaseName))
        return DuplicateRule::KeepFirst;
    return DuplicateRule::JoinWithComma;
}

} // namespace headrace::wire

#include "exchange/jsontree.h"

#include "json/jsonscanner.h"

#include <algorithm>
#include <utility>

namespace headrace::exchange {

namespace {

constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");

/// Gathers values, and runs of them when they become too many to be kept.
class Gathering
{
public:
    void add(const JsonValue &value)
    {
        const qint64 begin = value.nameBegin >= 0 ? value.nameBegin : value.begin;
        if (m_children.count % JsonTree::RunLength == 0)
            m_children.runs.append({ m_children.count, 0, begin, begin });
        JsonRun &run = m_children.runs.last();
        ++run.count;
        run.end = value.end;
        ++m_children.count;
        if (m_children.count <= JsonTree::RunLength)
            m_children.values.append(value);
    }

    JsonChildren take(const json::Scanner &scanner)
    {
        if (m_children.count > JsonTree::RunLength)
            m_children.values.clear();
        else
            m_children.runs.clear();
        if (scanner.hasFailed())
            m_children.fault = scanner.fault();
        return std::exchange(m_children, {});
    }

private:
    JsonChildren m_children;
};

/// Reads what is in a container from its first value on. \a take answers whether to go on.
template <class Take>
void readValues(json::Scanner &scanner, JsonType container, Take take)
{
    const bool inObject = container == JsonType::Object;
    while (true) {
        scanner.skipBlanks();
        JsonValue value;
        if (inObject)
            scanner.name(&value);
        const qint64 begin = scanner.offset();
        if (!scanner.hasFailed()) {
            JsonValue read = scanner.value();
            read.name = value.name;
            read.nameBegin = value.nameBegin;
            value = read;
        }
        // What is broken is shown as far as it goes.
        if (scanner.hasFailed() && value.end <= begin)
            return;
        if (!take(value) || scanner.hasFailed())
            return;
        scanner.skipBlanks();
        if (scanner.peek() != ',')
            return;
        scanner.step();
    }
}

} // namespace

JsonTree::JsonTree(OctetSourcePointer source)
    : m_source(std::move(source))
{
}

std::optional<JsonValue> JsonTree::root(JsonFault *fault, const std::atomic_bool *isCanceled) const
{
    // RFC 8259 section 8.1 allows a reader to ignore the mark.
    const qint64 begin
        = m_source->read(0, byteOrderMark.size()) == byteOrderMark ? byteOrderMark.size() : 0;
    json::Scanner scanner(*m_source, begin, m_source->size(), isCanceled);
    scanner.skipBlanks();
    const char first = scanner.peek();
    if (first == '{' || first == '[') {
        JsonValue whole;
        whole.type = first == '{' ? JsonType::Object : JsonType::Array;
        whole.begin = scanner.offset();
        whole.end = m_source->size();
        whole.count = -1;
        return whole;
    }
    const JsonValue value = scanner.value();
    if (!scanner.hasFailed()) {
        scanner.skipBlanks();
        if (!scanner.atEnd())
            scanner.fail("nothing more is expected behind the value");
    }
    if (scanner.hasFailed() && fault)
        *fault = scanner.fault();
    if (value.end <= value.begin)
        return std::nullopt;
    return value;
}

JsonChildren JsonTree::children(
    const JsonValue &container, const std::atomic_bool *isCanceled) const
{
    Gathering gathering;
    json::Scanner scanner(*m_source, container.begin, container.end, isCanceled);
    scanner.step(); // over the brace or bracket
    scanner.skipBlanks();
    const char close = container.type == JsonType::Object ? '}' : ']';
    if (scanner.peek() != close)
        readValues(scanner, container.type, [&gathering](const JsonValue &value) {
            gathering.add(value);
            return true;
        });
    if (!scanner.hasFailed() && scanner.peek() != close)
        scanner.fail(close == '}' ? "a comma or the closing brace is expected"
                                  : "a comma or the closing bracket is expected");
    if (!scanner.hasFailed() && container.count < 0) { // the whole: nothing may come behind it
        scanner.step();
        scanner.skipBlanks();
        if (!scanner.atEnd())
            scanner.fail("nothing more is expected behind the value");
    }
    return gathering.take(scanner);
}

QList<JsonValue> JsonTree::values(
    JsonType container, const JsonRun &run, const std::atomic_bool *isCanceled) const
{
    QList<JsonValue> result;
    json::Scanner scanner(*m_source, run.begin, run.end, isCanceled);
    readValues(scanner, container, [&result, &run](const JsonValue &value) {
        result.append(value);
        return result.size() < run.count;
    });
    return result;
}

namespace {

/// The code unit of the four digits at \a at; nothing if they are none.
std::optional<char16_t> unitAt(QByteArrayView spelled, qsizetype at)
{
    if (at + 4 > spelled.size())
        return std::nullopt;
    bool isNumber = false;
    const uint unit = spelled.sliced(at, 4).toByteArray().toUInt(&isNumber, 16);
    return isNumber ? std::optional(char16_t(unit)) : std::nullopt;
}

} // namespace

QString jsonStringValue(QByteArrayView spelled)
{
    QByteArrayView inner = spelled;
    if (inner.startsWith('"'))
        inner = inner.sliced(1);
    if (inner.endsWith('"') && spelled.size() > 1)
        inner.chop(1);
    QString result;
    qsizetype plain = 0; // where what has no escape begins
    const auto flush
        = [&](qsizetype end) { result += QString::fromUtf8(inner.sliced(plain, end - plain)); };
    for (qsizetype at = inner.indexOf('\\'); at >= 0 && at + 1 < inner.size();
         at = inner.indexOf('\\', at)) {
        static constexpr QByteArrayView names("\"\\/bfnrt");
        static constexpr QStringView meant(u"\"\\/\b\f\n\r\t");
        const char kind = inner[at + 1];
        const std::optional<char16_t> unit
            = kind == 'u' ? unitAt(inner, at + 2) : std::optional<char16_t>();
        const qsizetype name = names.indexOf(kind);
        if (!unit && name < 0) {
            ++at;
            continue;
        }
        flush(at);
        result += unit ? QChar(*unit) : meant.at(name);
        at += unit ? 6 : 2;
        plain = at;
    }
    flush(inner.size());
    return result;
}

QString jsonPathOf(const QByteArray &name)
{
    const QString text = jsonStringValue(name);
    const bool isShort = !text.isEmpty() && !text.at(0).isDigit()
        && std::all_of(text.begin(), text.end(),
            [](QChar c) { return c == u'_' || (c.unicode() < 0x80 && c.isLetterOrNumber()); });
    if (isShort)
        return u'.' + text;
    QString quoted;
    for (const QChar c : text) {
        if (c == u'\'' || c == u'\\')
            quoted += u'\\';
        if (c.unicode() < 0x20)
            quoted += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            quoted += c;
    }
    return QStringLiteral("['%1']").arg(quoted);
}

QString jsonPathOf(qint64 index) { return QStringLiteral("[%1]").arg(index); }

} // namespace headrace::exchange

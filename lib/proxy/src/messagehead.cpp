#include "proxy/messagehead.h"

#include <wire/httpnames.h>

#include <algorithm>

namespace headrace::proxy {

namespace {

bool isSameName(QByteArrayView one, QByteArrayView other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

QByteArray rendered(const QByteArray &name, const QByteArray &value)
{
    return name + ": " + value + "\r\n";
}

} // namespace

MessageHead::MessageHead(const wire::Head &head)
    : m_isRequest(head.method.length > 0)
{
    const QByteArray &block = head.octets();
    qsizetype begin = 0; // empty lines before a start line are none of the head's
    while (begin < block.size() && (block.at(begin) == '\r' || block.at(begin) == '\n'))
        ++begin;
    // Each raw line reaches from its name to the name of the next one, so folds stay with theirs.
    const wire::Fields &fields = head.fields;
    const qsizetype count = fields.count();
    qsizetype lineEnd = block.indexOf('\n', begin) + 1;
    if (lineEnd == 0)
        lineEnd = block.size();
    qsizetype textEnd = lineEnd;
    while (textEnd > begin && (block.at(textEnd - 1) == '\n' || block.at(textEnd - 1) == '\r'))
        --textEnd;
    m_startLine = block.sliced(begin, textEnd - begin);
    m_startLineEnd = block.sliced(textEnd, lineEnd - textEnd);
    qsizetype bodyOfLines = block.size();
    if (block.endsWith("\r\n"))
        bodyOfLines -= 2;
    else if (block.endsWith('\n'))
        bodyOfLines -= 1;
    m_blankLine = block.sliced(qMax(bodyOfLines, lineEnd));
    m_lines.reserve(count);
    for (qsizetype i = 0; i < count; ++i) {
        const qsizetype from = fields.spans(i).name.offset;
        const qsizetype to = i + 1 < count ? fields.spans(i + 1).name.offset : bodyOfLines;
        m_lines.append({ fields.name(i).toByteArray(), fields.value(i).toByteArray(),
            block.sliced(from, qMax<qsizetype>(0, to - from)) });
    }
}

MessageHead MessageHead::makeRequest(
    const QByteArray &method, const QByteArray &target, const QList<wire::FieldLine> &fields)
{
    MessageHead head;
    head.m_startLine = method + ' ' + target + " HTTP/1.1";
    for (const auto &[name, value] : fields)
        head.append(name, value);
    return head;
}

MessageHead MessageHead::makeResponse(
    int statusCode, const QByteArray &reason, const QList<wire::FieldLine> &fields)
{
    MessageHead head;
    head.m_isRequest = false;
    head.m_startLine = QByteArrayLiteral("HTTP/1.1 ");
    head.setStatus(statusCode, reason);
    for (const auto &[name, value] : fields)
        head.append(name, value);
    return head;
}

// --- the start line

/// Method, target and version of a request; version, status and reason of a response. RFC 9112 sections 3 and 4.
QList<QByteArray> MessageHead::startLineParts() const
{
    const qsizetype first = m_startLine.indexOf(' ');
    if (first < 0)
        return { m_startLine, {}, {} };
    const qsizetype second
        = m_isRequest ? m_startLine.lastIndexOf(' ') : m_startLine.indexOf(' ', first + 1);
    if (second <= first)
        return { m_startLine.first(first), m_startLine.sliced(first + 1), {} };
    return { m_startLine.first(first), m_startLine.sliced(first + 1, second - first - 1),
        m_startLine.sliced(second + 1) };
}

QByteArray MessageHead::method() const
{
    return m_isRequest ? startLineParts().at(0) : QByteArray();
}

QByteArray MessageHead::target() const
{
    return m_isRequest ? startLineParts().at(1) : QByteArray();
}

QByteArray MessageHead::version() const
{
    const QByteArray protocol = startLineParts().at(m_isRequest ? 2 : 0);
    return protocol.sliced(protocol.indexOf('/') + 1);
}

int MessageHead::statusCode() const { return m_isRequest ? 0 : startLineParts().at(1).toInt(); }

QByteArray MessageHead::reason() const
{
    return m_isRequest ? QByteArray() : startLineParts().at(2);
}

void MessageHead::setMethod(const QByteArray &method)
{
    const QList<QByteArray> parts = startLineParts();
    m_startLine = method + ' ' + parts.at(1) + ' ' + parts.at(2);
}

void MessageHead::setTarget(const QByteArray &target)
{
    const QList<QByteArray> parts = startLineParts();
    m_startLine = parts.at(0) + ' ' + target + ' ' + parts.at(2);
}

void MessageHead::setStatus(int statusCode, const QByteArray &reason)
{
    QByteArray phrase = reason;
    if (phrase.isEmpty())
        phrase = wire::reasonPhrase(statusCode).toByteArray();
    m_startLine = startLineParts().at(0) + ' ' + QByteArray::number(statusCode) + ' ' + phrase;
}

// --- fields

qsizetype MessageHead::indexOf(QByteArrayView name, qsizetype from) const
{
    for (qsizetype i = from; i < m_lines.size(); ++i) {
        if (isSameName(m_lines.at(i).name, name))
            return i;
    }
    return -1;
}

std::optional<QByteArray> MessageHead::first(QByteArrayView name) const
{
    const qsizetype index = indexOf(name);
    return index < 0 ? std::nullopt : std::optional(m_lines.at(index).value);
}

QList<wire::FieldLine> MessageHead::fields() const
{
    QList<wire::FieldLine> result;
    result.reserve(m_lines.size());
    for (const Line &line : m_lines)
        result.append({ line.name, line.value });
    return result;
}

void MessageHead::setFields(const QList<wire::FieldLine> &fields)
{
    QList<Line> old = m_lines;
    m_lines.clear();
    for (const auto &[name, value] : fields) {
        const auto same = std::find_if(old.begin(), old.end(), [&](const Line &line) {
            return line.name == name && line.value == value && !line.raw.isEmpty();
        });
        if (same == old.end()) {
            append(name, value);
        } else {
            m_lines.append(*same);
            same->raw.clear(); // each is taken once
        }
    }
}

void MessageHead::set(const QByteArray &name, const QByteArray &value)
{
    const qsizetype index = indexOf(name);
    if (index < 0) {
        append(name, value);
        return;
    }
    setAt(index, value);
    for (qsizetype other = indexOf(name, index + 1); other >= 0; other = indexOf(name, other))
        m_lines.removeAt(other);
}

void MessageHead::setAt(qsizetype index, const QByteArray &value)
{
    Line &line = m_lines[index];
    if (line.value == value)
        return;
    line.value = value;
    line.raw = rendered(line.name, value);
}

void MessageHead::append(const QByteArray &name, const QByteArray &value)
{
    m_lines.append({ name, value, rendered(name, value) });
}

void MessageHead::removeAt(qsizetype index) { m_lines.removeAt(index); }

qsizetype MessageHead::removeAll(QByteArrayView name)
{
    return m_lines.removeIf([&](const Line &line) { return isSameName(line.name, name); });
}

QByteArray MessageHead::octets() const
{
    QByteArray result = m_startLine + m_startLineEnd;
    for (const Line &line : m_lines)
        result += line.raw;
    return result + m_blankLine;
}

} // namespace headrace::proxy

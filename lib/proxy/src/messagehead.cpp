#include "proxy/messagehead.h"

#include <wire/httpnames.h>

#include <algorithm>
#include <utility>

namespace headrace::proxy {

namespace {

constexpr qsizetype roomForChanges = 256; // octets

bool isSameName(QByteArrayView one, QByteArrayView other)
{
    return one.size() == other.size() && one.compare(other, Qt::CaseInsensitive) == 0;
}

bool isLineEnd(char c) { return c == '\r' || c == '\n'; }

wire::Span between(qsizetype from, qsizetype to) { return { from, qMax<qsizetype>(0, to - from) }; }

} // namespace

MessageHead::MessageHead(const wire::Head &head)
    : m_block(head.octets())
    , m_isRequest(head.method.length > 0)
{
    const QByteArrayView block = m_block;
    qsizetype begin = 0; // empty lines before a start line are none of the head's
    while (begin < block.size() && isLineEnd(block.at(begin)))
        ++begin;
    // Each raw line reaches from its name to the name of the next one, so folds stay with theirs.
    const wire::Fields &fields = head.fields;
    const qsizetype count = fields.count();
    qsizetype lineEnd = block.indexOf('\n', begin) + 1;
    if (lineEnd == 0)
        lineEnd = block.size();
    qsizetype textEnd = lineEnd;
    while (textEnd > begin && isLineEnd(block.at(textEnd - 1)))
        --textEnd;
    m_startLine = between(begin, textEnd);
    m_startLineEnd = between(textEnd, lineEnd);
    qsizetype linesEnd = block.size();
    if (block.endsWith("\r\n"))
        linesEnd -= 2;
    else if (block.endsWith('\n'))
        linesEnd -= 1;
    m_blankLine = between(qMax(linesEnd, lineEnd), block.size());
    m_isAsReceived = begin == 0;
    m_lines.reserve(count);
    for (qsizetype i = 0; i < count; ++i) {
        const wire::Fields::Field &field = fields.spans(i);
        const qsizetype to = i + 1 < count ? fields.spans(i + 1).name.offset : linesEnd;
        m_lines.append({ field.name, field.value, between(field.name.offset, to) });
        const QByteArrayView value = fields.value(i);
        if (value.data() != head.octets().constData() + field.value.offset)
            m_lines.last().value = add({ value }); // a folded one
    }
}

MessageHead MessageHead::makeRequest(
    const QByteArray &method, const QByteArray &target, const QList<wire::FieldLine> &fields)
{
    MessageHead head;
    head.setStartLine(method, target, "HTTP/1.1");
    for (const auto &[name, value] : fields)
        head.append(name, value);
    return head;
}

MessageHead MessageHead::makeResponse(
    int statusCode, const QByteArray &reason, const QList<wire::FieldLine> &fields)
{
    MessageHead head;
    head.m_isRequest = false;
    head.setStartLine("HTTP/1.1", {}, {});
    head.setStatus(statusCode, reason);
    for (const auto &[name, value] : fields)
        head.append(name, value);
    return head;
}

/// Puts a text behind what there is. The parts may be of this head.
wire::Span MessageHead::add(std::initializer_list<QByteArrayView> parts)
{
    if (m_block.isEmpty()) {
        m_block = "\r\n";
        m_startLineEnd = m_blankLine = { 0, 2 };
    }
    m_isAsReceived = false;
    Span result { m_block.size(), 0 };
    for (const QByteArrayView part : parts)
        result.length += part.size();
    const auto addTo = [&parts](QByteArray &block) {
        for (const QByteArrayView part : parts)
            block.append(part);
    };
    if (m_block.isDetached() && m_block.capacity() >= result.end()) {
        addTo(m_block);
        return result;
    }
    QByteArray grown;
    grown.reserve(result.end() + roomForChanges);
    grown.append(m_block);
    addTo(grown);
    m_block = std::move(grown);
    return result;
}

// --- the start line

/// Method, target and version of a request; version, status and reason of a response. RFC 9112 sections 3 and 4.
std::array<QByteArrayView, 3> MessageHead::startLineParts() const
{
    const QByteArrayView line = startLine();
    const qsizetype first = line.indexOf(' ');
    if (first < 0)
        return { line, {}, {} };
    const qsizetype second = m_isRequest ? line.lastIndexOf(' ') : line.indexOf(' ', first + 1);
    if (second <= first)
        return { line.first(first), line.sliced(first + 1), {} };
    return { line.first(first), line.sliced(first + 1, second - first - 1),
        line.sliced(second + 1) };
}

QByteArrayView MessageHead::method() const
{
    return m_isRequest ? startLineParts()[0] : QByteArrayView();
}

QByteArrayView MessageHead::target() const
{
    return m_isRequest ? startLineParts()[1] : QByteArrayView();
}

QByteArrayView MessageHead::version() const
{
    const QByteArrayView protocol = startLineParts()[m_isRequest ? 2 : 0];
    return protocol.sliced(protocol.indexOf('/') + 1);
}

int MessageHead::statusCode() const { return m_isRequest ? 0 : startLineParts()[1].toInt(); }

QByteArrayView MessageHead::reason() const
{
    return m_isRequest ? QByteArrayView() : startLineParts()[2];
}

void MessageHead::setStartLine(QByteArrayView first, QByteArrayView second, QByteArrayView third)
{
    m_startLine = add({ first, " ", second, " ", third });
}

void MessageHead::setMethod(QByteArrayView method)
{
    const auto parts = startLineParts();
    setStartLine(method, parts[1], parts[2]);
}

void MessageHead::setTarget(QByteArrayView target)
{
    const auto parts = startLineParts();
    setStartLine(parts[0], target, parts[2]);
}

void MessageHead::setStatus(int statusCode, QByteArrayView reason)
{
    setStartLine(startLineParts()[0], QByteArray::number(statusCode),
        reason.isEmpty() ? wire::reasonPhrase(statusCode) : reason);
}

// --- fields

qsizetype MessageHead::indexOf(QByteArrayView name, qsizetype from) const
{
    for (qsizetype i = from; i < m_lines.size(); ++i) {
        if (isSameName(this->name(i), name))
            return i;
    }
    return -1;
}

std::optional<QByteArray> MessageHead::first(QByteArrayView name) const
{
    const qsizetype index = indexOf(name);
    return index < 0 ? std::nullopt : std::optional(value(index).toByteArray());
}

QList<wire::FieldLine> MessageHead::fields() const
{
    QList<wire::FieldLine> result;
    result.reserve(count());
    for (qsizetype i = 0; i < count(); ++i)
        result.append({ name(i).toByteArray(), value(i).toByteArray() });
    return result;
}

void MessageHead::setFields(const QList<wire::FieldLine> &fields)
{
    QList<Line> old = std::exchange(m_lines, {});
    for (const auto &field : fields) {
        const auto same = std::find_if(old.begin(), old.end(), [&](const Line &line) {
            return line.name.in(m_block) == field.first && line.value.in(m_block) == field.second
                && line.raw.length > 0;
        });
        if (same == old.end()) {
            append(field.first, field.second);
        } else {
            m_lines.append(*same);
            same->raw = {}; // each is taken once
        }
    }
    m_isAsReceived = false;
}

void MessageHead::set(QByteArrayView name, QByteArrayView value)
{
    const qsizetype index = indexOf(name);
    if (index < 0) {
        append(name, value);
        return;
    }
    const QByteArray wanted = name.toByteArray(); // it may be of this head
    setAt(index, value);
    for (qsizetype other = indexOf(wanted, index + 1); other >= 0; other = indexOf(wanted, other))
        removeAt(other);
}

MessageHead::Line MessageHead::addLine(QByteArrayView name, QByteArrayView value)
{
    constexpr QByteArrayView colon = ": ";
    Line line;
    line.raw = add({ name, colon, value, "\r\n" });
    line.name = { line.raw.offset, name.size() };
    line.value = { line.name.end() + colon.size(), value.size() };
    return line;
}

void MessageHead::setAt(qsizetype index, QByteArrayView value)
{
    if (this->value(index) != value)
        m_lines[index] = addLine(name(index), value);
}

void MessageHead::append(QByteArrayView name, QByteArrayView value)
{
    m_lines.append(addLine(name, value));
}

void MessageHead::removeAt(qsizetype index)
{
    m_lines.removeAt(index);
    m_isAsReceived = false;
}

qsizetype MessageHead::removeAll(QByteArrayView name)
{
    const qsizetype removed = m_lines.removeIf(
        [&](const Line &line) { return isSameName(line.name.in(m_block), name); });
    if (removed > 0)
        m_isAsReceived = false;
    return removed;
}

QByteArray MessageHead::octets() const
{
    if (m_isAsReceived)
        return m_block;
    qsizetype size = m_startLine.length + m_startLineEnd.length + m_blankLine.length;
    for (const Line &line : m_lines)
        size += line.raw.length;
    QByteArray result;
    result.reserve(size);
    result.append(m_startLine.in(m_block)).append(m_startLineEnd.in(m_block));
    for (const Line &line : m_lines)
        result.append(line.raw.in(m_block));
    return result.append(m_blankLine.in(m_block));
}

bool MessageHead::equals(const MessageHead &other) const
{
    const auto isSame = [&](const Span &one, const Span &another) {
        return one.in(m_block) == another.in(other.m_block);
    };
    return m_isRequest == other.m_isRequest && isSame(m_startLine, other.m_startLine)
        && isSame(m_startLineEnd, other.m_startLineEnd) && isSame(m_blankLine, other.m_blankLine)
        && std::equal(m_lines.begin(), m_lines.end(), other.m_lines.begin(), other.m_lines.end(),
            [&](const Line &one, const Line &another) {
                return isSame(one.raw, another.raw) && isSame(one.name, another.name)
                    && isSame(one.value, another.value);
            });
}

} // namespace headrace::proxy

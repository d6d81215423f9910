#include "wire/fields.h"

#include "wire/fieldrules.h"

#include <algorithm>

namespace headrace::wire {

namespace {

/// A folded value as one line: the line ends are dropped, the blanks between the parts stay.
QByteArray unfolded(QByteArrayView value)
{
    QByteArray line;
    line.reserve(value.size());
    for (const char c : value) {
        if (c != '\r' && c != '\n')
            line.append(c);
    }
    return trimmedBlanks(line).toByteArray();
}

} // namespace

Fields::Fields(QByteArray block)
    : m_block(std::move(block))
{
}

const Fields::Field &Fields::spans(qsizetype index) const { return m_fields[size_t(index)]; }

QByteArrayView Fields::name(qsizetype index) const { return spans(index).name.in(m_block); }

QByteArrayView Fields::value(qsizetype index) const
{
    const QByteArrayView received = spans(index).value.in(m_block);
    if (!m_hasFolds || !received.contains('\n'))
        return received;
    for (const auto &[known, line] : std::as_const(m_unfolded)) {
        if (known == index)
            return line;
    }
    m_unfolded.append({ index, unfolded(received) });
    return m_unfolded.constLast().second;
}

qsizetype Fields::indexOf(QByteArrayView name, qsizetype from) const
{
    for (qsizetype index = from; index < count(); ++index) {
        if (equalsIgnoringCase(this->name(index), name))
            return index;
    }
    return -1;
}

std::optional<QByteArrayView> Fields::first(QByteArrayView name) const
{
    const qsizetype index = indexOf(name);
    if (index < 0)
        return std::nullopt;
    return value(index);
}

QList<QByteArray> Fields::toRawList(qsizetype maxFields) const
{
    const qsizetype wanted = maxFields > 0 ? std::min(maxFields, count()) : count();
    QList<QByteArray> list;
    list.reserve(2 * wanted);
    for (qsizetype index = 0; index < wanted; ++index) {
        list.append(name(index).toByteArray());
        list.append(value(index).toByteArray());
    }
    return list;
}

QList<std::pair<QByteArray, QByteArray>> Fields::toPairs() const
{
    QList<std::pair<QByteArray, QByteArray>> pairs;
    pairs.reserve(count());
    for (qsizetype index = 0; index < count(); ++index)
        pairs.append({ name(index).toByteArray(), value(index).toByteArray() });
    return pairs;
}

void Fields::append(Field field)
{
    if (m_fields.empty())
        m_fields.reserve(12);
    m_fields.push_back(field);
}

void Fields::foldIntoLast(Span value)
{
    m_fields.back().value = value;
    m_hasFolds = true;
}

void Fields::setBlock(QByteArray block)
{
    m_block = std::move(block);
    m_unfolded.clear();
}

void Fields::clear()
{
    m_block.clear();
    m_fields.clear();
    m_unfolded.clear();
    m_hasFolds = false;
}

} // namespace headrace::wire

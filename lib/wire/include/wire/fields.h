#pragma once

#include "wire/span.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <utility>
#include <vector>

namespace headrace::wire {

/** The fields of a head or of a trailer section as they were received: names, case, order and
    duplicates kept, values trimmed of surrounding blanks (RFC 9110 section 5.5). All names and values
    are spans of one contiguous block of octets, which is shared and never copied.
    Thread: a value type. Source: reference `message.rawHeaders`; RFC 9112 section 5. */
class Fields
{
public:
    struct Field
    {
        Span name;
        Span value; ///< Without surrounding blanks. With lenient folding: see value().
    };

    Fields() = default;
    explicit Fields(QByteArray block);

    qsizetype count() const { return qsizetype(m_fields.size()); }

    bool isEmpty() const { return m_fields.empty(); }

    /// The octets that the spans refer to: the whole head, or the whole trailer section.
    const QByteArray &block() const { return m_block; }

    const Field &spans(qsizetype index) const;
    QByteArrayView name(qsizetype index) const;

    /// The value as one line. A folded value (lenient parsing only) has each fold replaced as the
    /// reference does it; then the view is of an unfolded copy that this object keeps.
    QByteArrayView value(qsizetype index) const;

    /// Index of the first field of that name from \a from on, case-insensitive; -1 if there is none.
    qsizetype indexOf(QByteArrayView name, qsizetype from = 0) const;

    /// The first value of that name; nothing if there is no such field.
    std::optional<QByteArrayView> first(QByteArrayView name) const;

    /// Name, value, name, value…: the shape of `rawHeaders`. At most \a maxFields fields; 0 is no limit.
    QList<QByteArray> toRawList(qsizetype maxFields = 0) const;

    /// Pairs in order, case and duplicates kept.
    QList<std::pair<QByteArray, QByteArray>> toPairs() const;

    void append(Field field);

    /// Lenient parsing: the last value goes on over a line end; \a value is all of it.
    void foldIntoLast(Span value);
    void setBlock(QByteArray block);
    void clear();

private:
    QByteArray m_block;
    std::vector<Field> m_fields;
    bool m_hasFolds = false;
    mutable QList<std::pair<qsizetype, QByteArray>> m_unfolded;
};

} // namespace headrace::wire

#pragma once

#include <wire/head.h>
#include <wire/headserializer.h>

#include <QByteArray>
#include <QList>

#include <array>
#include <optional>

namespace headrace::proxy {

/** A head that can be changed line by line. What nobody touches stays octet for octet as it was received: blanks,
    case, order, duplicates, odd line ends. A value; copies share. Thread: any.

    Views that it gives are good until it is changed or goes away. */
class MessageHead
{
public:
    MessageHead() = default;
    explicit MessageHead(const wire::Head &head);

    static MessageHead makeRequest(const QByteArray &method, const QByteArray &target,
        const QList<wire::FieldLine> &fields = {});
    static MessageHead makeResponse(int statusCode, const QByteArray &reason,
        const QList<wire::FieldLine> &fields = {}); ///< Empty reason: the standard phrase.

    bool isRequest() const { return m_isRequest; }

    bool isEmpty() const
    {
        return m_block.isEmpty();
    } ///< Made by no constructor but the default one.

    QByteArrayView startLine() const { return m_startLine.in(m_block); } ///< Without line end.

    QByteArrayView method() const; ///< Requests.
    QByteArrayView target() const; ///< Requests; any form of RFC 9112 section 3.2.
    QByteArrayView version() const; ///< "1.1"
    int statusCode() const; ///< Responses.
    QByteArrayView reason() const; ///< Responses; may be empty.

    void setMethod(QByteArrayView method);
    void setTarget(QByteArrayView target);
    void setStatus(int statusCode, QByteArrayView reason);

    qsizetype count() const { return m_lines.size(); }

    QByteArrayView name(qsizetype index) const { return m_lines.at(index).name.in(m_block); }

    QByteArrayView value(qsizetype index) const { return m_lines.at(index).value.in(m_block); }

    /// Index of the first field of that name from \a from on, case-insensitive; -1: there is none.
    qsizetype indexOf(QByteArrayView name, qsizetype from = 0) const;
    std::optional<QByteArray> first(QByteArrayView name) const; ///< Its value.

    QList<wire::FieldLine> fields() const; ///< Case, order and duplicates as they are.

    /// All fields anew. A line that says what it said before stays as it was received.
    void setFields(const QList<wire::FieldLine> &fields);

    /// The first field of that name gets \a value and keeps its place and case, others of that name go; without one, a
    /// field is added at the end.
    void set(QByteArrayView name, QByteArrayView value);
    void setAt(qsizetype index, QByteArrayView value);
    void append(QByteArrayView name, QByteArrayView value);
    void removeAt(qsizetype index);
    qsizetype removeAll(QByteArrayView name); ///< Answers how many there were.

    /// Start line to blank line: what is sent.
    QByteArray octets() const;

    /// Whether the same would be sent, taken apart in the same way.
    friend bool operator==(const MessageHead &one, const MessageHead &other)
    {
        return one.equals(other);
    }

private:
    using Span = wire::Span;

    struct Line
    {
        Span name;
        Span value;
        Span raw; // with line end, and folds
    };

    std::array<QByteArrayView, 3> startLineParts() const;
    bool equals(const MessageHead &other) const;
    Span add(std::initializer_list<QByteArrayView> parts);
    void setStartLine(QByteArrayView first, QByteArrayView second, QByteArrayView third);
    Line addLine(QByteArrayView name, QByteArrayView value);

    /// What was received, and behind it what was set since. Spans say what of it counts.
    QByteArray m_block;
    Span m_startLine;
    Span m_startLineEnd;
    Span m_blankLine;
    QList<Line> m_lines;
    bool m_isRequest = true;
    bool m_isAsReceived = false; ///< The block is the head.
};

} // namespace headrace::proxy

#pragma once

#include <wire/head.h>
#include <wire/headserializer.h>

#include <QByteArray>
#include <QList>

#include <optional>

namespace headrace::proxy {

/** A head that can be changed line by line. What nobody touches stays octet for octet as it was received: blanks,
    case, order, duplicates, odd line ends. A value; copies share. Thread: any. */
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

    /// Without line end.
    const QByteArray &startLine() const { return m_startLine; }

    QByteArray method() const; ///< Requests.
    QByteArray target() const; ///< Requests; any form of RFC 9112 section 3.2.
    QByteArray version() const; ///< "1.1"
    int statusCode() const; ///< Responses.
    QByteArray reason() const; ///< Responses; may be empty.

    void setMethod(const QByteArray &method);
    void setTarget(const QByteArray &target);
    void setStatus(int statusCode, const QByteArray &reason);

    qsizetype count() const { return m_lines.size(); }

    const QByteArray &name(qsizetype index) const { return m_lines.at(index).name; }

    const QByteArray &value(qsizetype index) const { return m_lines.at(index).value; }

    /// Index of the first field of that name from \a from on, case-insensitive; -1: there is none.
    qsizetype indexOf(QByteArrayView name, qsizetype from = 0) const;
    std::optional<QByteArray> first(QByteArrayView name) const; ///< Its value.

    QList<wire::FieldLine> fields() const; ///< Case, order and duplicates as they are.

    /// All fields anew. A line that says what it said before stays as it was received.
    void setFields(const QList<wire::FieldLine> &fields);

    /// The first field of that name gets \a value and keeps its place and case, others of that name go; without one, a
    /// field is added at the end.
    void set(const QByteArray &name, const QByteArray &value);
    void setAt(qsizetype index, const QByteArray &value);
    void append(const QByteArray &name, const QByteArray &value);
    void removeAt(qsizetype index);
    qsizetype removeAll(QByteArrayView name); ///< Answers how many there were.

    /// Start line to blank line: what is sent.
    QByteArray octets() const;

    friend bool operator==(const MessageHead &, const MessageHead &) = default;

private:
    struct Line
    {
        QByteArray name;
        QByteArray value;
        QByteArray raw; // with line end, and folds

        friend bool operator==(const Line &, const Line &) = default;
    };

    QList<QByteArray> startLineParts() const;

    QByteArray m_startLine;
    QByteArray m_startLineEnd = QByteArrayLiteral("\r\n");
    QByteArray m_blankLine = QByteArrayLiteral("\r\n");
    QList<Line> m_lines;
    bool m_isRequest = true;
};

} // namespace headrace::proxy

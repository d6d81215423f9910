#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace headrace::exchange {

/** Writes lines with indentation, in time and memory that grow with the input only: beyond a depth the
    indentation stays, and beyond a budget there are no more line breaks. */
class Layout
{
public:
    explicit Layout(qsizetype inputSize)
        : m_budget(inputSize * 8 + 64 * 1024)
    {
        m_out.reserve(inputSize + inputSize / 4 + 64);
    }

    void append(QByteArrayView octets) { m_out.append(octets.data(), octets.size()); }

    void append(char octet) { m_out.append(octet); }

    /// Starts a line at \a depth; the very first line starts by itself.
    void newLine(qsizetype depth)
    {
        if (m_out.isEmpty() || m_out.size() > m_budget)
            return;
        m_out.append('\n');
        m_out.append(qMin(depth, maxDepth) * 2, ' ');
    }

    const QByteArray &octets() const { return m_out; }

private:
    static constexpr qsizetype maxDepth = 40;

    QByteArray m_out;
    qsizetype m_budget;
};

/// What FormattedBody::error begins with: the place of \a offset in \a body, counted from 1, columns in
/// characters of UTF-8. "Line 3, column 14"
QByteArray placeOf(QByteArrayView body, qsizetype offset);

} // namespace headrace::exchange

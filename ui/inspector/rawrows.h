#pragma once

#include <exchange/octetsource.h>
#include <exchange/wiremap.h>

#include <QList>

namespace headrace::ui {

/** Octets cut to rows of a view. A row ends with a line (text only), where the next read or write begins, and when it
    is full; a character of UTF-8 is not cut.

    However many octets there are, only the place of every 128th row is kept. Rows are counted in steps, scan(), so that
    the first ones can be shown at once; what lies beyond is counted when it is asked for. Thread: one. */
class RawRows
{
public:
    enum class Form
    {
        Text,
        Hex
    };

    struct Row
    {
        qint64 begin = 0;
        qint64 end = 0;
        bool beginsRun = false; ///< A read or write begins with it.

        bool operator==(const Row &) const = default;
    };

    RawRows() = default;

    /// \a perRow: octets of a full row; at least 8. \a runs: those of all octets of \a source, in order.
    RawRows(exchange::OctetSourcePointer source, const QList<exchange::WireRun> &runs, Form form,
        int perRow);

    /// \a source has further octets behind those that were there before, and \a runs are theirs. Rows that were
    /// counted stay but for the last.
    void extend(exchange::OctetSourcePointer source, const QList<exchange::WireRun> &runs);

    Form form() const;
    int perRow() const;

    /// Counted so far.
    qint64 rowCount() const;
    bool isComplete() const;

    /// Goes on counting, over some \a octets.
    void scan(qint64 octets);

    /// Counts as far as that row, or that octet.
    void scanToRow(qint64 row);
    void scanToOctet(qint64 offset);

    /// Rows from \a first on, as far as there are any. Counts as far as is needed.
    QList<Row> rows(qint64 first, qint64 count);

    /// The row that an octet stands in; behind the last octet: the last row. -1 without rows.
    qint64 rowOf(qint64 offset);

private:
    /// Octets around a place, read once.
    struct Window
    {
        QByteArray octets;
        qint64 begin = 0;
        qint64 readSize = 32 * 1024; ///< Octets that are read at once.
    };

    qint64 rowEnd(qint64 begin, Window *window, qsizetype *run) const;
    qsizetype runOf(qint64 offset) const;
    void load(qint64 begin, Window *window) const;

    exchange::OctetSourcePointer m_source;
    QList<exchange::WireRun> m_runs;
    Form m_form = Form::Text;
    int m_perRow = 128;
    qint64 m_size = 0;
    QList<qint64> m_marks; ///< Begins of rows 0, 128, 256, …
    qint64 m_rowCount = 0;
    qint64 m_counted = 0; ///< Where the next row begins.
    qint64 m_lastBegin = 0; ///< Where the last counted row begins.
};

} // namespace headrace::ui

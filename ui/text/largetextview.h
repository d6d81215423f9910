#pragma once

#include "text/octetcache.h"
#include "text/rowindexing.h"

#include <exchange/octetspan.h>

#include <QAbstractScrollArea>
#include <QTimer>

class QTextLayout;

namespace headrace::ui {

/** A text of any size, read only: reads and paints the rows in sight and nothing else. Rows are found in the
    background; until then the begin is in sight. Long lines are broken at the right edge, or behind 2,000 octets
    without word wrap. Select with the mouse or Shift and the arrow keys; Ctrl+C copies at most 16 MiB. */
class LargeTextView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LargeTextView(QWidget *parent = nullptr);

    /// \a isGrown: it begins with what was shown before; place and selection stay.
    void setSource(const exchange::OctetSourcePointer &source, exchange::TextEncoding encoding,
        bool isGrown = false);
    const exchange::OctetSourcePointer &source() const;

    void setWordWrap(bool wrap); ///< Default: true.
    bool isWordWrap() const;

    bool isIndexing() const; ///< Rows are still being found; indexed() follows.
    qint64 rowCount() const;
    qint64 lineCount() const;
    QStringList shownRows(); ///< The text of the rows in sight, as far as it is here.
    qint64 topOffset() const; ///< Of the first row in sight.

    void setMarks(const QList<exchange::OctetSpan> &marks); ///< In order, none overlapping.
    void select(const exchange::OctetSpan &span); ///< And scrolls to it.
    exchange::OctetSpan selection() const;
    QString selectedText() const; ///< At most 16 MiB of it.
    void selectAll();

public Q_SLOTS:
    void copy();

Q_SIGNALS:
    void indexed(); ///< More rows are known.
    void selectionChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    static constexpr int Margin = 8; ///< Pixels.

    /// A row as it is painted.
    struct Shown
    {
        exchange::TextRow row;
        exchange::RowText text;
    };

    int rowHeight() const;
    int rowsInSight() const;
    int gutterWidth() const;
    qsizetype wantedRowOctets() const;
    void updateMetrics();
    void updateScrollBars();
    void startIndexing(bool isGrown);
    void takeIndex(const RowIndexing::IndexPointer &index, qint64 octets);
    QList<Shown> rowsFrom(qint64 first, int count, bool mayRead);
    void layOut(QTextLayout *layout, const Shown &shown) const;
    void paintRow(QPainter *painter, const Shown &shown, int y);
    qint64 offsetAt(const QPoint &position);
    qint64 rowOf(qint64 offset) const;
    void setCaret(qint64 offset, bool extendsSelection);
    void ensureVisible(qint64 offset);
    qint64 moved(qint64 offset, int rows); ///< Up or down.
    qint64 stepped(qint64 offset, int direction); ///< To the character beside it.

    OctetCache m_cache;
    RowIndexing m_indexing;
    RowIndexing::IndexPointer m_index;
    qint64 m_indexedOctets = 0;
    qint64 m_topOffset = 0; ///< What stays at the top while rows are found anew.
    bool m_isReplacing = false; ///< The rows are found anew; those before are shown until then.
    exchange::TextEncoding m_encoding = exchange::TextEncoding::Utf8;
    QList<exchange::OctetSpan> m_marks;
    qint64 m_caret = 0;
    qint64 m_anchor = 0;
    bool m_seeksCaret = false; ///< Its row is not known yet.
    bool m_isWrapped = true;
    int m_charWidth = 8;
    qreal m_columnWidth = 8; ///< The same, exactly.
    int m_widest = 0; ///< Of the rows that were painted. Unit: pixels.
    QTimer m_resized;
};

} // namespace headrace::ui

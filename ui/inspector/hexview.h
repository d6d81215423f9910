#pragma once

#include "text/octetcache.h"

#include <exchange/octetspan.h>

#include <QAbstractScrollArea>
#include <QByteArray>

namespace headrace::ui {

/** Octets as hexadecimal digits and as characters, 16 a row. Reads and paints the rows in sight only, so any
    size opens at once. Select with the mouse or Shift and the arrow keys; Ctrl+C copies what the pane with the
    caret shows, digits or characters. */
class HexView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    static constexpr int OctetsPerRow = 16;

    explicit HexView(QWidget *parent = nullptr);

    void setOctets(
        const QByteArray &octets); ///< Keeps position and selection as far as they still exist.
    QByteArray octets() const; ///< At most the first 16 MiB.

    /// The same, of octets that need not be in memory. \a isGrown: it begins with what was shown before.
    void setSource(const exchange::OctetSourcePointer &source, bool isGrown = false);

    /// Runs that are marked in both panes, such as what was found; in order, none overlapping.
    void setMarks(const QList<exchange::OctetSpan> &marks);

    /// Selects and scrolls to it.
    void select(const exchange::OctetSpan &span);

    qsizetype caret() const;
    void setCaret(qsizetype offset, bool extendsSelection = false);

    /// The selected octets: begin and one past the end; the same without a selection.
    qsizetype selectionBegin() const;
    qsizetype selectionEnd() const;
    void selectAll();

    QString selectedHex() const; ///< "48 65 6c 6c 6f"
    QString selectedText() const; ///< Printable ASCII, others as '.'.
    QString selectedDump() const; ///< Offset, digits and characters of the rows, as they are shown.

public Q_SLOTS:
    void copy();

Q_SIGNALS:
    void caretMoved(qsizetype offset);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Pane
    {
        Hex,
        Text
    };

    int rowHeight() const;
    int rowCount() const;
    int visibleRows() const;
    int hexX(int column) const; ///< Left of a pair of digits, before scrolling.
    int textX(int column) const;
    int contentWidth() const;
    qsizetype offsetAt(const QPoint &position, Pane *pane) const;
    void updateMetrics();
    void updateScrollBars();
    void ensureVisible(qsizetype offset);
    void paintRow(QPainter *painter, qsizetype begin, const QByteArray &octets, int y) const;
    void paintMarks(QPainter *painter, qsizetype begin, qsizetype end, int y) const;
    void paintRun(QPainter *painter, qsizetype row, qsizetype from, qsizetype to, int y,
        const QColor &color) const;
    QByteArray selected() const;

    OctetCache m_cache;
    QList<exchange::OctetSpan> m_marks;
    qsizetype m_caret = 0;
    qsizetype m_anchor = 0;
    Pane m_pane = Pane::Hex;
    int m_charWidth = 8;
    int m_offsetDigits = 8;
};

} // namespace headrace::ui

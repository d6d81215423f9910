#pragma once

#include "inspector/eventpainter.h"

#include <QAbstractScrollArea>

namespace headrace::ui {

/** The chart of an exchange's events: lanes from left to right, time down, a line each. Not to scale, with gaps that
    tell their length; or with a time axis that can be zoomed. Paints the lines in sight only.
    Keys: arrows, Page and Home/End move, with Shift they extend what is chosen; Return activates; + - 0 zoom;
    Ctrl+C copies. */
class EventChart : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit EventChart(QWidget *parent = nullptr);

    /// \a keepsPlace: the same exchange has grown, or is shown with other lines: what is chosen and in sight stays.
    void setRows(const EventRows &rows, bool keepsPlace);

    const EventRows &rows() const { return m_scene.rows; }

    const EventScene &scene() const { return m_scene; } ///< As it is shown.

    bool isToScale() const { return m_isToScale; }

    void setToScale(bool isToScale);

    qsizetype current() const { return m_current; } ///< -1: none.

    /// Scrolls to it. \a extends: from the line that was chosen first.
    void setCurrent(qsizetype row, bool extends = false);
    void selectAll();
    void clearSelection();
    std::pair<qsizetype, qsizetype> selection() const; ///< First and last; last < first: none.

    QRect rowRect(qsizetype row) const; ///< In the viewport.
    qsizetype rowAt(const QPoint &position) const; ///< -1: none is there.

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void zoomFit();
    void copy() const; ///< The chosen lines as text.

Q_SIGNALS:
    void currentChanged(qsizetype row); ///< Also to -1.
    void chosen(qsizetype row); ///< currentChanged() by the user.
    void activated(qsizetype row); ///< By a double click or Return.
    void zoomChanged();

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void updateScrollBars();
    void updateAccessibleText();
    void zoomBy(double factor, double x);
    void choose(qsizetype row, bool extends);
    bool move(QKeyEvent *event);
    int bodyHeight() const;
    double axisX(double viewportX) const;

    EventScene m_scene;
    bool m_isToScale = false;
    bool m_isUpdatingBars = false;
    qsizetype m_current = -1;
    qsizetype m_anchor = -1;
};

} // namespace headrace::ui

#pragma once

#include <QHeaderView>

class QMenu;

namespace headrace::ui {

/** The header of the traffic list: columns are moved by dragging, chosen from the context menu, and sorted by
    a click: ascending, descending, back to the order of begin. */
class TrafficHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit TrafficHeader(QWidget *parent = nullptr);

    void
    makeColumns(); ///< When it has its model: widths, order and visibility as they are at first.

    /// JSON; columns by name, so that it outlives changes of the program.
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state); ///< What it does not know of stays as it is.

    void showMenu(const QPoint &globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitPath(); ///< It takes the room that is left, but not less than it needs.
    void fillMenu(QMenu *menu);
};

} // namespace headrace::ui

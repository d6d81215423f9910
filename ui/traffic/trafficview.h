#pragma once

#include "traffic/listplace.h"

#include <QTableView>
#include <QTimer>

namespace headrace::ui {

class TrafficHeader;
class TrafficModel;

/** The list of exchanges. In order of number it shows the newest row as long as that is in sight; scrolling
    away from it stops that, going back takes it up again. Current row, selection and scroll place stay with
    their exchanges when rows come, go, or are other ones.

    A QTableView with a fixed row height, though its hidden header keeps 8 octets for each row: measured with
    1,100,000 rows and 167 new ones at a time, a notification costs 6 ms of the processor with painting, most
    of it painting; a QTreeView keeps some 40 octets for each row and lays all of them out anew. */
class TrafficView : public QTableView
{
    Q_OBJECT

public:
    /// \a model is borrowed and outlives the view.
    explicit TrafficView(TrafficModel *model, QWidget *parent = nullptr);

    TrafficModel *trafficModel() const;
    TrafficHeader *header() const;

    exchange::ExchangeId currentId() const; ///< 0 without a current row.
    QList<exchange::ExchangeId> selectedIds() const; ///< In the order shown.
    qsizetype selectedCount() const;

    /// Makes it current and shows it; one that is not in the list, when the next query brings it.
    void select(exchange::ExchangeId id);
    void step(int rows); ///< Moves the current row.

    bool canFollow() const; ///< The rows are in order of number.
    bool isFollowing() const;
    void setFollowing(bool follow);

    int rowsInSight() const; ///< How many there is room for.

Q_SIGNALS:
    void currentChanged(headrace::exchange::ExchangeId id);
    void selectionCountChanged(qsizetype count);
    void followingChanged(bool follows);
    void activated(headrace::exchange::ExchangeId id); ///< Enter or double click.
    void menuRequested(const QPoint &globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void connectModel();
    void connectSelection();
    void connectScrolling();
    void noteInserted(int first, int last);
    void noteRemoved(int first, int last);
    void noteScrolled();
    void noteReplaced();
    void tellCurrent();
    void tellSelection();
    void scrollToNewest();
    bool isAtNewest() const;
    void tellWindow();

    TrafficModel *m_model;
    TrafficHeader *m_header;
    ListPlace m_place;
    QTimer m_windowTimer;
    exchange::ExchangeId m_shown = 0; ///< What currentChanged() told last.
    bool m_isFollowing = true;
    bool m_isReplacing = false; ///< The model is being reset.
};

} // namespace headrace::ui

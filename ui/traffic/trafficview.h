#pragma once

#include <exchange/exchange.h>

#include <QTableView>

class QAction;

namespace headrace::ui {

class TrafficFilterModel;

/** The list of exchanges: selection, keys and context menu. It shows the newest row as long as the last
    row is in sight; scrolling away from it stops that, going back to the end takes it up again. */
class TrafficView : public QTableView
{
    Q_OBJECT

public:
    /// \a model is borrowed and outlives the view.
    explicit TrafficView(TrafficFilterModel *model, QWidget *parent = nullptr);

    exchange::ExchangeId currentId() const; ///< 0 without a current row.
    QList<exchange::ExchangeId> selectedIds() const; ///< In the order shown.
    void select(exchange::ExchangeId id); ///< Nothing happens for a row that is not shown.

    bool isFollowing() const;
    void setFollowing(bool follow);

    /// What can be done with the selection; for the context menu and the command palette.
    const QList<QAction *> &exchangeActions() const;

Q_SIGNALS:
    void currentChanged(headrace::exchange::ExchangeId id);
    void selectionCountChanged(qsizetype count);
    void followingChanged(bool follows);
    void activated(headrace::exchange::ExchangeId id); ///< Enter or double click.
    void openInComposerRequested(headrace::exchange::ExchangeId id);
    void resendRequested(headrace::exchange::ExchangeId id);
    void copyUrlRequested(const QList<headrace::exchange::ExchangeId> &ids);
    void copyAsCurlRequested(const QList<headrace::exchange::ExchangeId> &ids);
    void removeRequested(const QList<headrace::exchange::ExchangeId> &ids);
    void clearRequested();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeColumns();
    void makeActions();
    QAction *addRowAction(const QString &text, const QString &iconName, const QKeySequence &key);
    void step(int rows);
    void updateActions();
    void noteScrolled();

    QAction *m_openInComposer = nullptr;
    QAction *m_resend = nullptr;
    QAction *m_copyUrl = nullptr;
    QAction *m_copyAsCurl = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_clear = nullptr;
    QList<QAction *> m_actions;
    exchange::ExchangeId m_shown = 0; ///< What currentChanged() told last.
    bool m_isFollowing = true;
};

} // namespace headrace::ui

#pragma once

#include <QSplitter>

namespace headrace::ui {

class HeldModel;
class HeldPanel;

/** The workspaces of the window, and below or beside them the queue of held exchanges. It appears by itself with the
    first that is held, without the focus, and stays until it is hidden; then it comes again when all that was held has
    gone on and something else is held. */
class HeldDock : public QSplitter
{
    Q_OBJECT

public:
    /// \a content: owned from here on. \a model: borrowed.
    HeldDock(QWidget *content, HeldModel *model, QWidget *parent = nullptr);

    HeldPanel *panel() const;
    bool isQueueShown() const;

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

public Q_SLOTS:
    void showQueue();
    void showAndFocus();
    void hideQueue(); ///< The focus goes to the content, if it was in the queue.

private:
    void onCountChanged();
    void setAtRight(bool isAtRight);

    QWidget *m_content;
    HeldModel *m_model;
    HeldPanel *m_panel;
    bool m_isHiddenByUser = false;
};

} // namespace headrace::ui

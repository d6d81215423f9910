#pragma once

#include <session/proxycontrol.h>

#include <QWidget>

class QAction;
class QKeySequence;
class QLabel;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace headrace::ui {

class HeldModel;
class MessageEditor;
class NoticeBar;

/** The queue of exchanges that are held, and the editor of the selected one. Nothing that comes or goes takes the
    focus, or changes what is being edited. QWidget::actions() has what the command palette offers. */
class HeldPanel : public QWidget
{
    Q_OBJECT

public:
    /// \a model: borrowed.
    explicit HeldPanel(HeldModel *model, QWidget *parent = nullptr);

    session::HoldId current() const; ///< 0: none is selected.
    void select(session::HoldId id); ///< Without the focus.
    void focusList();

    MessageEditor *editor() const; ///< Of the message that is held.
    MessageEditor *answerEditor() const;
    QAction *placeAction() const; ///< At the right of the window, or at its bottom; checked: right.
    QAction *closeAction() const;

    void setStacked(bool isStacked); ///< The editor under the list, not beside it.

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

public Q_SLOTS:
    void resume();
    void resumeAll();
    void drop();
    void answer(); ///< Begins an answer, or sends the one begun.
    void discard(); ///< The edits, or the answer begun.
    void dismiss(); ///< One that is gone.
    void showInTraffic();

Q_SIGNALS:
    void exchangeActivated(headrace::exchange::ExchangeId id); ///< To be shown in the list.

private:
    QAction *makeAction(const QString &text, const QString &shortText, const QString &iconName,
        const QKeySequence &key, void (HeldPanel::*slot)());
    void makeActions();
    QWidget *makeBar();
    void makeList();
    void takeEdit();
    void takeAnswer();
    void showCurrent();
    void showState();

    HeldModel *m_model;
    QTableView *m_list;
    QLabel *m_title;
    NoticeBar *m_notice;
    MessageEditor *m_editor;
    MessageEditor *m_answerEditor;
    QStackedWidget *m_editors;
    QStackedWidget *m_pages;
    QSplitter *m_splitter;
    QAction *m_resume = nullptr;
    QAction *m_resumeAll = nullptr;
    QAction *m_drop = nullptr;
    QAction *m_answer = nullptr;
    QAction *m_discard = nullptr;
    QAction *m_dismiss = nullptr;
    QAction *m_traffic = nullptr;
    QAction *m_place = nullptr;
    QAction *m_close = nullptr;
    session::HoldId m_shown = 0; ///< What the editors have.
};

} // namespace headrace::ui

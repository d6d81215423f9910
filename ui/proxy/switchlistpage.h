#pragma once

#include "proxy/switchlist.h"
#include "shell/theme.h"

#include <QWidget>

class QAction;
class QAbstractItemModel;
class QStackedWidget;

namespace headrace::ui {

class EmptyState;
class ListSide;
class ListSteps;
class NoticeBar;

/** A list of switches and the editor of the selected one: its buttons and their actions, the way back, what is told above
    it, and what one sees while it is empty. Who derives from it knows what is in the list. QWidget::actions() has what
    the command palette offers. */
class SwitchListPage : public QWidget
{
    Q_OBJECT

public:
    void selectFirst(); ///< If there is one.

public Q_SLOTS:
    void duplicate(); ///< The selected one.
    void remove(); ///< The same; can be taken back.
    void undo();
    void redo();

Q_SIGNALS:
    void changed();

protected:
    /// What its actions are called.
    struct Words
    {
        QString list; ///< "Rules"
        QString add;
        QString duplicate;
        QString remove;
        QString undo;
        QString redo;
    };

    /// \a model and \a steps: the same one; owned by who derives. \a stretched: see SwitchTable.
    SwitchListPage(QAbstractItemModel *model, ListSteps *steps, int stretched, const Words &words,
        QWidget *parent);

    /// Once, by the constructor: the list with its buttons, and those of \a more behind them, is \a side() of \a content.
    ListSide *makeSide(const QList<QAction *> &more = {});
    void setContent(
        QWidget *content, const QString &iconName, const QString &title, const QString &hint);

    SwitchList *list() const;
    QAction *addingAction() const;
    int edited() const; ///< The row in the editor; -1: none.

    /// Before the rows change: what the editor has goes into none of them any more.
    void leaveEditor();
    void select(int row);
    void editCurrent(int row); ///< Without changing the selection.

    void tell(Theme::Tone tone, const QString &text, bool offersUndo = false);

    virtual void addOne() = 0; ///< Behind the selected one.
    virtual void insertCopy(int row) = 0; ///< Of the one at \a row, behind it.
    virtual QString removeOne(int row) = 0; ///< Answers what is told: "Removed a breakpoint".
    virtual void edit(int row) = 0; ///< Shows it in the editor; -1: there is none.
    virtual void focusEditor() = 0;
    virtual void noteChanged(); ///< The rows, or one of them, are others.
    virtual void updateActions();

private:
    void step(bool isBack);

    QAbstractItemModel *m_model;
    ListSteps *m_steps;
    SwitchList *m_list;
    NoticeBar *m_notice;
    QStackedWidget *m_pages;
    QAction *m_add;
    QAction *m_duplicate;
    QAction *m_remove;
    QAction *m_undo;
    QAction *m_redo;
    int m_edited = -1;
    bool m_offersUndo = false;
};

} // namespace headrace::ui

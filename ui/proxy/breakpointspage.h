#pragma once

#include <exchange/filtercompletion.h>
#include <proxy/rule.h>

#include <QKeySequence>
#include <QWidget>

#include <functional>

class QAction;
class QCheckBox;
class QStackedWidget;

namespace headrace::ui {

class BreakpointListModel;
class FilterField;
class NoticeBar;
class ProblemLabel;
class SwitchList;

/// Where exchanges are held, and the editor of the selected breakpoint.
class BreakpointsPage : public QWidget
{
    Q_OBJECT

public:
    explicit BreakpointsPage(QWidget *parent = nullptr);

    BreakpointListModel *model() const;

    void selectFirst(); ///< If there is one.

    /// See FilterEdit::setValueSource().
    void setValueSource(std::function<exchange::FilterValues()> source);

    /// Before all others, selected to be edited.
    void insertBreakpoint(const proxy::Breakpoint &breakpoint);

public Q_SLOTS:
    void addBreakpoint();
    void duplicateBreakpoint();
    void removeBreakpoint();
    void undo();
    void redo();

Q_SIGNALS:
    void changed();

private:
    QWidget *makeEditor();
    QWidget *makeEmpty();
    proxy::Breakpoint edited() const;
    void take();
    void select(int row);
    void editCurrent(int row);
    void showBreakpoint(const proxy::Breakpoint &breakpoint);
    void onChanged();
    void updateActions();

    BreakpointListModel *m_model;
    SwitchList *m_list;
    NoticeBar *m_notice;
    QStackedWidget *m_pages;
    QWidget *m_editor = nullptr;
    FilterField *m_filter = nullptr;
    QList<QCheckBox *> m_places; ///< In the order of proxy::HoldAt.
    QCheckBox *m_onlyNext = nullptr;
    ProblemLabel *m_problem = nullptr;
    QAction *m_add = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    int m_edited = -1;
    bool m_isSetting = false;
};

} // namespace headrace::ui

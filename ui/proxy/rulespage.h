#pragma once

#include <exchange/filtercompletion.h>
#include <proxy/rule.h>
#include <session/scriptmessage.h>

#include <QKeySequence>
#include <QWidget>

#include <functional>

class QAction;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace headrace::ui {

class ConsolePanel;
class NoticeBar;
class RuleEditor;
class RuleListModel;
class SwitchList;
struct ConsoleLine;

/// The rules of the proxy and the editor of the selected one. QWidget::actions() has what the command palette offers.
class RulesPage : public QWidget
{
    Q_OBJECT

public:
    explicit RulesPage(QWidget *parent = nullptr);

    RuleListModel *model() const;

    /// Puts the rules of a file (JSON) behind those that are here, as one step, and asks for the same with its
    /// breakpoints; a broken file is told of, and nothing changes.
    bool importFile(const QString &path);
    bool exportFile(const QString &path); ///< With the breakpoints.

    /// What an exported file has beside the rules.
    void setBreakpointSource(std::function<QList<proxy::Breakpoint>()> source);

    void selectFirst(); ///< If there is one.

    /// What scripts say; those of the rules come into the console below, and their failures into the editor.
    void addMessages(const QList<session::ScriptMessage> &messages);
    ConsolePanel *console() const; ///< Shown while there is a rule with a script.

    /// See FilterEdit::setValueSource().
    void setValueSource(std::function<exchange::FilterValues()> source);

    QByteArray saveState() const; ///< Where the splitter stands.
    void restoreState(const QByteArray &state);

    /// Before all others, selected to be edited: what it does has the focus.
    void insertRule(const proxy::Rule &rule);

public Q_SLOTS:
    void addRule(int kind);
    void duplicateRule();
    void removeRule();
    void undo();
    void redo();

Q_SIGNALS:
    void changed();
    void breakpointsImported(const QList<headrace::proxy::Breakpoint> &breakpoints);

private:
    void makeActions();
    QWidget *makeSide();
    QWidget *makeEmpty();
    void addFirst();
    void moveUp();
    void moveDown();
    void chooseImport();
    void chooseExport();
    void select(int row);
    void editCurrent(int row);
    bool hasScript(const session::ScriptMessage &message) const;
    void showPlace(const ConsoleLine &line);
    void onChanged();
    void updateActions();

    RuleListModel *m_model;
    SwitchList *m_list;
    RuleEditor *m_editor;
    NoticeBar *m_notice;
    QStackedWidget *m_pages;
    QSplitter *m_splitter;
    QSplitter *m_rows;
    ConsolePanel *m_console;
    QList<session::ScriptMessage> m_failures; ///< The last ones.
    QMenu *m_addMenu = nullptr;
    QAction *m_add = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_up = nullptr;
    QAction *m_down = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_import = nullptr;
    QAction *m_export = nullptr;
    std::function<QList<proxy::Breakpoint>()> m_breakpointSource;
    int m_edited = -1;
    bool m_offersUndo = false;
};

} // namespace headrace::ui

#pragma once

#include "proxy/switchlistpage.h"

#include <exchange/filtercompletion.h>
#include <proxy/rule.h>
#include <session/scriptmessage.h>

#include <functional>

class QAction;
class QMenu;
class QSplitter;

namespace headrace::ui {

class ConsolePanel;
class RuleEditor;
class RuleListModel;
struct ConsoleLine;

/// The rules of the proxy and the editor of the selected one. QWidget::actions() has what the command palette offers.
class RulesPage : public SwitchListPage
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

Q_SIGNALS:
    void breakpointsImported(const QList<headrace::proxy::Breakpoint> &breakpoints);

private:
    RulesPage(RuleListModel *model, QWidget *parent);
    void addOne() override;
    void insertCopy(int row) override;
    QString removeOne(int row) override;
    void edit(int row) override;
    void focusEditor() override;
    void noteChanged() override;
    void updateActions() override;
    void makeActions();
    void moveUp();
    void moveDown();
    void chooseImport();
    void chooseExport();
    bool hasScript(const session::ScriptMessage &message) const;
    void showPlace(const ConsoleLine &line);

    RuleListModel *m_model;
    RuleEditor *m_editor;
    QSplitter *m_splitter;
    ConsolePanel *m_console;
    QList<session::ScriptMessage> m_failures; ///< The last ones.
    QMenu *m_addMenu = nullptr;
    QAction *m_up = nullptr;
    QAction *m_down = nullptr;
    QAction *m_import = nullptr;
    QAction *m_export = nullptr;
    std::function<QList<proxy::Breakpoint>()> m_breakpointSource;
};

} // namespace headrace::ui

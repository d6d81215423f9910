#pragma once

#include <exchange/filtercompletion.h>
#include <proxy/rule.h>
#include <session/scriptmessage.h>

#include <QWidget>

#include <functional>
#include <map>

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace headrace::ui {

class ActionEditor;
class FilterField;
class ProblemLabel;

/// Edits one rule: its name, its filter, and what it does; what is wrong stands beside where it was typed. What was
/// given for one kind of action stays while another is looked at.
class RuleEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RuleEditor(QWidget *parent = nullptr);

    proxy::Rule rule() const;
    void setRule(const proxy::Rule &rule);

    void focusFilter();
    void focusAction(); ///< The first input of what it does.

    /// What scripts failed with; those of the rule that is shown are marked.
    void setFailures(const QList<session::ScriptMessage> &failures);
    void goTo(int line, int column); ///< In the script.

    /// See FilterEdit::setValueSource().
    void setValueSource(std::function<exchange::FilterValues()> source);

Q_SIGNALS:
    void changed();

private:
    ActionEditor *editorOf(int kind);
    void chooseKind(int kind);
    void onChanged();
    void showState();

    proxy::Rule m_rule; ///< As set; what is not edited here is taken from it.
    QLineEdit *m_name;
    FilterField *m_filter;
    QComboBox *m_kind;
    QLabel *m_explanation;
    ProblemLabel *m_problem;
    QStackedWidget *m_editors;
    std::map<int, ActionEditor *> m_made; ///< By ActionKind; made when they are first needed.
    QList<session::ScriptMessage> m_failures;
    bool m_isSetting = false;
};

} // namespace headrace::ui

#pragma once

#include "proxy/ruletext.h"

#include <session/scriptmessage.h>

#include <QWidget>

class QFormLayout;

namespace headrace::ui {

class Segments;

/// Edits what a rule does. Each kind of action has its own; see makeActionEditor().
class ActionEditor : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual proxy::Action action() const = 0;

    /// \a action: of this editor's kind. Emits nothing.
    virtual void setAction(const proxy::Action &action) = 0;

    /// Of scripts: marks those that are about this one, in their lines.
    virtual void setFailures(const QList<session::ScriptMessage> &failures) { Q_UNUSED(failures) }

    /// Of scripts: puts the caret there.
    virtual void goTo(int line, int column)
    {
        Q_UNUSED(line)
        Q_UNUSED(column)
    }

Q_SIGNALS:
    void changed(); ///< By the user.
};

ActionEditor *makeActionEditor(ActionKind kind, QWidget *parent);

// For each file of editors.
ActionEditor *makeMapLocalEditor(QWidget *parent);
ActionEditor *makeMapRemoteEditor(QWidget *parent);
ActionEditor *makeAnswerEditor(QWidget *parent);
ActionEditor *makeChangeFieldEditor(QWidget *parent);
ActionEditor *makeReplaceEditor(QWidget *parent);
ActionEditor *makeBlockEditor(QWidget *parent);
ActionEditor *makeDelayEditor(QWidget *parent);
ActionEditor *makeThrottleEditor(QWidget *parent);
ActionEditor *makeFaultEditor(QWidget *parent);
ActionEditor *makeScriptActionEditor(QWidget *parent);

/// A form on the grid: labels before inputs, 8 pixels around.
QFormLayout *makeForm(QWidget *owner);

/// The choice between request and response.
Segments *makeTargetChoice(QWidget *parent);
proxy::Target targetOf(const Segments &choice);
void setTarget(Segments &choice, proxy::Target target);

} // namespace headrace::ui

#pragma once

#include <QAction>
#include <QKeySequence>
#include <QString>

class QWidget;

namespace headrace::ui {

/// \a text, with its key behind it if it has one: "Add a rule (Ctrl+N)".
QString textWithKey(const QString &text, const QKeySequence &key);

/// An action of \a panel, done by its key from anywhere within it; for the command palette, too, if it is added to a
/// widget. The tool tip names the key. Owner: \a panel.
QAction *makePanelAction(QWidget *panel, const QString &text, const QString &iconName = {},
    const QKeySequence &key = {});

/// The same, as one of QWidget::actions() of \a panel, which does it.
template <class Panel>
QAction *addPanelAction(Panel *panel, const QString &text, const QString &iconName,
    const QKeySequence &key, void (Panel::*slot)())
{
    QAction *action = makePanelAction(panel, text, iconName, key);
    QObject::connect(action, &QAction::triggered, panel, slot);
    panel->addAction(action);
    return action;
}

} // namespace headrace::ui

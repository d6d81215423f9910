#include "widgets/panelaction.h"

#include "shell/icons.h"

#include <QWidget>

namespace headrace::ui {

QString textWithKey(const QString &text, const QKeySequence &key)
{
    const QString shown = key.toString(QKeySequence::NativeText);
    return shown.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, shown);
}

QAction *makePanelAction(
    QWidget *panel, const QString &text, const QString &iconName, const QKeySequence &key)
{
    auto *action = new QAction(text, panel);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(textWithKey(text, key));
    return action;
}

} // namespace headrace::ui

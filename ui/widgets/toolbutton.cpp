#include "widgets/toolbutton.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>

namespace headrace::ui {

QToolButton *makeToolButton(QAction *action, Qt::ToolButtonStyle style, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(style);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    if (action->menu())
        button->setPopupMode(QToolButton::InstantPopup);
    return button;
}

} // namespace headrace::ui

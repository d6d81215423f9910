#include "widgets/startbutton.h"

#include <QAction>

namespace headrace::ui {

StartButton::StartButton(QAction *action, QWidget *parent)
    : QPushButton(parent)
{
    setProperty("primary", true);
    setMinimumHeight(28);
    const auto show = [this, action] {
        setText(action->iconText());
        setIcon(action->icon());
        setToolTip(action->toolTip());
        setEnabled(action->isEnabled());
    };
    show();
    connect(action, &QAction::changed, this, show);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
}

} // namespace headrace::ui

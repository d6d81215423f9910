#pragma once

#include <Qt>

class QAction;
class QToolButton;
class QWidget;

namespace headrace::ui {

/// A flat button for \a action, which Tab reaches; a menu of the action pops up at once.
QToolButton *makeToolButton(QAction *action, Qt::ToolButtonStyle style, QWidget *parent);

} // namespace headrace::ui

#pragma once

#include <QAction>
#include <QWidget>

/// The widget of that class below \a root which assistive technology knows by \a name; nullptr without.
template <typename Widget>
Widget *named(const QWidget &root, const QString &name)
{
    const QList<Widget *> all = root.findChildren<Widget *>();
    for (Widget *widget : all) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

/// The action of \a widget with that text; nullptr without.
inline QAction *actionOf(const QWidget &widget, const QString &text)
{
    const QList<QAction *> all = widget.actions();
    for (QAction *action : all) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

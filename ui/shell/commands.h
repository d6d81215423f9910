#pragma once

#include <QList>
#include <QPointer>
#include <QString>

class QAction;
class QWidget;

namespace headrace::ui {

/// Something that can be done: an action and the part of the window it belongs to.
struct Command
{
    QPointer<QAction> action;
    QPointer<QWidget> owner; ///< The widget that has the action.
    QString place; ///< "Traffic"; empty for the whole window.

    QString text() const; ///< Without the marks of mnemonics.
    QString keys() const; ///< "Ctrl+N"; empty without a shortcut.
};

/** Every action of \a window: those its widgets have by QWidget::addAction() and that have a text. The place
    is the `workspace` property of the nearest widget above that has one. Each action is listed once. */
QList<Command> commandsOf(const QWidget *window);

/// The commands whose text or place has every word of \a query, best first: text that begins with it, then
/// words that do, then the rest; in order of text among equals. An empty query matches all.
QList<Command> matching(const QList<Command> &commands, const QString &query);

} // namespace headrace::ui

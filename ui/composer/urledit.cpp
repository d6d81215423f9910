#include "composer/urledit.h"

#include "composer/pastedrequest.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>

namespace headrace::ui {

UrlEdit::UrlEdit(QWidget *parent)
    : QLineEdit(parent)
{
}

void UrlEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        pasteAny();
    } else if (event->matches(QKeySequence::Undo) && !isUndoAvailable()) {
        Q_EMIT undoRequested();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void UrlEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<QAction *> actions = menu->actions();
    for (QAction *action : actions) {
        if (action->objectName() != QStringLiteral("edit-paste"))
            continue;
        action->disconnect(SIGNAL(triggered(bool)));
        connect(action, &QAction::triggered, this, &UrlEdit::pasteAny);
    }
    menu->popup(event->globalPos());
}

void UrlEdit::dropEvent(QDropEvent *event)
{
    if (event->mimeData()->hasText() && handOn(event->mimeData()->text()))
        event->acceptProposedAction();
    else
        QLineEdit::dropEvent(event);
}

void UrlEdit::pasteAny()
{
    if (!handOn(QGuiApplication::clipboard()->text()))
        paste();
}

bool UrlEdit::handOn(const QString &text)
{
    if (isReadOnly() || !looksLikeRequest(text))
        return false;
    Q_EMIT requestPasted(text);
    return true;
}

} // namespace headrace::ui

#include "shell/filedrop.h"

#include "shell/harmenu.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace headrace::ui {

FileDrop::FileDrop(QWidget *window)
    : QObject(window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

QStringList FileDrop::filesIn(const QMimeData *data)
{
    QStringList paths;
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls) {
        const QString path = url.toLocalFile();
        const bool isSession = urls.size() == 1 && path.endsWith(u".headrace", Qt::CaseInsensitive);
        if (isSession || HarMenu::isHar(path))
            paths += path;
    }
    return paths;
}

bool FileDrop::eventFilter(QObject *window, QEvent *event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop)
        return QObject::eventFilter(window, event);
    auto *drop = static_cast<QDropEvent *>(event); // of the drag, too
    const QStringList paths = filesIn(drop->mimeData());
    if (paths.isEmpty())
        return true;
    drop->acceptProposedAction();
    if (event->type() == QEvent::Drop) {
        for (const QString &path : paths)
            Q_EMIT dropped(path);
    }
    return true;
}

} // namespace headrace::ui

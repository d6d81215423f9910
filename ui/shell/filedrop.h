#pragma once

#include <QObject>
#include <QStringList>

class QMimeData;
class QWidget;

namespace headrace::ui {

/// Files that are dragged onto a window: HAR files, or one session.
class FileDrop : public QObject
{
    Q_OBJECT

public:
    explicit FileDrop(QWidget *window); ///< Owned by it.

Q_SIGNALS:
    void dropped(const QString &path); ///< For each.

protected:
    bool eventFilter(QObject *window, QEvent *event) override;

private:
    static QStringList filesIn(const QMimeData *data); ///< Empty: nothing that is taken.
};

} // namespace headrace::ui

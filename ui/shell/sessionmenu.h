#pragma once

#include <session/sessionfiles.h>

#include <QList>
#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace headrace::ui {

/// What can be done with the session's file: begin, open, save, go back to an earlier one.
class SessionMenu : public QObject
{
    Q_OBJECT

public:
    /// Both are borrowed. \a window has the actions and their keys.
    SessionMenu(session::SessionFiles *files, QWidget *window);

    QList<QAction *> actions() const;

    void open(const QString &path); ///< failed() says why not.

    /// Whether the session may be closed: asks when something could not be written and would be lost.
    bool mayClose();

Q_SIGNALS:
    void failed(const QString &message);

private:
    QAction *addAction(const QString &text, const QString &iconName, const QString &keys);
    void startNew();
    void askAndOpen();
    void askAndSave();
    void listEarlier();

    session::SessionFiles *m_files;
    QWidget *m_window;
    QMenu *m_earlier;
    QList<QAction *> m_actions;
};

} // namespace headrace::ui

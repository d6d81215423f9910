#include "shell/sessionmenu.h"

#include "shell/format.h"
#include "shell/icons.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace headrace::ui {

using session::EarlierSession;
using session::SessionFiles;

namespace {

QString fileFilter() { return SessionMenu::tr("Headrace sessions (*.headrace)"); }

} // namespace

SessionMenu::SessionMenu(SessionFiles *files, QWidget *window)
    : QObject(window)
    , m_files(files)
    , m_window(window)
    , m_earlier(new QMenu(tr("Earlier sessions"), window))
{
    connect(addAction(tr("New session"), QStringLiteral("add"), QStringLiteral("Ctrl+Shift+N")),
        &QAction::triggered, this, &SessionMenu::startNew);
    connect(addAction(tr("Open session…"), QStringLiteral("open"), QStringLiteral("Ctrl+O")),
        &QAction::triggered, this, &SessionMenu::askAndOpen);
    connect(
        addAction(tr("Save session as…"), QStringLiteral("save"), QStringLiteral("Ctrl+Shift+S")),
        &QAction::triggered, this, &SessionMenu::askAndSave);
    m_actions.append(m_earlier->menuAction());
    connect(m_earlier, &QMenu::aboutToShow, this, &SessionMenu::listEarlier);
}

QList<QAction *> SessionMenu::actions() const { return m_actions; }

QAction *SessionMenu::addAction(const QString &text, const QString &iconName, const QString &keys)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setShortcut(QKeySequence(keys));
    action->setToolTip(
        QStringLiteral("%1 (%2)").arg(text, action->shortcut().toString(QKeySequence::NativeText)));
    m_window->addAction(action);
    m_actions.append(action);
    return action;
}

bool SessionMenu::mayClose()
{
    if (!m_files->hasUnwritten())
        return true;
    QMessageBox box(QMessageBox::Warning, tr("Session not written"),
        tr("The last exchanges could not be written to the session file and are in memory only."),
        QMessageBox::Cancel, m_window);
    box.setInformativeText(
        tr("Make room on the disk, or save the session elsewhere. Closing it now loses them."));
    const QAbstractButton *lose = box.addButton(tr("Lose them"), QMessageBox::DestructiveRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == lose;
}

void SessionMenu::startNew()
{
    if (mayClose())
        m_files->startNew();
}

void SessionMenu::open(const QString &path)
{
    if (!mayClose())
        return;
    if (const QString problem = m_files->open(path); !problem.isEmpty())
        Q_EMIT failed(problem);
}

void SessionMenu::askAndOpen()
{
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Open session"), QDir::homePath(), fileFilter());
    if (!path.isEmpty())
        open(path);
}

void SessionMenu::askAndSave()
{
    const QString before
        = m_files->isSaved() ? m_files->path() : QDir::homePath() + tr("/session.headrace");
    QString path
        = QFileDialog::getSaveFileName(m_window, tr("Save session as"), before, fileFilter());
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".headrace");
    m_files->saveAs(path);
}

// The files are looked into each time: another Headrace may have come or gone.
void SessionMenu::listEarlier()
{
    m_earlier->clear();
    const QList<EarlierSession> sessions = m_files->earlier();
    for (const EarlierSession &session : sessions) {
        const QString when = QLocale().toString(session.changed, QLocale::ShortFormat);
        const QString text = session.wasClosed
            ? tr("%1 · %2 exchanges").arg(when, formatCount(session.exchanges))
            : tr("%1 · %2 exchanges · not closed").arg(when, formatCount(session.exchanges));
        auto *choices = new QMenu(text, m_earlier);
        connect(choices->addAction(icon(QStringLiteral("open")), tr("Open")), &QAction::triggered,
            this, [this, path = session.path] { open(path); });
        connect(choices->addAction(icon(QStringLiteral("remove")), tr("Delete for good")),
            &QAction::triggered, this, [this, path = session.path] { m_files->discard(path); });
        m_earlier->addMenu(choices);
    }
    if (sessions.isEmpty())
        m_earlier->addAction(tr("None"))->setEnabled(false);
}

} // namespace headrace::ui

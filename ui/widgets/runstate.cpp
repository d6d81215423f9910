#include "widgets/runstate.h"

#include "shell/icons.h"
#include "widgets/panelaction.h"

#include <QCoreApplication>
#include <QPalette>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("RunState", text); }

} // namespace

QString textOf(RunState state)
{
    switch (state) {
    case RunState::Stopped:
        return tr("○ Stopped");
    case RunState::Starting:
        return tr("Starting…");
    case RunState::Running:
        return tr("● Running");
    case RunState::Stopping:
        return tr("Stopping…");
    }
    return {};
}

void showRunState(QAction *action, RunState state, const QString &startText,
    const QString &stopText, const QPalette &palette)
{
    const bool runs = state == RunState::Running || state == RunState::Stopping;
    action->setText(runs ? stopText : startText);
    action->setIconText(runs ? tr("Stop") : tr("Start"));
    action->setIcon(icon(runs ? QStringLiteral("stop") : QStringLiteral("play"),
        palette.color(QPalette::BrightText)));
    action->setToolTip(textWithKey(action->text(), action->shortcut()));
    action->setEnabled(state == RunState::Stopped || state == RunState::Running);
}

QString listenProblem(const QString &code, quint16 port)
{
    if (code == u"EADDRINUSE")
        return tr("%1 · Port %2 is used by another program. Choose another one.")
            .arg(code)
            .arg(port);
    if (code == u"EACCES")
        return tr("%1 · You may not listen on port %2. Ports from 1024 on are free to all.")
            .arg(code)
            .arg(port);
    return {};
}

} // namespace headrace::ui

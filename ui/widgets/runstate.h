#pragma once

#include <QString>

class QAction;
class QPalette;

namespace headrace::ui {

/// Of a server that its user starts and stops.
enum class RunState
{
    Stopped,
    Starting,
    Running,
    Stopping
};

QString textOf(RunState state); ///< With its glyph: "● Running".

/// Makes \a action the one that can be done now; disabled on the way. Its tool tip names the key. \a palette: of where it
/// is shown as the primary button.
void showRunState(QAction *action, RunState state, const QString &startText,
    const QString &stopText, const QPalette &palette);

/// Why nothing listens at \a port, by the code of the error, for people; empty for other codes.
QString listenProblem(const QString &code, quint16 port);

} // namespace headrace::ui

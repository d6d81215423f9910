#include "session/terminals.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>

namespace headrace::session {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("session::Terminals", text); }

struct Known
{
    const char *program;
    QStringList arguments; ///< That make it a process of its own, with the environment it is given.
};

QList<Known> knownTerminals()
{
    return { { "x-terminal-emulator", {} }, { "gnome-terminal", { QStringLiteral("--window") } },
        { "konsole", { QStringLiteral("--separate") } },
        { "xfce4-terminal", { QStringLiteral("--disable-server") } },
        { "mate-terminal", { QStringLiteral("--disable-factory") } }, { "kitty", {} },
        { "alacritty", {} }, { "foot", {} },
        { "wezterm", { QStringLiteral("start"), QStringLiteral("--always-new-process") } },
        { "xterm", {} } };
}

} // namespace

std::optional<Terminal> findTerminal(const QProcessEnvironment &environment)
{
    const QStringList folders = environment.value(QStringLiteral("PATH"))
                                    .split(QDir::listSeparator(), Qt::SkipEmptyParts);
    const auto find = [&folders](const QString &program) {
        return QStandardPaths::findExecutable(program, folders);
    };
    if (const QString chosen = environment.value(QStringLiteral("TERMINAL")); !chosen.isEmpty()) {
        if (const QString program = find(chosen); !program.isEmpty())
            return Terminal { program, {} };
    }
    for (const Known &known : knownTerminals()) {
        if (const QString program = find(QString::fromLatin1(known.program)); !program.isEmpty())
            return Terminal { program, known.arguments };
    }
    return std::nullopt;
}

QString openTerminal(const QProcessEnvironment &environment)
{
    const std::optional<Terminal> terminal = findTerminal(environment);
    if (!terminal)
        return tr("No terminal was found. Set TERMINAL to the program that you use.");
    QProcess process;
    process.setProgram(terminal->program);
    process.setArguments(terminal->arguments);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(QDir::homePath());
    return process.startDetached()
        ? QString()
        : tr("%1 cannot be started: %2").arg(terminal->program, process.errorString());
}

} // namespace headrace::session

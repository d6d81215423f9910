#pragma once

#include <mock/route.h>
#include <session/scriptmessage.h>

#include <QList>
#include <QObject>
#include <QTimer>

namespace headrace::session {
class Session;
}

namespace headrace::ui {

class ConsolePanel;
class ScriptEditor;
struct ConsoleLine;

/** What scripts say, brought to where it is seen: to the console, and as marks into the editors whose text it is
    about. A mark goes when that text is edited or the server starts again. */
class MockScripts : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed.
    MockScripts(session::Session *session, ConsolePanel *console,
        const QList<ScriptEditor *> &editors, QObject *parent = nullptr);

    void showMarks(); ///< An editor shows another script now.

Q_SIGNALS:
    /// A place that the user wants to see; which script has it, the definition knows.
    void placeRequested(
        const headrace::mock::Script &script, const QString &file, int line, int column);

private:
    void take(const QList<session::ScriptMessage> &messages);
    void forget(ScriptEditor *editor);
    void check(); ///< The scripts that are shown, for syntax errors; a moment after the last edit.
    void request(const ConsoleLine &line);

    session::Session *m_session;
    ConsolePanel *m_console;
    QList<ScriptEditor *> m_editors;
    QList<session::ScriptMessage> m_failures; ///< The last ones.
    QTimer m_checkTimer;
};

} // namespace headrace::ui

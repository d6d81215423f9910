#include "mock/mockscripts.h"

#include "mock/consolelog.h"
#include "mock/consolepanel.h"
#include "mock/scripteditor.h"

#include <session/session.h>

namespace headrace::ui {

namespace {

constexpr qsizetype MostFailures = 50; // each may be a mark
constexpr std::chrono::milliseconds CheckAfter { 500 };

} // namespace

using session::ScriptMessage;
using session::Session;

MockScripts::MockScripts(
    Session *session, ConsolePanel *console, const QList<ScriptEditor *> &editors, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_console(console)
    , m_editors(editors)
{
    connect(session, &Session::scriptMessages, this, &MockScripts::take);
    connect(session, &Session::scriptMemoryChanged, m_console, &ConsolePanel::setMemory);
    connect(session, &Session::mockStarted, this, [this] {
        m_failures.clear();
        showMarks();
    });
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(CheckAfter);
    connect(&m_checkTimer, &QTimer::timeout, this, &MockScripts::check);
    connect(session, &Session::scriptChecked, this, [this](const ScriptMessage &answer) {
        if (answer.text.isEmpty())
            return;
        m_failures.append(answer);
        showMarks();
    });
    connect(m_console, &ConsolePanel::placeActivated, this, &MockScripts::request);
    for (ScriptEditor *editor : m_editors)
        connect(editor, &ScriptEditor::textEdited, this, [this, editor] { forget(editor); });
}

void MockScripts::showMarks()
{
    for (ScriptEditor *editor : m_editors)
        editor->setFailures(m_failures);
}

void MockScripts::take(const QList<ScriptMessage> &messages)
{
    m_console->add(messages);
    const qsizetype before = m_failures.size();
    for (const ScriptMessage &message : messages) {
        if (message.kind == ScriptMessage::Kind::Failure)
            m_failures.append(message);
    }
    if (m_failures.size() == before)
        return;
    if (m_failures.size() > MostFailures)
        m_failures.remove(0, m_failures.size() - MostFailures);
    showMarks();
}

// The editor's marks are gone already; those of the other editor may be of the same file.
void MockScripts::forget(ScriptEditor *editor)
{
    const QString file = editor->script().file;
    m_failures.removeIf(
        [&file](const ScriptMessage &failure) { return failure.script.file == file; });
    m_checkTimer.start();
}

// A file that is as it is on the disk was right when it was run, or will be told then.
void MockScripts::check()
{
    for (const ScriptEditor *editor : m_editors) {
        if (editor->script().source && !editor->script().source->isEmpty())
            m_session->checkScript(editor->script());
    }
}

void MockScripts::request(const ConsoleLine &line)
{
    Q_EMIT placeRequested(line.script, line.file, line.line, line.column);
}

} // namespace headrace::ui

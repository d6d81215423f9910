#pragma once

#include <session/scriptmessage.h>

#include <QWidget>

class QAction;
class QLabel;

namespace headrace::ui {

class ConsoleLog;
class ConsoleView;
struct ConsoleLine;

/// The console of the scripts: what they say, with what can be done about it, and the memory that they take.
class ConsolePanel : public QWidget
{
    Q_OBJECT

public:
    explicit ConsolePanel(QWidget *parent = nullptr);

    void add(const QList<session::ScriptMessage> &messages);
    void setMemory(qint64 octets); ///< 0: no script is loaded.

    ConsoleLog *log() const;
    ConsoleView *view() const;

    /// Clear, follow, show times, go to the last error; also for the command palette.
    QList<QAction *> consoleActions() const;

    /// Goes to the place of the last failure, if there is one.
    void showLastError();

Q_SIGNALS:
    void placeActivated(const headrace::ui::ConsoleLine &line); ///< Of a line that names a place.

private:
    QAction *makeAction(const QString &text, const QString &shortText, const QString &iconName,
        const QKeySequence &key);
    void updateActions();

    ConsoleLog *m_log;
    ConsoleView *m_view;
    QLabel *m_memory;
    QAction *m_lastError = nullptr;
    QAction *m_times = nullptr;
    QAction *m_follow = nullptr;
    QAction *m_clear = nullptr;
};

} // namespace headrace::ui

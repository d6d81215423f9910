#pragma once

#include "mock/keptdefinition.h"
#include "mock/serverbar.h"
#include "shell/theme.h"

#include <mock/route.h>
#include <session/session.h>

#include <QTimer>
#include <QWidget>

class QAction;
class QSplitter;
class QStackedWidget;

namespace headrace::ui {

class ConsolePanel;
class MockScripts;
class NoticeBar;
class RouteListModel;
class RoutesPage;
class ScriptEditor;

/** The workspace of the mock server: its routes and the editor of the selected one, or the script that is the
    server; the line that starts and stops it; and the console of its scripts. The definition is kept in a file a moment after each change; a running server
    answers by it from the next request on. QWidget::actions() has what the command palette offers. */
class MockPanel : public QWidget
{
    Q_OBJECT

public:
    /// \a session: borrowed. \a keptPath: where the definition is kept between runs; empty keeps nothing.
    explicit MockPanel(
        session::Session *session, const QString &keptPath, QWidget *parent = nullptr);
    ~MockPanel() override; ///< Writes the definition.

    mock::Definition definition() const;
    void setDefinition(const mock::Definition &definition);

    /// Replaces the definition by that of a mock file; a broken one is told, and nothing changes.
    /// A script (.js, .cjs) becomes the server; the routes stay.
    bool openFile(const QString &path);
    bool saveFile(const QString
            &path); ///< A definition with problems is not written: it could not be opened.

    QString address() const; ///< While it runs.
    QAction *startStopAction() const; ///< For the status bar as well.

    RoutesPage *routesPage() const;
    ScriptEditor *serverScript() const; ///< Shown while a script is the server.
    ConsolePanel *console() const;

    /// Where the splitter stands, for the settings.
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

public Q_SLOTS:
    void start();
    void stop();
    void restart();
    void newScript(); ///< A script is the server; it begins as a template that serves.
    void copyAddress();

Q_SIGNALS:
    void showInTrafficRequested();

private:
    using State = RunState;
    enum class Offer
    {
        Nothing,
        FreePort,
        RestoreRoute,
        RestoreScript
    };

    void makeActions();
    void makePages();
    void makeExampleActions();
    void toggle();
    void chooseFile();
    void save();
    void saveAs();
    void showInTraffic();
    bool saveScript();
    bool saveRouteScripts();
    void replaceScript(const mock::Script &script);
    void showPlace(const mock::Script &script, const QString &file, int line, int column);
    void showPage();
    bool isRunAsShown() const;
    void restore();
    void keep();
    void apply();
    void onChanged();
    void onPortChanged();
    void onFailed(const QString &code, const QString &message);
    void takeOffer();
    void notify(Theme::Tone tone, const QString &text, Offer offer = Offer::Nothing);
    void setState(State state);
    void updateActions();

    session::Session *m_session = nullptr;
    KeptDefinition m_kept;
    QString m_filePath; ///< Of the mock file opened or saved last.
    QString m_name; ///< Of the definition.
    QTimer m_keepTimer;
    QTimer m_applyTimer;
    RoutesPage *m_page = nullptr;
    RouteListModel *m_routes = nullptr; ///< Of the page.
    ServerBar *m_bar = nullptr;
    NoticeBar *m_notice = nullptr;
    QSplitter *m_rows = nullptr;
    QStackedWidget *m_pages = nullptr;
    ScriptEditor *m_script = nullptr;
    ConsolePanel *m_console = nullptr;
    MockScripts *m_scripts = nullptr;
    QAction *m_startStop = nullptr;
    QAction *m_restart = nullptr;
    QAction *m_newScript = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_traffic = nullptr;
    QAction *m_open = nullptr;
    QAction *m_save = nullptr;
    QAction *m_saveAs = nullptr;
    State m_state = State::Stopped;
    bool m_restarts = false; ///< Stopping only to start on another port.
    Offer m_offer = Offer::Nothing;
    mock::Script m_started; ///< What runs, while a script is the server.
    mock::Script m_replaced;
};

} // namespace headrace::ui

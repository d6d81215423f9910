#pragma once

#include "shell/commands.h"
#include "shell/statusline.h"
#include "shell/theme.h"
#include "shell/windowmemory.h"

#include <exchange/exchange.h>

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

class QActionGroup;
class QStackedWidget;

namespace headrace::session {
class Session;
}

namespace headrace::ui {

class CommandPalette;
class ComposePanel;
class ExchangeActions;
class HarBar;
class HarMenu;
class HeldDock;
class Inspector;
class MockPanel;
class ProxyPanel;
class ReplayWindow;
class SessionBar;
class SessionMenu;
class Settings;
class TrafficPanel;
class TrafficWorkspace;
class WorkspaceRail;

/** The window: the rail of workspaces, the one in sight, and the status line. The workspaces know nothing of
    each other; what one asks for, this connects to the one that does it. */
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum class Workspace
    {
        Traffic,
        Compose,
        Mock,
        Proxy
    };

    /// All are borrowed and outlive the window.
    MainWindow(
        session::Session &session, Settings &settings, Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    Workspace workspace() const;
    void setWorkspace(Workspace workspace);

    /// Opens a session (*.headrace), imports HAR (*.har), or opens a mock file in its workspace; a file that cannot be
    /// read is told of there.
    void openFile(const QString &path);

    TrafficPanel *traffic() const;
    Inspector *trafficInspector() const;
    ComposePanel *compose() const;
    Inspector *composeInspector() const;
    MockPanel *mock() const;
    ProxyPanel *proxy() const;
    HeldDock *heldDock() const;
    ExchangeActions *exchangeActions() const;
    SessionBar *sessionBar() const; ///< Null when the session is in memory.
    HarBar *harBar() const;
    StatusLine *statusLine() const;
    CommandPalette *commandPalette() const;
    ReplayWindow *replayWindow() const; ///< Null while there is none.

public Q_SLOTS:
    void showCommandPalette();
    void showKeys();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void addWorkspace(const QString &title, const QString &iconName, QWidget *page);
    void makeActions();
    QAction *addWindowAction(const QString &text, const QString &iconName, const QKeySequence &key);
    void connectTraffic();
    void connectCompose();
    void connectSession();
    void connectProxy();
    void connectExchangeActions();
    void showProxy();
    void connectFiles();
    void showName();
    void resend(exchange::ExchangeId id);
    void openInComposer(exchange::ExchangeId id);
    void replay(const QList<exchange::ExchangeId> &ids);
    void setTheme(Theme::Choice choice);
    void updateCounts();
    void run(const Command &command);
    void showAbout();
    void addMemories();

    session::Session &m_session;
    Settings &m_settings;
    WindowMemory m_memory;
    Theme &m_theme;
    WorkspaceRail *m_rail;
    QStackedWidget *m_pages;
    QActionGroup *m_workspaceActions;
    QActionGroup *m_themeActions = nullptr;
    Inspector *m_trafficInspector;
    TrafficPanel *m_traffic;
    TrafficWorkspace *m_trafficWorkspace;
    ComposePanel *m_compose;
    Inspector *m_composeInspector;
    MockPanel *m_mock;
    ProxyPanel *m_proxy;
    HeldDock *m_heldDock;
    ExchangeActions *m_exchangeActions;
    StatusLine *m_status;
    CommandPalette *m_palette;
    SessionBar *m_sessionBar = nullptr;
    SessionMenu *m_sessionMenu = nullptr;
    HarBar *m_harBar;
    HarMenu *m_harMenu;
    QPointer<ReplayWindow> m_replay;
    QTimer m_countsTimer;
};

} // namespace headrace::ui

#pragma once

#include "proxy/proxybar.h"
#include "proxy/proxydefinition.h"
#include "shell/theme.h"

#include <exchange/filtercompletion.h>
#include <session/session.h>

#include <QTimer>
#include <QWidget>

#include <functional>

class QAction;
class QTabWidget;

namespace headrace::ui {

class BreakpointsPage;
class ClientLauncher;
class DevicesPage;
class HeldModel;
class NoticeBar;
class RulesPage;
class SettingsPage;

/** The workspace of the debugging proxy: the line that starts and stops it, and ways by which traffic gets in; its rules,
    its breakpoints, its certificates, and how it works. All is kept in a file a moment after each change, and
    takes effect at once; another port or address starts a proxy that runs anew. QWidget::actions() has what the
    command palette offers. */
class ProxyPanel : public QWidget
{
    Q_OBJECT

public:
    enum class Section
    {
        Rules,
        Breakpoints,
        Devices,
        Settings
    };

    /// \a session: borrowed. \a keptPath: where the definition is kept between runs; empty keeps nothing.
    explicit ProxyPanel(
        session::Session *session, const QString &keptPath, QWidget *parent = nullptr);
    ~ProxyPanel() override; ///< Writes the definition.

    ProxyDefinition definition() const;
    void setDefinition(const ProxyDefinition &definition);

    /// As they are set here, taken over or not.
    proxy::Settings settings() const;

    /// Changes the lists of hosts and of accepted certificates, at once; the rest of the settings stays as it is typed.
    void changeHosts(const std::function<void(proxy::Settings &)> &change);

    // Before all others, selected to be edited.
    void addRule(const proxy::Rule &rule);
    void addBreakpoint(const proxy::Breakpoint &breakpoint);

    QString address() const; ///< While it runs: where this machine reaches it, "127.0.0.1:8080".
    QAction *startStopAction() const;

    HeldModel *held() const; ///< What is held. Owner: the panel.
    RulesPage *rules() const;
    BreakpointsPage *breakpoints() const;
    DevicesPage *devices() const;
    SettingsPage *settingsPage() const;
    ProxyBar *bar() const;

    Section section() const;
    void setSection(Section section);

    /// What completion of filters offers; see FilterEdit::setValueSource().
    void setValueSource(const std::function<exchange::FilterValues()> &source);

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void settingsChanged(); ///< settings() answers otherwise; not everything of it need be usable.

public Q_SLOTS:
    void start();
    void stop();
    void copyAddress();

private:
    using State = RunState;

    void makeActions();
    void connectControl();
    void toggle();
    void onChanged();
    void onSettingsChanged();
    void keep();
    void applyRules();
    void applySettings();
    void onFailed(const QString &code, const QString &message);
    void notify(Theme::Tone tone, const QString &text, const QString &button = {});
    void takeOffer();
    void setState(State state);
    void showState();
    void showCounters();
    void showPassedHosts();

    session::Session *m_session;
    session::ProxyControl *m_control; ///< Owner: the session.
    KeptProxy m_kept;
    proxy::Settings m_settings; ///< As kept; what is not edited here is taken from it.
    QList<proxy::ListenAddress> m_listening; ///< As asked for at the last start.
    QTimer m_keepTimer;
    QTimer m_rulesTimer;
    QTimer m_settingsTimer;
    ClientLauncher *m_launcher;
    HeldModel *m_held;
    RulesPage *m_rules;
    BreakpointsPage *m_breakpoints;
    DevicesPage *m_devices;
    SettingsPage *m_settingsPage;
    NoticeBar *m_notice;
    QTabWidget *m_sections;
    ProxyBar *m_bar = nullptr;
    QAction *m_startStop = nullptr;
    QAction *m_copy = nullptr;
    State m_state = State::Stopped;
    bool m_restarts = false; ///< Stopping only to start with other listeners.
    bool m_offersFreePort = false;
};

} // namespace headrace::ui

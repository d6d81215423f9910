#pragma once

#include "shell/theme.h"

#include <session/browserlauncher.h>
#include <session/proxyaccess.h>

#include <QObject>

#include <functional>
#include <optional>

class QAction;

namespace headrace::session {
class ProxyControl;
}

namespace headrace::ui {

/// Opens programs that come through the proxy and trust it: browsers with a profile of their own, and terminals. The
/// proxy is started first, if need be.
class ClientLauncher : public QObject
{
    Q_OBJECT

public:
    /// \a control: borrowed. \a panel: gets the actions, for its keys and the command palette; owns this.
    ClientLauncher(session::ProxyControl *control, QWidget *panel);

    QList<QAction *> barActions() const; ///< A menu of the browsers, and the terminal.

Q_SIGNALS:
    void startRequested(); ///< Of the proxy.
    void noticed(headrace::ui::Theme::Tone tone, const QString &text);

private:
    void makeBrowserActions(QWidget *panel);
    void makeTerminalAction(QWidget *panel);
    void openTerminal();
    void launch(const session::Browser &browser);
    void whenRunning(std::function<void()> what);
    std::optional<session::ProxyAccess> access();

    session::ProxyControl *m_control;
    session::BrowserLauncher m_browsers;
    QAction *m_launch = nullptr;
    QAction *m_terminal = nullptr;
    std::function<void()> m_whenRunning;
};

} // namespace headrace::ui

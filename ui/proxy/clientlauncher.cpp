#include "proxy/clientlauncher.h"

#include "proxy/authoritymodel.h"
#include "shell/icons.h"
#include "widgets/panelaction.h"

#include <session/proxycontrol.h>
#include <session/terminals.h>

#include <QMenu>

#include <utility>

namespace headrace::ui {

using session::ProxyControl;

ClientLauncher::ClientLauncher(ProxyControl *control, QWidget *panel)
    : QObject(panel)
    , m_control(control)
{
    makeTerminalAction(panel);
    makeBrowserActions(panel);
    connect(control, &ProxyControl::started, this, [this] {
        if (const auto what = std::exchange(m_whenRunning, {}))
            what();
    });
    connect(control, &ProxyControl::failed, this, [this] { m_whenRunning = {}; });
    connect(&m_browsers, &session::BrowserLauncher::failed, this,
        [this](const QString &message) { Q_EMIT noticed(Theme::Tone::Failed, message); });
    connect(&m_browsers, &session::BrowserLauncher::noticed, this,
        [this](const QString &text) { Q_EMIT noticed(Theme::Tone::ClientError, text); });
}

QList<QAction *> ClientLauncher::barActions() const { return { m_launch, m_terminal }; }

void ClientLauncher::makeTerminalAction(QWidget *panel)
{
    m_terminal = makePanelAction(panel, tr("Open terminal that uses the proxy"),
        QStringLiteral("terminal"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T));
    m_terminal->setIconText(tr("Open terminal"));
    m_terminal->setToolTip(
        textWithKey(tr("A terminal in which curl, git, Node, Python and others come through the "
                       "proxy and trust it"),
            m_terminal->shortcut()));
    connect(m_terminal, &QAction::triggered, this, &ClientLauncher::openTerminal);
    panel->addAction(m_terminal);
}

// Each browser by its name in the command palette, and in a menu at the button.
void ClientLauncher::makeBrowserActions(QWidget *panel)
{
    auto *menu = new QMenu(panel);
    const QList<session::Browser> browsers
        = session::installedBrowsers(qEnvironmentVariable("PATH"));
    for (const session::Browser &browser : browsers) {
        auto *action = new QAction(tr("Launch %1").arg(browser.name), panel);
        action->setToolTip(
            tr("With a profile of its own that uses the proxy, trusts it, and goes when it ends"));
        connect(action, &QAction::triggered, this, [this, browser] { launch(browser); });
        menu->addAction(action);
        panel->addAction(action);
    }
    m_launch = new QAction(icon(QStringLiteral("browser")), tr("Launch browser"), panel);
    m_launch->setMenu(menu);
    m_launch->setEnabled(!browsers.isEmpty());
    m_launch->setToolTip(browsers.isEmpty()
            ? tr("Neither Chromium, Chrome nor Firefox was found")
            : tr("A browser with a profile of its own that uses the proxy and trusts it"));
}

void ClientLauncher::whenRunning(std::function<void()> what)
{
    if (m_control->isRunning()) {
        what();
        return;
    }
    m_whenRunning = std::move(what);
    Q_EMIT startRequested();
}

void ClientLauncher::openTerminal()
{
    whenRunning([this] {
        const auto through = access();
        if (!through)
            return;
        const QString problem = session::openTerminal(
            session::environmentThrough(*through, QProcessEnvironment::systemEnvironment()));
        if (!problem.isEmpty())
            Q_EMIT noticed(Theme::Tone::Failed, problem);
    });
}

void ClientLauncher::launch(const session::Browser &browser)
{
    whenRunning([this, browser] {
        if (const auto through = access())
            m_browsers.launch(browser, *through, QUrl(helpAddress()));
    });
}

std::optional<session::ProxyAccess> ClientLauncher::access()
{
    QString problem;
    const auto trust = session::makeTrustFiles(
        m_control->authorityFolder(), qEnvironmentVariable("SSL_CERT_FILE"), &problem);
    if (!trust) {
        Q_EMIT noticed(Theme::Tone::Failed, problem);
        return std::nullopt;
    }
    session::ProxyAccess access;
    access.port = m_control->port();
    access.credentials = m_control->settings().clientCredentials;
    access.trust = *trust;
    return access;
}

} // namespace headrace::ui

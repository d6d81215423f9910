#include "shell/mainwindow.h"

#include "composer/composepanel.h"
#include "composer/draftfromexchange.h"
#include "inspector/inspector.h"
#include "mock/mockpanel.h"
#include "proxy/exchangeactions.h"
#include "proxy/helddock.h"
#include "proxy/heldmodel.h"
#include "proxy/heldpanel.h"
#include "proxy/proxypanel.h"
#include "replay/replaywindow.h"
#include "shell/commandpalette.h"
#include "shell/filedrop.h"
#include "shell/format.h"
#include "shell/harbar.h"
#include "shell/harmenu.h"
#include "shell/icons.h"
#include "shell/keysdialog.h"
#include "shell/sessionbar.h"
#include "shell/sessionmenu.h"
#include "shell/settings.h"
#include "shell/workspacerail.h"
#include "traffic/trafficactions.h"
#include "traffic/trafficpanel.h"
#include "traffic/trafficworkspace.h"

#include <session/harfiles.h>
#include <session/proxycontrol.h>
#include <session/replay.h>
#include <session/session.h>
#include <session/sessionfiles.h>

#include <QAction>
#include <QActionGroup>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

using exchange::ExchangeId;

namespace {

constexpr int CountsInterval = 100; ///< Milliseconds; counts change faster than they can be read.

} // namespace

MainWindow::MainWindow(session::Session &session, Settings &settings, Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_settings(settings)
    , m_memory(settings)
    , m_theme(theme)
    , m_rail(new WorkspaceRail)
    , m_pages(new QStackedWidget)
    , m_workspaceActions(new QActionGroup(this))
    , m_trafficInspector(new Inspector)
    , m_traffic(new TrafficPanel(session.store()))
    , m_trafficWorkspace(new TrafficWorkspace(m_traffic, m_trafficInspector))
    , m_compose(new ComposePanel(&session, settings.draftsPath()))
    , m_composeInspector(new Inspector)
    , m_mock(new MockPanel(&session, settings.mockPath()))
    , m_proxy(new ProxyPanel(&session, settings.proxyPath()))
    , m_heldDock(new HeldDock(m_pages, m_proxy->held()))
    , m_exchangeActions(new ExchangeActions(session, m_proxy, this))
    , m_status(new StatusLine)
    , m_palette(nullptr)
    , m_harBar(new HarBar(session.harFiles()))
    , m_harMenu(new HarMenu(session.harFiles(), m_traffic, this))
{
    setWindowTitle(QStringLiteral("Headrace"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/headrace.svg")));
    setMinimumSize(720, 480);
    connect(new FileDrop(this), &FileDrop::dropped, this, &MainWindow::openFile);
    resize(1280, 800);

    if (session::SessionFiles *files = session.files()) {
        m_sessionBar = new SessionBar(files);
        m_sessionMenu = new SessionMenu(files, this);
    }
    m_compose->setInspector(m_composeInspector);
    addWorkspace(tr("Traffic"), QStringLiteral("traffic"), m_trafficWorkspace);
    addWorkspace(tr("Compose"), QStringLiteral("compose"), m_compose);
    addWorkspace(tr("Mock"), QStringLiteral("mock"), m_mock);
    addWorkspace(tr("Proxy"), QStringLiteral("proxy"), m_proxy);
    makeActions();

    auto *upper = new QHBoxLayout;
    upper->setContentsMargins(0, 0, 0, 0);
    upper->setSpacing(0);
    upper->addWidget(m_rail);
    upper->addWidget(m_heldDock, 1);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (m_sessionBar)
        layout->addWidget(m_sessionBar);
    layout->addWidget(m_harBar);
    layout->addLayout(upper, 1);
    layout->addWidget(m_status);
    setCentralWidget(content);

    m_palette = new CommandPalette(this);
    connect(m_palette, &CommandPalette::chosen, this, &MainWindow::run);
    m_countsTimer.setSingleShot(true);
    m_countsTimer.setInterval(CountsInterval);
    connect(&m_countsTimer, &QTimer::timeout, this, &MainWindow::updateCounts);

    connectTraffic();
    connectCompose();
    connectSession();
    connectProxy();
    connectExchangeActions();
    connectFiles();
    const int choice = m_settings.value(QStringLiteral("theme")).toInt();
    setTheme(Theme::Choice(std::clamp(choice, 0, int(Theme::Choice::Dark))));
    addMemories();
    m_memory.restore();
    updateCounts();
}

MainWindow::~MainWindow() = default;

void MainWindow::addWorkspace(const QString &title, const QString &iconName, QWidget *page)
{
    const int index = m_pages->addWidget(page);
    page->setProperty("workspace", title);
    QAction *action
        = addWindowAction(title, iconName, QKeySequence(QStringLiteral("Ctrl+%1").arg(index + 1)));
    action->setCheckable(true);
    action->setData(iconName);
    m_workspaceActions->addAction(action);
    connect(action, &QAction::triggered, this, [this, index] { setWorkspace(Workspace(index)); });
    m_rail->addWorkspace(action);
}

QAction *MainWindow::addWindowAction(
    const QString &text, const QString &iconName, const QKeySequence &key)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcut(key);
    if (!key.isEmpty())
        action->setToolTip(
            QStringLiteral("%1 (%2)").arg(text, key.toString(QKeySequence::NativeText)));
    addAction(action);
    return action;
}

void MainWindow::makeActions()
{
    auto *menu = new QMenu(tr("Session, settings and help"), this);
    QAction *commands = addWindowAction(
        tr("Command palette"), QStringLiteral("search"), QKeySequence(QStringLiteral("Ctrl+K")));
    connect(commands, &QAction::triggered, this, &MainWindow::showCommandPalette);
    QAction *keys = addWindowAction(tr("Keys"), {}, QKeySequence(Qt::Key_Question));
    connect(keys, &QAction::triggered, this, &MainWindow::showKeys);

    m_themeActions = new QActionGroup(this);
    const std::pair<QString, QString> themes[] = { { tr("Theme: as the system"), {} },
        { tr("Theme: light"), QStringLiteral("theme-light") },
        { tr("Theme: dark"), QStringLiteral("theme-dark") } };
    for (const auto &[text, iconName] : themes) {
        QAction *action = addWindowAction(text, iconName, {});
        action->setCheckable(true);
        m_themeActions->addAction(action);
        const auto choice = Theme::Choice(m_themeActions->actions().size() - 1);
        connect(action, &QAction::triggered, this, [this, choice] { setTheme(choice); });
    }
    QAction *about = addWindowAction(tr("About Headrace"), QStringLiteral("info"), {});
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
    QAction *quit = addWindowAction(tr("Quit"), {}, QKeySequence(QKeySequence::Quit));
    connect(quit, &QAction::triggered, this, &QWidget::close);

    if (m_sessionMenu)
        menu->addActions(m_sessionMenu->actions());
    menu->addActions(m_harMenu->actions());
    menu->addSeparator();
    menu->addActions({ commands, keys });
    menu->addSeparator();
    menu->addActions(m_themeActions->actions());
    menu->addSeparator();
    menu->addActions({ about, quit });
    m_rail->setMenu(menu);
}

void MainWindow::connectTraffic()
{
    connect(m_traffic, &TrafficPanel::currentExchangeChanged, this, [this](ExchangeId id) {
        m_trafficInspector->setExchange(m_session.store(), id);
        m_trafficWorkspace->setInspectorVisible(id != 0);
    });
    connect(m_traffic, &TrafficPanel::exchangeActivated, m_trafficInspector, &Inspector::focusTabs);
    connect(m_trafficInspector, &Inspector::exchangeActivated, m_traffic, &TrafficPanel::select);
    connect(m_traffic, &TrafficPanel::exchangeResendRequested, this, &MainWindow::resend);
    connect(m_traffic, &TrafficPanel::openInComposerRequested, this, &MainWindow::openInComposer);
    connect(m_traffic, &TrafficPanel::replayRequested, this, &MainWindow::replay);
    connect(m_traffic, &TrafficPanel::composeRequested, this, [this] {
        setWorkspace(Workspace::Compose);
        m_compose->focusUrl();
    });
    const auto countLater = [this] {
        if (!m_countsTimer.isActive())
            m_countsTimer.start();
    };
    connect(m_traffic, &TrafficPanel::countsChanged, this, countLater);
    connect(m_traffic, &TrafficPanel::filtersChanged, this, [this] {
        m_settings.setValue(QStringLiteral("traffic/filters"), m_traffic->saveFilters());
    });
    connect(m_session.store(), &exchange::Store::changed, this, countLater);
}

void MainWindow::connectCompose()
{
    m_composeInspector->setEmptyText(tr("Send the request to see the response here."));
    connect(m_compose, &ComposePanel::currentExchangeChanged, this,
        [this](ExchangeId id) { m_composeInspector->setExchange(m_session.store(), id); });
    connect(m_composeInspector, &Inspector::exchangeActivated, this,
        [this](ExchangeId id) { m_composeInspector->setExchange(m_session.store(), id); });
    m_composeInspector->setExchange(m_session.store(), m_compose->currentExchange());
}

void MainWindow::connectSession()
{
    const auto showMock = [this] {
        const quint16 port = m_session.mockPort();
        m_status->setMock(m_session.isMockRunning(),
            port == 0 ? QString() : QStringLiteral("127.0.0.1:%1").arg(port));
    };
    connect(&m_session, &session::Session::mockStarted, m_status, showMock);
    connect(&m_session, &session::Session::mockPortsChanged, m_status, showMock);
    connect(&m_session, &session::Session::mockStopped, m_status, showMock);
    connect(m_status, &StatusLine::stopMockRequested, &m_session, &session::Session::stopMock);
    connect(
        m_status, &StatusLine::startMockRequested, this, [this] { setWorkspace(Workspace::Mock); });
    showMock();
}

void MainWindow::connectProxy()
{
    using session::ProxyControl;
    ProxyControl *control = m_session.proxy();
    for (const auto signal : { &ProxyControl::stopped, &ProxyControl::countersChanged })
        connect(control, signal, this, &MainWindow::showProxy);
    connect(control, &ProxyControl::started, this, &MainWindow::showProxy);
    connect(m_status, &StatusLine::stopProxyRequested, m_proxy, &ProxyPanel::stop);
    connect(m_status, &StatusLine::startProxyRequested, this,
        [this] { setWorkspace(Workspace::Proxy); });
    connect(m_status, &StatusLine::heldRequested, m_heldDock, &HeldDock::showAndFocus);
    connect(m_proxy->held(), &HeldModel::countChanged, this,
        [this] { m_status->setHeld(m_proxy->held()->waitingCount()); });
    connect(m_heldDock->panel(), &HeldPanel::exchangeActivated, this, [this](ExchangeId id) {
        setWorkspace(Workspace::Traffic);
        m_traffic->select(id);
    });
    m_proxy->setValueSource([this] { return m_traffic->filterValues(); });
    m_status->setHeld(m_proxy->held()->waitingCount());
    showProxy();
}

void MainWindow::connectExchangeActions()
{
    TrafficActions *list = m_traffic->actions();
    list->addPart(
        tr("Host in the proxy"), QStringLiteral("proxy"), m_exchangeActions->hostActions());
    list->addPart(
        tr("Add rule for this URL"), QStringLiteral("add"), m_exchangeActions->ruleActions());
    connect(m_traffic, &TrafficPanel::currentExchangeChanged, m_exchangeActions,
        &ExchangeActions::setExchange);
    connect(m_trafficInspector, &Inspector::certificateAcceptRequested, m_exchangeActions,
        &ExchangeActions::acceptCertificate);
    connect(
        m_exchangeActions, &ExchangeActions::confirmationRequested, m_traffic, &TrafficPanel::ask);
    connect(m_exchangeActions, &ExchangeActions::told, m_traffic, &TrafficPanel::tell);
    connect(m_exchangeActions, &ExchangeActions::proxyRequested, this,
        [this] { setWorkspace(Workspace::Proxy); });
}

void MainWindow::showProxy()
{
    const proxy::Counters counters = m_session.proxy()->counters();
    m_status->setProxy(m_session.proxy()->isRunning(), m_proxy->address(),
        tr("%1 exchanges, %2 active · connections: %3 from clients, %4 to servers")
            .arg(formatCount(counters.exchanges), formatCount(counters.active),
                formatCount(counters.clientConnections), formatCount(counters.originConnections)));
}

void MainWindow::connectFiles()
{
    if (!m_sessionMenu)
        return;
    connect(m_sessionBar, &SessionBar::openRequested, m_sessionMenu, &SessionMenu::open);
    connect(m_sessionMenu, &SessionMenu::failed, m_sessionBar, &SessionBar::tellProblem);
    connect(m_session.files(), &session::SessionFiles::changed, this, &MainWindow::showName);
    showName();
    m_sessionBar->offerRecovery();
}

void MainWindow::showName() { setWindowTitle(tr("%1 — Headrace").arg(m_session.files()->name())); }

MainWindow::Workspace MainWindow::workspace() const { return Workspace(m_pages->currentIndex()); }

void MainWindow::setWorkspace(Workspace workspace)
{
    const int index = int(workspace);
    m_pages->setCurrentIndex(index);
    m_workspaceActions->actions().at(index)->setChecked(true);
    if (workspace == Workspace::Traffic)
        m_traffic->focusList();
    else
        m_pages->currentWidget()->setFocus();
}

void MainWindow::openFile(const QString &path)
{
    if (m_sessionMenu && path.endsWith(u".headrace", Qt::CaseInsensitive)) {
        setWorkspace(Workspace::Traffic);
        m_sessionMenu->open(path);
        return;
    }
    if (HarMenu::isHar(path)) {
        setWorkspace(Workspace::Traffic);
        m_session.harFiles()->importFile(path);
        return;
    }
    setWorkspace(Workspace::Mock);
    m_mock->openFile(path);
}

TrafficPanel *MainWindow::traffic() const { return m_traffic; }

Inspector *MainWindow::trafficInspector() const { return m_trafficInspector; }

ComposePanel *MainWindow::compose() const { return m_compose; }

Inspector *MainWindow::composeInspector() const { return m_composeInspector; }

MockPanel *MainWindow::mock() const { return m_mock; }

ProxyPanel *MainWindow::proxy() const { return m_proxy; }

HeldDock *MainWindow::heldDock() const { return m_heldDock; }

ExchangeActions *MainWindow::exchangeActions() const { return m_exchangeActions; }

SessionBar *MainWindow::sessionBar() const { return m_sessionBar; }

HarBar *MainWindow::harBar() const { return m_harBar; }

StatusLine *MainWindow::statusLine() const { return m_status; }

CommandPalette *MainWindow::commandPalette() const { return m_palette; }

void MainWindow::showCommandPalette() { m_palette->open(commandsOf(this)); }

void MainWindow::showKeys()
{
    auto *dialog = new KeysDialog(commandsOf(this), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    // What had a use for Esc (a find bar, an editor) took it; the rest comes up to here.
    if (event->key() == Qt::Key_Escape && workspace() == Workspace::Traffic) {
        m_traffic->focusList();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_sessionMenu && !m_sessionMenu->mayClose()) {
        event->ignore();
        return;
    }
    m_memory.save();
    QMainWindow::closeEvent(event);
}

void MainWindow::resend(ExchangeId id)
{
    const auto exchange = m_session.store()->exchange(id);
    if (!exchange)
        return;
    QString lost;
    const session::RequestDraft draft = draftFromExchange(*exchange, &lost);
    // What cannot be sent again as it was is for the user to complete.
    if (lost.isEmpty() && session::problems(draft).isEmpty())
        m_session.send(draft);
    else
        openInComposer(id);
}

void MainWindow::replay(const QList<ExchangeId> &ids)
{
    if (!m_replay) {
        m_replay = new ReplayWindow(m_session.store(), m_session.replay(), this);
        connect(m_replay, &ReplayWindow::exchangeActivated, this, [this](ExchangeId id) {
            setWorkspace(Workspace::Traffic);
            m_traffic->select(id);
            activateWindow();
        });
    }
    m_replay->setIds(ids);
    m_replay->show();
    m_replay->raise();
    m_replay->activateWindow();
}

ReplayWindow *MainWindow::replayWindow() const { return m_replay; }

void MainWindow::openInComposer(ExchangeId id)
{
    const auto exchange = m_session.store()->exchange(id);
    if (!exchange)
        return;
    m_compose->openExchange(*exchange);
    setWorkspace(Workspace::Compose);
}

void MainWindow::setTheme(Theme::Choice choice)
{
    m_theme.setChoice(choice);
    m_themeActions->actions().at(int(choice))->setChecked(true);
    m_settings.setValue(QStringLiteral("theme"), int(choice));
}

void MainWindow::updateCounts()
{
    const exchange::StoreStatus status = m_session.store()->status();
    m_status->setCounts({ m_traffic->totalCount(), m_traffic->shownCount(),
        m_traffic->selectedCount(), status.lostExchanges, status.memoryOctets, status.diskOctets });
}

void MainWindow::run(const Command &command)
{
    // An action of a workspace is done where it can be seen.
    for (int i = 0; i < m_pages->count(); ++i) {
        QWidget *page = m_pages->widget(i);
        if (command.owner && (page == command.owner || page->isAncestorOf(command.owner)))
            setWorkspace(Workspace(i));
    }
    if (command.action)
        command.action->trigger();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Headrace"),
        tr("<b>Headrace %1</b><p>A workbench for HTTP that shows what really passed.</p>"
           "<p>The program is licensed under the GNU General Public License, version 3 or later; "
           "its libraries under the MIT license. It uses Qt %2, QScintilla and llhttp.</p>")
            .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

void MainWindow::addMemories()
{
    using Panel = TrafficPanel;
    const auto key = [](const char *name) { return QString::fromLatin1(name); };
    m_memory.add(
        key("geometry"), [this] { return saveGeometry(); },
        [this](const QVariant &value) { restoreGeometry(value.toByteArray()); });
    m_memory.add(key("traffic/splitter"), m_trafficWorkspace, &TrafficWorkspace::saveState,
        &TrafficWorkspace::restoreState);
    m_memory.add(
        key("compose/splitter"), m_compose, &ComposePanel::saveState, &ComposePanel::restoreState);
    m_memory.add(key("mock/splitter"), m_mock, &MockPanel::saveState, &MockPanel::restoreState);
    m_memory.add(key("proxy/splitter"), m_proxy, &ProxyPanel::saveState, &ProxyPanel::restoreState);
    m_memory.add(key("held/place"), m_heldDock, &HeldDock::saveState, &HeldDock::restoreState);
    m_memory.add(key("traffic/columns"), m_traffic, &Panel::saveColumns, &Panel::restoreColumns);
    m_memory.add(key("traffic/filters"), m_traffic, &Panel::saveFilters, &Panel::restoreFilters);
    m_memory.add(key("traffic/hosts"), m_traffic, &Panel::saveHosts, &Panel::restoreHosts);
    const std::pair<QString, Inspector *> inspectors[] { { key("traffic/tab"), m_trafficInspector },
        { key("compose/tab"), m_composeInspector } };
    for (const auto &[name, inspector] : inspectors)
        m_memory.addIndex(
            name, Inspector::TabCount,
            [inspector = inspector] { return int(inspector->currentTab()); },
            [inspector = inspector](int tab) { inspector->setCurrentTab(Inspector::Tab(tab)); });
    m_memory.addIndex(
        key("workspace"), m_pages->count(), [this] { return int(workspace()); },
        [this](int index) { setWorkspace(Workspace(index)); });
}

} // namespace headrace::ui

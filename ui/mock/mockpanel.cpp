#include "mock/mockpanel.h"

#include "fields/keptfile.h"
#include "mock/consolepanel.h"
#include "mock/definitionfile.h"
#include "mock/mockscripts.h"
#include "mock/routelistmodel.h"
#include "mock/routespage.h"
#include "mock/scripteditor.h"
#include "shell/emptystate.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "widgets/panelaction.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto KeepAfter = 800ms;
constexpr auto ApplyAfter = 50ms;
constexpr quint16 FirstPort = 3000;

enum Page
{
    RoutePages,
    ScriptPage,
    EmptyScriptPage
};

} // namespace

MockPanel::MockPanel(session::Session *session, const QString &keptPath, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_kept(keptPath)
    , m_page(new RoutesPage(this))
    , m_routes(m_page->model())
    , m_notice(new NoticeBar(this))
    , m_rows(new QSplitter(Qt::Vertical, this))
    , m_pages(new QStackedWidget(this))
    , m_script(new ScriptEditor(tr("the server's script"), tr("A script without a file"), this))
    , m_console(new ConsolePanel(this))
{
    makeActions();
    makeExampleActions();
    m_bar = new ServerBar(m_startStop, m_copy, m_traffic, { m_newScript, m_open, m_save }, this);
    m_bar->setPort(FirstPort);

    makePages();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_bar);
    layout->addWidget(m_rows, 1);

    for (QTimer *timer : { &m_keepTimer, &m_applyTimer })
        timer->setSingleShot(true);
    m_keepTimer.setInterval(KeepAfter);
    m_applyTimer.setInterval(ApplyAfter);
    connect(&m_keepTimer, &QTimer::timeout, this, &MockPanel::keep);
    connect(&m_applyTimer, &QTimer::timeout, this, &MockPanel::apply);

    connect(m_page, &RoutesPage::changed, this, &MockPanel::onChanged);
    connect(m_page, &RoutesPage::removed, this, [this](const QString &title) {
        notify(Theme::Tone::Informational, tr("Removed %1").arg(title), Offer::RestoreRoute);
    });
    connect(m_bar, &ServerBar::portChanged, this, &MockPanel::onPortChanged);
    connect(m_bar, &ServerBar::kindChanged, this, &MockPanel::onChanged);
    connect(m_script, &ScriptEditor::changed, this, &MockPanel::onChanged);
    m_scripts = new MockScripts(m_session, m_console, { m_script, m_page->scriptEditor() }, this);
    connect(m_page, &RoutesPage::currentChanged, m_scripts, &MockScripts::showMarks);
    connect(m_scripts, &MockScripts::placeRequested, this, &MockPanel::showPlace);
    connect(m_notice, &NoticeBar::buttonClicked, this, &MockPanel::takeOffer);

    connect(m_session, &session::Session::mockStarted, this, [this](quint16 port) {
        if (port != 0)
            m_bar->setPort(port);
        setState(State::Running);
        m_keepTimer.start();
    });
    connect(m_session, &session::Session::mockPortsChanged, this, [this] { setState(m_state); });
    connect(m_session, &session::Session::mockStopped, this, [this] {
        setState(State::Stopped);
        if (std::exchange(m_restarts, false))
            start();
    });
    connect(m_session, &session::Session::mockFailed, this, &MockPanel::onFailed);

    restore();
    setState(m_session->isMockRunning() ? State::Running : State::Stopped);
}

MockPanel::~MockPanel()
{
    hide(); // The focus goes, and what that finishes is told, while all is still here.
    disconnect(m_session, nullptr, this, nullptr);
    keep();
}

void MockPanel::makeActions()
{
    using Keys = QKeySequence;
    m_startStop = addPanelAction(this, tr("Start mock server"), QStringLiteral("play"),
        Keys(Qt::CTRL | Qt::Key_Return), &MockPanel::toggle);
    m_restart = addPanelAction(this, tr("Restart mock server"), QStringLiteral("resend"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), &MockPanel::restart);
    m_newScript = addPanelAction(
        this, tr("New script…"), QStringLiteral("script"), {}, &MockPanel::newScript);
    m_copy = addPanelAction(this, tr("Copy mock address"), QStringLiteral("copy"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &MockPanel::copyAddress);
    m_traffic = addPanelAction(
        this, tr("Show in Traffic"), QStringLiteral("traffic"), {}, &MockPanel::showInTraffic);
    m_open = addPanelAction(this, tr("Open mock file or script…"), QStringLiteral("open"),
        Keys::Open, &MockPanel::chooseFile);
    m_save = addPanelAction(
        this, tr("Save mock file"), QStringLiteral("save"), Keys::Save, &MockPanel::save);
    m_saveAs = addPanelAction(this, tr("Save mock file as…"), QStringLiteral("save"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_S), &MockPanel::saveAs);
    m_newScript->setIconText(tr("New script"));
    m_open->setIconText(tr("Open…"));
    m_save->setIconText(tr("Save"));
}

// The examples stand in a menu at the button, and each by its name in the command palette.
void MockPanel::makeExampleActions()
{
    auto *menu = new QMenu(this);
    const auto add = [this, menu](const QString &text, auto function) {
        auto *action = new QAction(icon(QStringLiteral("script")), text, this);
        action->setToolTip(text);
        connect(action, &QAction::triggered, this, function);
        menu->addAction(action);
        return action;
    };
    add(tr("A server to begin with"), &MockPanel::newScript);
    menu->addSeparator();
    for (const ScriptExample &example : scriptExamples()) {
        addAction(add(tr("New script: %1").arg(example.title), [this, path = example.path] {
            QByteArray octets;
            KeptFile(path).read(&octets);
            replaceScript({ {}, QString::fromUtf8(octets) });
        }));
    }
    m_newScript->setMenu(menu->actions().size() > 2 ? menu : nullptr);
}

void MockPanel::makePages()
{
    auto *emptyScript = new EmptyState(this);
    emptyScript->setIcon(QStringLiteral("script"));
    emptyScript->setText(tr("Run a Node program as the server"),
        tr("It opens its servers itself: require('http').createServer(…).listen(process.env.PORT). "
           "Open… takes one that you have."));
    emptyScript->setButton(tr("Begin a script"));
    connect(emptyScript, &EmptyState::buttonClicked, this, &MockPanel::newScript);

    for (QWidget *page : QList<QWidget *> { m_page, m_script, emptyScript })
        m_pages->addWidget(page);
    m_rows->addWidget(m_pages);
    m_rows->addWidget(m_console);
    m_rows->setStretchFactor(0, 3);
    m_rows->setStretchFactor(1, 1);
    m_rows->setChildrenCollapsible(false);
    m_rows->setSizes({ 520, 190 });
    m_rows->setObjectName(QStringLiteral("mockRows"));
    for (QAction *action : m_console->consoleActions())
        addAction(action);
}

mock::Definition MockPanel::definition() const
{
    return { m_name, m_bar->port(), m_routes->routes(), m_script->script(), m_bar->isScripted() };
}

void MockPanel::setDefinition(const mock::Definition &definition)
{
    m_name = definition.name;
    m_bar->setPort(definition.port);
    m_page->setRoutes(definition.routes);
    // What runs is a server of the other kind, or another program.
    const bool isOther = definition.isScripted != m_bar->isScripted()
        || (definition.isScripted && definition.script != m_started);
    m_script->setScript(definition.script);
    m_bar->setScripted(definition.isScripted);
    m_scripts->showMarks();
    onChanged();
    if (isOther)
        restart();
    else if (definition.port != 0)
        onPortChanged();
}

QString MockPanel::address() const { return m_bar->address(); }

QAction *MockPanel::startStopAction() const { return m_startStop; }

RoutesPage *MockPanel::routesPage() const { return m_page; }

ScriptEditor *MockPanel::serverScript() const { return m_script; }

ConsolePanel *MockPanel::console() const { return m_console; }

QByteArray MockPanel::saveState() const { return m_page->saveState(); }

void MockPanel::restoreState(const QByteArray &state) { m_page->restoreState(state); }

void MockPanel::newScript()
{
    replaceScript({ {}, scriptTemplate(QStringLiteral("server")) });
    m_script->setFocus();
}

// What is only here and nowhere else can be taken back.
void MockPanel::replaceScript(const mock::Script &script)
{
    const mock::Script before = m_script->script();
    mock::Definition definition = this->definition();
    definition.script = script;
    definition.isScripted = true;
    setDefinition(definition);
    if (before.source && !before.source->isEmpty() && before != script) {
        m_replaced = before;
        notify(Theme::Tone::Informational, tr("Another script is the server now"),
            Offer::RestoreScript);
    } else {
        notify(Theme::Tone::Informational, {});
    }
}

void MockPanel::showPlace(const mock::Script &script, const QString &file, int line, int column)
{
    const auto isMeant = [&](const mock::Script &candidate) {
        return candidate == script || (!candidate.file.isEmpty() && candidate.file == file);
    };
    if (m_bar->isScripted() && isMeant(m_script->script())) {
        m_script->goTo(line, column);
        return;
    }
    for (int row = 0; row < m_routes->rowCount() && !m_bar->isScripted(); ++row) {
        if (m_routes->route(row).isScripted && isMeant(m_routes->route(row).script)) {
            m_page->select(row);
            m_page->scriptEditor()->goTo(line, column);
            return;
        }
    }
    notify(Theme::Tone::Informational,
        tr("%1, line %2: this file is not open here").arg(file).arg(line));
}

void MockPanel::showPage()
{
    const bool isScripted = m_bar->isScripted();
    bool hasScript = isScripted && !m_script->script().isEmpty();
    if (isScripted)
        m_pages->setCurrentIndex(hasScript ? ScriptPage : EmptyScriptPage);
    else
        m_pages->setCurrentIndex(RoutePages);
    for (int row = 0; row < m_routes->rowCount() && !isScripted; ++row)
        hasScript = hasScript || m_routes->route(row).isScripted;
    m_console->setVisible(hasScript);
}

void MockPanel::restore()
{
    setDefinition(m_kept.load({ {}, FirstPort, {} }));
    if (!m_kept.problem().isEmpty())
        notify(Theme::Tone::ClientError, m_kept.problem());
    m_keepTimer.stop();
    apply();
}

void MockPanel::keep()
{
    m_keepTimer.stop();
    if (!m_kept.save(definition()))
        notify(Theme::Tone::ClientError, m_kept.problem());
}

// A route that is wrong does not answer; the others do.
void MockPanel::apply()
{
    m_applyTimer.stop();
    mock::Definition definition = this->definition();
    for (int row = 0; row < m_routes->rowCount(); ++row) {
        if (!m_routes->problems(row).isEmpty())
            definition.routes[row].isEnabled = false;
    }
    m_session->setMockDefinition(definition);
}

void MockPanel::onChanged()
{
    showPage();
    if (!m_keepTimer.isActive())
        m_keepTimer.start();
    if (!m_applyTimer.isActive())
        m_applyTimer.start();
    updateActions();
}

void MockPanel::copyAddress()
{
    if (!address().isEmpty())
        QGuiApplication::clipboard()->setText(address());
}

void MockPanel::showInTraffic() { Q_EMIT showInTrafficRequested(); }

void MockPanel::toggle()
{
    if (m_state == State::Running)
        stop();
    else
        start();
}

void MockPanel::start()
{
    if (m_state != State::Stopped)
        return;
    if (m_bar->isScripted() && m_script->script().isEmpty()) {
        notify(
            Theme::Tone::ClientError, tr("There is no script to run yet: write one, or open one."));
        return;
    }
    notify(Theme::Tone::Informational, {});
    m_started = m_script->script();
    apply();
    setState(State::Starting);
    m_session->startMock(m_bar->port());
}

void MockPanel::stop()
{
    if (m_state != State::Running)
        return;
    setState(State::Stopping);
    m_session->stopMock();
}

void MockPanel::restart()
{
    if (m_state != State::Running)
        return;
    m_restarts = true;
    stop();
}

// A program takes the port for what it likes, and the next time.
void MockPanel::onPortChanged()
{
    if (!m_bar->isScripted() && m_bar->port() != m_session->mockPort())
        restart();
    m_keepTimer.start();
}

void MockPanel::onFailed(const QString &code, const QString &message)
{
    setState(State::Stopped);
    const QString problem = listenProblem(code, m_bar->port());
    notify(Theme::Tone::Failed,
        problem.isEmpty() ? tr("%1 · The mock server could not start: %2").arg(code, message)
                          : problem,
        Offer::FreePort);
}

void MockPanel::notify(Theme::Tone tone, const QString &text, Offer offer)
{
    m_offer = offer;
    const QString button = offer == Offer::FreePort ? tr("Use a free port")
        : offer != Offer::Nothing                   ? tr("Undo")
                                                    : QString();
    m_notice->setNotice(tone, text, button);
}

void MockPanel::takeOffer()
{
    switch (std::exchange(m_offer, Offer::Nothing)) {
    case Offer::FreePort:
        m_bar->setPort(0);
        start();
        break;
    case Offer::RestoreRoute:
        m_page->restoreRemoved();
        notify(Theme::Tone::Informational, {});
        break;
    case Offer::RestoreScript: {
        mock::Definition definition = this->definition();
        definition.script = m_replaced;
        setDefinition(definition);
        notify(Theme::Tone::Informational, {});
        break;
    }
    case Offer::Nothing:
        break;
    }
}

// A program goes on as it was started until it is started again.
bool MockPanel::isRunAsShown() const
{
    return m_state != State::Running || !m_bar->isScripted() || m_started == m_script->script();
}

void MockPanel::setState(State state)
{
    m_state = state;
    m_bar->setState(state, m_session->mockPort());
    updateActions();
}

void MockPanel::updateActions()
{
    showRunState(m_startStop, m_state, tr("Start mock server"), tr("Stop mock server"), palette());
    m_restart->setEnabled(m_state == State::Running);
    m_copy->setEnabled(!address().isEmpty());
    m_bar->setHint(isRunAsShown()
            ? QString()
            : tr("edited since · %1 restarts")
                  .arg(m_restart->shortcut().toString(QKeySequence::NativeText)));

    const int count = m_routes->rowCount();
    const bool hasScript = !m_script->script().isEmpty();
    m_save->setEnabled(m_bar->isScripted() ? hasScript : count > 0);
    m_saveAs->setEnabled(count > 0 || hasScript);
}

} // namespace headrace::ui

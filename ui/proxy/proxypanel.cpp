#include "proxy/proxypanel.h"

#include "proxy/breakpointlistmodel.h"
#include "proxy/breakpointspage.h"
#include "proxy/clientlauncher.h"
#include "proxy/devicespage.h"
#include "proxy/heldmodel.h"
#include "proxy/rulelistmodel.h"
#include "proxy/rulespage.h"
#include "proxy/ruletext.h"
#include "proxy/settingspage.h"
#include "shell/format.h"
#include "shell/noticebar.h"
#include "widgets/panelaction.h"

#include <session/proxycontrol.h>

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QTabWidget>
#include <QVBoxLayout>

namespace headrace::ui {

using session::ProxyControl;

namespace {

using namespace std::chrono_literals;

constexpr auto KeepAfter = 800ms;
constexpr auto RulesAfter = 50ms;
constexpr auto SettingsAfter = 400ms; // a host name is typed

QString counted(const QString &name, int count)
{
    return count == 0 ? name : QStringLiteral("%1 (%2)").arg(name).arg(count);
}

} // namespace

ProxyPanel::ProxyPanel(session::Session *session, const QString &keptPath, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_control(session->proxy())
    , m_kept(keptPath)
    , m_launcher(new ClientLauncher(m_control, this))
    , m_held(new HeldModel(this))
    , m_rules(new RulesPage(this))
    , m_breakpoints(new BreakpointsPage(this))
    , m_devices(new DevicesPage(m_control->authorityFolder(), this))
    , m_settingsPage(new SettingsPage(this))
    , m_notice(new NoticeBar(this))
    , m_sections(new QTabWidget(this))
{
    makeActions();
    m_bar = new ProxyBar(m_startStop, m_copy, m_launcher->barActions(), this);
    m_notice->setDismissible(true);
    m_sections->setDocumentMode(true);
    m_sections->setAccessibleName(tr("Parts of the proxy"));
    m_sections->addTab(m_rules, tr("Rules"));
    m_sections->addTab(m_breakpoints, tr("Breakpoints"));
    m_sections->addTab(m_devices, tr("Certificates && devices"));
    m_sections->addTab(m_settingsPage, tr("Settings"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_bar);
    layout->addWidget(m_sections, 1);

    for (QTimer *timer : { &m_keepTimer, &m_rulesTimer, &m_settingsTimer })
        timer->setSingleShot(true);
    m_keepTimer.setInterval(KeepAfter);
    m_rulesTimer.setInterval(RulesAfter);
    m_settingsTimer.setInterval(SettingsAfter);
    connect(&m_keepTimer, &QTimer::timeout, this, &ProxyPanel::keep);
    connect(&m_rulesTimer, &QTimer::timeout, this, &ProxyPanel::applyRules);
    connect(&m_settingsTimer, &QTimer::timeout, this, &ProxyPanel::applySettings);

    connect(m_rules, &RulesPage::changed, this, &ProxyPanel::onChanged);
    connect(m_breakpoints, &BreakpointsPage::changed, this, &ProxyPanel::onChanged);
    m_rules->setBreakpointSource([this] { return m_breakpoints->model()->breakpoints(); });
    connect(m_rules, &RulesPage::breakpointsImported, this,
        [this](const QList<proxy::Breakpoint> &breakpoints) {
            BreakpointListModel *model = m_breakpoints->model();
            for (proxy::Breakpoint breakpoint : breakpoints) {
                breakpoint.id = newBreakpoint().id;
                model->insertBreakpoint(model->rowCount(), breakpoint);
            }
        });
    connect(m_settingsPage, &SettingsPage::changed, this, &ProxyPanel::onSettingsChanged);
    connect(m_settingsPage, &SettingsPage::interceptAgainRequested, m_control,
        &ProxyControl::interceptAgain);
    connect(m_settingsPage, &SettingsPage::interceptAllAgainRequested, m_control,
        &ProxyControl::interceptAllAgain);
    connect(m_sections, &QTabWidget::currentChanged, this, &ProxyPanel::showPassedHosts);
    connect(m_bar, &ProxyBar::portChanged, this, &ProxyPanel::onSettingsChanged);
    connect(m_bar, &ProxyBar::openChanged, this, &ProxyPanel::onSettingsChanged);
    connect(m_bar, &ProxyBar::interceptsTlsChanged, this, &ProxyPanel::onSettingsChanged);
    connect(m_devices, &DevicesPage::openRequested, this, [this] {
        m_bar->setOpen(true);
        onSettingsChanged();
    });
    connect(m_notice, &NoticeBar::buttonClicked, this, &ProxyPanel::takeOffer);
    connect(
        m_notice, &NoticeBar::dismissed, this, [this] { notify(Theme::Tone::Informational, {}); });
    connect(m_launcher, &ClientLauncher::startRequested, this, &ProxyPanel::start);
    connect(m_launcher, &ClientLauncher::noticed, this,
        [this](Theme::Tone tone, const QString &text) { notify(tone, text); });

    connect(m_session, &session::Session::scriptMessages, m_rules, &RulesPage::addMessages);

    setDefinition(m_kept.load());
    m_keepTimer.stop();
    if (!m_kept.problem().isEmpty())
        notify(Theme::Tone::ClientError, m_kept.problem());
    applyRules();
    applySettings();
    connectControl();
    setState(m_control->isRunning() ? State::Running : State::Stopped);
}

ProxyPanel::~ProxyPanel()
{
    hide(); // The focus goes, and what that finishes is told, while all is still here.
    disconnect(m_control, nullptr, this, nullptr);
    keep();
}

void ProxyPanel::makeActions()
{
    using Keys = QKeySequence;
    m_startStop = addPanelAction(this, tr("Start proxy"), QStringLiteral("play"),
        Keys(Qt::CTRL | Qt::Key_Return), &ProxyPanel::toggle);
    m_copy = addPanelAction(this, tr("Copy proxy address"), QStringLiteral("copy"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &ProxyPanel::copyAddress);
    const std::pair<Section, QString> sections[] { { Section::Rules, tr("Show rules") },
        { Section::Breakpoints, tr("Show breakpoints") },
        { Section::Devices, tr("Show certificates and devices") },
        { Section::Settings, tr("Show settings of the proxy") } };
    int digit = 1;
    for (const auto &[section, text] : sections) {
        auto *action = new QAction(text, this);
        action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(digit++)));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setToolTip(text);
        connect(action, &QAction::triggered, this, [this, section = section] {
            setSection(section);
            m_sections->currentWidget()->setFocus();
        });
        addAction(action);
    }
}

void ProxyPanel::connectControl()
{
    connect(m_control, &ProxyControl::started, this, [this] { setState(State::Running); });
    connect(m_control, &ProxyControl::noticed, this,
        [this](const QString &text) { notify(Theme::Tone::ClientError, text); });
    connect(m_control, &ProxyControl::stopped, this, [this] {
        setState(State::Stopped);
        if (std::exchange(m_restarts, false))
            start();
    });
    connect(m_control, &ProxyControl::failed, this, &ProxyPanel::onFailed);
    connect(m_control, &ProxyControl::countersChanged, this, &ProxyPanel::showCounters);
    connect(m_control, &ProxyControl::matchesChanged, this,
        [this] { m_rules->model()->setMatches(m_control->matches()); });
    connect(m_control, &ProxyControl::breakpointsChanged, this,
        [this] { m_breakpoints->model()->takeStates(m_control->breakpoints()); });
    connect(m_control, &ProxyControl::passedHostsChanged, this, &ProxyPanel::showPassedHosts);
    m_held->setControl(m_control);
}

ProxyDefinition ProxyPanel::definition() const
{
    return { settings(), m_rules->model()->rules(), m_breakpoints->model()->breakpoints() };
}

void ProxyPanel::setDefinition(const ProxyDefinition &definition)
{
    m_settings = definition.settings;
    if (m_settings.listeners.isEmpty())
        m_settings.listeners = { proxy::ListenAddress() };
    const proxy::ListenAddress &first = m_settings.listeners.constFirst();
    m_bar->setPort(first.port);
    m_bar->setOpen(!first.isLoopback());
    m_bar->setInterceptsTls(m_settings.interceptsTls);
    m_settingsPage->setSettings(m_settings);
    m_rules->model()->setRules(definition.rules);
    m_breakpoints->model()->setBreakpoints(definition.breakpoints);
    m_rules->selectFirst();
    m_breakpoints->selectFirst();
    onSettingsChanged();
}

void ProxyPanel::changeHosts(const std::function<void(proxy::Settings &)> &change)
{
    proxy::Settings changed = settings();
    change(changed);
    m_settingsPage->setHosts(changed);
    onSettingsChanged();
    applySettings();
}

void ProxyPanel::addRule(const proxy::Rule &rule)
{
    setSection(Section::Rules);
    m_rules->insertRule(rule);
}

void ProxyPanel::addBreakpoint(const proxy::Breakpoint &breakpoint)
{
    setSection(Section::Breakpoints);
    m_breakpoints->insertBreakpoint(breakpoint);
}

QString ProxyPanel::address() const
{
    return m_state == State::Running && m_control->port() != 0
        ? QStringLiteral("127.0.0.1:%1").arg(m_control->port())
        : QString();
}

QAction *ProxyPanel::startStopAction() const { return m_startStop; }

HeldModel *ProxyPanel::held() const { return m_held; }

RulesPage *ProxyPanel::rules() const { return m_rules; }

BreakpointsPage *ProxyPanel::breakpoints() const { return m_breakpoints; }

DevicesPage *ProxyPanel::devices() const { return m_devices; }

SettingsPage *ProxyPanel::settingsPage() const { return m_settingsPage; }

ProxyBar *ProxyPanel::bar() const { return m_bar; }

ProxyPanel::Section ProxyPanel::section() const { return Section(m_sections->currentIndex()); }

void ProxyPanel::setSection(Section section) { m_sections->setCurrentIndex(int(section)); }

void ProxyPanel::setValueSource(const std::function<exchange::FilterValues()> &source)
{
    m_rules->setValueSource(source);
    m_breakpoints->setValueSource(source);
}

QByteArray ProxyPanel::saveState() const { return m_rules->saveState(); }

void ProxyPanel::restoreState(const QByteArray &state) { m_rules->restoreState(state); }

void ProxyPanel::toggle()
{
    if (m_state == State::Running)
        stop();
    else
        start();
}

void ProxyPanel::start()
{
    if (m_state != State::Stopped)
        return;
    notify(Theme::Tone::Informational, {});
    applyRules();
    applySettings();
    m_listening = settings().listeners;
    setState(State::Starting);
    m_control->start();
}

void ProxyPanel::stop()
{
    if (m_state != State::Running)
        return;
    setState(State::Stopping);
    m_control->stop();
}

void ProxyPanel::copyAddress()
{
    if (!address().isEmpty())
        QGuiApplication::clipboard()->setText(QStringLiteral("http://") + address());
}

proxy::Settings ProxyPanel::settings() const
{
    proxy::Settings settings = m_settings;
    proxy::ListenAddress &first = settings.listeners.first();
    first.port = m_bar->port();
    if (m_bar->isOpen() == first.isLoopback())
        first.address = QHostAddress(m_bar->isOpen() ? QHostAddress::Any : QHostAddress::LocalHost);
    settings.interceptsTls = m_bar->interceptsTls();
    m_settingsPage->addTo(settings);
    return settings;
}

void ProxyPanel::onChanged()
{
    if (!m_keepTimer.isActive())
        m_keepTimer.start();
    if (!m_rulesTimer.isActive())
        m_rulesTimer.start();
    m_sections->setTabText(int(Section::Rules), counted(tr("Rules"), m_rules->model()->rowCount()));
    m_sections->setTabText(
        int(Section::Breakpoints), counted(tr("Breakpoints"), m_breakpoints->model()->rowCount()));
}

void ProxyPanel::onSettingsChanged()
{
    if (!m_keepTimer.isActive())
        m_keepTimer.start();
    m_settingsTimer.start();
    showState();
    Q_EMIT settingsChanged();
}

void ProxyPanel::keep()
{
    m_keepTimer.stop();
    if (!m_kept.save(definition()))
        notify(Theme::Tone::ClientError, m_kept.problem());
}

void ProxyPanel::applyRules()
{
    m_rulesTimer.stop();
    m_control->setRules(m_rules->model()->usableRules());
    m_control->setBreakpoints(m_breakpoints->model()->usableBreakpoints());
}

void ProxyPanel::applySettings()
{
    m_settingsTimer.stop();
    m_control->setSettings(settings());
    if (m_state == State::Running && settings().listeners != m_listening) {
        m_restarts = true;
        stop();
    }
}

void ProxyPanel::onFailed(const QString &code, const QString &message)
{
    setState(State::Stopped);
    const QString problem = listenProblem(code, m_bar->port());
    const QString text
        = problem.isEmpty() ? tr("%1 · The proxy could not start: %2").arg(code, message) : problem;
    notify(Theme::Tone::Failed, text, tr("Use a free port"));
    m_offersFreePort = true;
}

void ProxyPanel::notify(Theme::Tone tone, const QString &text, const QString &button)
{
    m_offersFreePort = false;
    m_notice->setNotice(tone, text, button);
}

void ProxyPanel::takeOffer()
{
    if (!std::exchange(m_offersFreePort, false))
        return;
    m_bar->setPort(0);
    onSettingsChanged();
    start();
}

void ProxyPanel::setState(State state)
{
    m_state = state;
    showState();
}

void ProxyPanel::showState()
{
    m_bar->setState(m_state, m_state == State::Running ? m_control->addresses() : QStringList());
    showRunState(m_startStop, m_state, tr("Start proxy"), tr("Stop proxy"), palette());
    m_copy->setEnabled(!address().isEmpty());

    const bool asks = settings().clientCredentials.has_value();
    m_bar->setWarning(!m_bar->isOpen() ? QString()
            : asks
            ? tr("Open to the network. Clients have to show the user and password of Settings, "
                 "which are sent unencrypted.")
            : tr("Open to the network: everyone in it can use this proxy and reach what this "
                 "machine reaches. Set a user and a password in Settings, or close it when you "
                 "are done."));
    m_devices->setProxy(
        m_control->port(), m_bar->port() != 0 ? m_bar->port() : 8080, m_bar->isOpen());
    showCounters();
}

void ProxyPanel::showPassedHosts() { m_settingsPage->setPassedHosts(m_control->passedHosts()); }

// What it does beyond forwarding, and how much of it goes on.
void ProxyPanel::showCounters()
{
    const proxy::Settings now = settings();
    QStringList parts;
    if (now.reverse)
        parts += tr("reverse proxy for %1").arg(now.reverse->toString(QUrl::RemovePassword));
    if (now.upstream.choice == proxy::Upstream::Choice::Fixed && !now.upstream.url.isEmpty())
        parts += tr("through %1").arg(now.upstream.url.toString(QUrl::RemoveUserInfo));
    if (!now.interceptsTls)
        parts += tr("HTTPS passes through unseen");
    if (m_state == State::Running) {
        const proxy::Counters counters = m_control->counters();
        parts += counters.exchanges == 1 ? tr("1 exchange")
                                         : tr("%1 exchanges").arg(formatCount(counters.exchanges));
        if (counters.active > 0)
            parts += tr("%1 active").arg(formatCount(counters.active));
        if (counters.held > 0)
            parts += tr("%1 held").arg(formatCount(counters.held));
        parts += tr("connections: %1 from clients, %2 to servers")
                     .arg(formatCount(counters.clientConnections),
                         formatCount(counters.originConnections));
        if (counters.tunnels > 0)
            parts += tr("%1 tunnels").arg(formatCount(counters.tunnels));
    }
    m_bar->setRemark(parts.join(QStringLiteral(" · ")));
}

} // namespace headrace::ui

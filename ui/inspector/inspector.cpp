#include "inspector/inspector.h"

#include "inspector/bodypage.h"
#include "inspector/changespage.h"
#include "inspector/eventspage.h"
#include "inspector/framingpage.h"
#include "inspector/headlinebar.h"
#include "inspector/headspage.h"
#include "inspector/messagespage.h"
#include "inspector/overviewpage.h"
#include "inspector/rawpage.h"
#include "inspector/timingpage.h"
#include "inspector/tlspage.h"
#include "shell/emptystate.h"

#include <QAction>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace headrace::ui {

using exchange::ExchangeId;

Inspector::Inspector(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_headline(new HeadlineBar)
    , m_tabs(new QTabWidget)
    , m_overview(new OverviewPage)
    , m_headers(new HeadsPage(HeadsPage::What::Heads))
    , m_body(new BodyPage)
    , m_trailers(new HeadsPage(HeadsPage::What::Trailers))
    , m_events(new EventsPage)
    , m_framing(new FramingPage(this))
    , m_raw(new RawPage)
    , m_timing(new TimingPage)
    , m_tls(new TlsPage)
    , m_messages(new MessagesPage)
    , m_changes(new ChangesPage)
{
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(true);
    m_tabs->tabBar()->setExpanding(false);
    addPage(m_overview, tr("Overview"));
    addPage(m_headers, tr("Headers"));
    addPage(m_body, tr("Body"));
    addPage(m_trailers, tr("Trailers"));
    addPage(m_events, tr("Events"));
    addPage(m_framing, tr("Framing"));
    addPage(m_raw, tr("Raw"));
    addPage(m_timing, tr("Timing"));
    addPage(m_tls, tr("TLS"));
    addPage(m_messages, tr("Messages"));
    addPage(m_changes, tr("Changes"));
    connect(m_timing, &TimingPage::exchangeActivated, this, &Inspector::exchangeActivated);

    auto *content = new QWidget;
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(0);
    contentLayout->addWidget(m_headline);
    contentLayout->addWidget(m_tabs, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    setEmptyText(tr("Choose an exchange to see what passed."));

    m_reloadTimer.setSingleShot(true);
    connect(&m_reloadTimer, &QTimer::timeout, this, &Inspector::reload);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int index) {
        if (!m_isOffering)
            m_wantedTab = index;
        showCurrentPage();
        showSpan();
        Q_EMIT tabChanged(Tab(index));
    });
}

void Inspector::addPage(InspectorPage *page, const QString &title)
{
    const int index = m_tabs->addTab(page, title);
    m_pages += page;
    m_titles += title;
    connect(page, &InspectorPage::spanSelected, this,
        [this](const std::optional<exchange::WireSpan> &span) { m_span = span; });
    connect(page, &InspectorPage::rawRequested, this, [this] { setCurrentTab(Tab::Raw); });
    connect(page, &InspectorPage::certificateAcceptRequested, this,
        [this] { Q_EMIT certificateAcceptRequested(m_id); });
    auto *action = new QAction(tr("Inspector: %1").arg(title), this);
    if (index < 10) // as the digits lie on the keyboard
        action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg((index + 1) % 10)));
    connect(action, &QAction::triggered, this, [this, index] {
        m_tabs->setCurrentIndex(index);
        focusTabs();
    });
    addAction(action);
    m_tabActions += action;
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    m_tabs->setTabToolTip(index, key.isEmpty() ? title : QStringLiteral("%1 (%2)").arg(title, key));
}

void Inspector::setExchange(exchange::Store *store, ExchangeId id)
{
    if (m_store != store) {
        if (m_store)
            m_store->disconnect(this);
        m_store = store;
        m_body->setStore(store);
        m_timing->setStore(store);
        m_framing->setStore(store);
        m_raw->setStore(store);
        m_messages->setStore(store);
        if (store) {
            connect(store, &exchange::Store::changed, this, &Inspector::noteChanged);
            // An exchange shown before it is announced may be over by then: that is no change.
            connect(store, &exchange::Store::added, this, &Inspector::noteChanged);
            connect(store, &exchange::Store::removed, this, &Inspector::noteRemoved);
            connect(store, &exchange::Store::reset, this, [this] { setExchange(m_store, 0); });
        }
    }
    m_id = id;
    m_span.reset();
    m_isOther = true;
    m_reloadTimer.stop();
    reload();
}

ExchangeId Inspector::exchangeId() const { return m_exchange ? m_id : 0; }

void Inspector::setEmptyText(const QString &title, const QString &hint)
{
    m_empty->setText(title, hint);
}

Inspector::Tab Inspector::currentTab() const { return Tab(m_tabs->currentIndex()); }

void Inspector::setCurrentTab(Tab tab)
{
    m_wantedTab = int(tab);
    if (m_tabs->isTabVisible(m_wantedTab))
        m_tabs->setCurrentIndex(m_wantedTab);
}

bool Inspector::isOffered(Tab tab) const { return m_tabs->isTabVisible(int(tab)); }

void Inspector::focusTabs() { m_tabs->tabBar()->setFocus(Qt::ShortcutFocusReason); }

QString Inspector::headline() const { return m_exchange ? m_headline->text() : QString(); }

OverviewPage *Inspector::overviewPage() const { return m_overview; }

HeadsPage *Inspector::headersPage() const { return m_headers; }

BodyPage *Inspector::bodyPage() const { return m_body; }

HeadsPage *Inspector::trailersPage() const { return m_trailers; }

EventsPage *Inspector::eventsPage() const { return m_events; }

FramingPage *Inspector::framingPage() const { return m_framing; }

RawPage *Inspector::rawPage() const { return m_raw; }

TimingPage *Inspector::timingPage() const { return m_timing; }

TlsPage *Inspector::tlsPage() const { return m_tls; }

MessagesPage *Inspector::messagesPage() const { return m_messages; }

ChangesPage *Inspector::changesPage() const { return m_changes; }

void Inspector::noteChanged(const QList<ExchangeId> &ids)
{
    if (m_id == 0 || !ids.contains(m_id) || m_reloadTimer.isActive())
        return;
    const qint64 pause = 10 * m_reloadCost;
    const qint64 waited = m_sinceReload.isValid() ? m_sinceReload.elapsed() : pause;
    m_reloadTimer.start(int(std::max<qint64>(0, pause - waited)));
}

void Inspector::noteRemoved(const QList<ExchangeId> &ids)
{
    if (m_id != 0 && ids.contains(m_id))
        setExchange(m_store, 0);
}

void Inspector::reload()
{
    QElapsedTimer cost;
    cost.start();
    ++m_generation; // what is being read is not wanted any more
    const auto summary = m_store && m_id != 0 ? m_store->summary(m_id) : std::nullopt;
    if (!summary) {
        take({}, cost);
    } else if (summary->requestBodyOctets + summary->responseBodyOctets <= ReadAtOnce) {
        take(m_store->exchange(m_id, OctetLimit), cost);
    } else {
        if (m_exchange && m_exchange->summary.id != m_id)
            m_exchange.reset(); // what it showed stays in sight until then
        m_background.run(
            [store = m_store.data(), id = m_id] { return store->exchange(id, OctetLimit); },
            [this, cost, generation = m_generation](std::optional<exchange::Exchange> found) {
                if (generation == m_generation)
                    take(std::move(found), cost);
            });
    }
}

void Inspector::take(std::optional<exchange::Exchange> found, const QElapsedTimer &cost)
{
    m_exchange.reset();
    if (found)
        m_exchange = std::make_shared<const exchange::Exchange>(std::move(*found));
    m_stack->setCurrentIndex(m_exchange ? 1 : 0);
    if (m_exchange) {
        m_headline->setHeadline(headlineOf(*m_exchange));
        updateTabs();
        showCurrentPage();
        if (std::exchange(m_isOther, false))
            showSpan();
    }
    m_reloadCost = cost.elapsed();
    m_sinceReload.start();
}

void Inspector::showCurrentPage()
{
    const int index = m_tabs->currentIndex();
    if (m_exchange && index >= 0)
        m_pages.at(index)->showExchange(m_exchange);
}

void Inspector::showSpan()
{
    if (m_exchange && m_tabs->currentIndex() >= 0)
        m_pages.at(m_tabs->currentIndex())->showSpan(m_span);
}

void Inspector::updateTabs()
{
    const QScopedValueRollback offering(m_isOffering, true);
    const bool isWantedThere = m_pages.at(m_wantedTab)->isOffered(*m_exchange);
    if (!isWantedThere)
        m_tabs->setCurrentIndex(int(Tab::Overview));
    for (int i = 0; i < m_pages.size(); ++i) {
        const bool isThere = m_pages.at(i)->isOffered(*m_exchange);
        m_tabs->setTabVisible(i, isThere);
        m_tabActions.at(i)->setEnabled(isThere);
        const QString badge = m_pages.at(i)->badge(*m_exchange);
        m_tabs->setTabText(i,
            badge.isEmpty() ? m_titles.at(i)
                            : QStringLiteral("%1 (%2)").arg(m_titles.at(i), badge));
    }
    if (isWantedThere)
        m_tabs->setCurrentIndex(m_wantedTab);
}

} // namespace headrace::ui

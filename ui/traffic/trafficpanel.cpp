#include "traffic/trafficpanel.h"

#include "fields/fieldnames.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "traffic/confirmbar.h"
#include "traffic/filterbar.h"
#include "traffic/filteredit.h"
#include "traffic/hostpanel.h"
#include "traffic/trafficactions.h"
#include "traffic/trafficbar.h"
#include "traffic/trafficcommands.h"
#include "traffic/trafficheader.h"
#include "traffic/trafficmodel.h"
#include "traffic/trafficpages.h"
#include "traffic/trafficview.h"

#include <QAction>
#include <QJsonDocument>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::StoreStatus;

namespace {

constexpr int FirstHostsWidth = 200;
constexpr int SearchingDelay = 200; // milliseconds

QStringList headerNames()
{
    QStringList names = fieldNames(FieldUse::Request) + fieldNames(FieldUse::Response);
    names.removeDuplicates();
    return names;
}

} // namespace

TrafficPanel::TrafficPanel(exchange::Store *store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new TrafficModel(store, this))
    , m_view(new TrafficView(m_model))
    , m_actions(new TrafficActions(m_view))
    , m_commands(new TrafficCommands(m_view, m_actions, this))
    , m_bar(new TrafficBar(this))
    , m_problem(new NoticeBar(this))
    , m_notice(new NoticeBar(this))
    , m_confirm(new ConfirmBar(this))
    , m_pages(new TrafficPages(m_view, this))
    , m_hosts(new HostPanel(store, this))
    , m_splitter(new QSplitter(this))
{
    makeBar();
    makeHosts();
    connectFilter();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_problem);
    layout->addWidget(m_notice);
    layout->addWidget(m_confirm);
    layout->addWidget(m_splitter, 1);

    m_searchingTimer.setSingleShot(true);
    m_searchingTimer.setInterval(SearchingDelay);
    connect(&m_searchingTimer, &QTimer::timeout, this, &TrafficPanel::updateProgress);
    connect(&m_searchingTimer, &QTimer::timeout, this, &TrafficPanel::updateState);
    connect(m_pages, &TrafficPages::composeRequested, this, &TrafficPanel::composeRequested);
    connect(m_pages, &TrafficPages::clearFilterRequested, this, &TrafficPanel::clearFilters);
    connect(m_pages, &TrafficPages::cancelRequested, m_model->feed(), &TrafficFeed::cancel);
    connect(m_pages, &TrafficPages::resumeRequested, this, [this] { setPaused(false); });
    makeNotices();
    connectView();
    connectModel();
    updateProblem();
    m_searchingTimer.start();
}

TrafficPanel::~TrafficPanel() = default;

void TrafficPanel::makeBar()
{
    connect(m_bar, &TrafficBar::resumeRequested, this, [this] { setPaused(false); });

    auto *focusFilter = new QAction(tr("Filter exchanges"), this);
    focusFilter->setShortcut(QKeySequence::Find);
    focusFilter->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(focusFilter, &QAction::triggered, this, &TrafficPanel::focusFilter);
    addAction(focusFilter);

    m_pause = new QAction(icon(QStringLiteral("pause")), tr("Pause the list"), m_view);
    m_pause->setCheckable(true);
    m_pause->setShortcut(Qt::Key_P);
    m_pause->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_pause->setToolTip(tr("Pause the list: new exchanges are recorded and wait (P)"));
    connect(m_pause, &QAction::triggered, this, &TrafficPanel::setPaused);
    m_pages->addAction(m_pause); // Also while the list is empty.

    m_follow = new QAction(icon(QStringLiteral("arrow-down")), tr("Follow new exchanges"), this);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Keep the newest exchange in sight; scrolling away stops it"));
    connect(m_follow, &QAction::triggered, m_view, &TrafficView::setFollowing);
    connect(m_view, &TrafficView::followingChanged, m_follow, &QAction::setChecked);
    addAction(m_follow);

    m_showHosts = new QAction(icon(QStringLiteral("hosts")), tr("Group by host"), m_view);
    m_showHosts->setCheckable(true);
    m_showHosts->setShortcut(Qt::Key_H);
    m_showHosts->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_showHosts->setToolTip(tr("Show the hosts beside the list (H)"));
    m_splitter->addAction(m_showHosts);

    m_bar->addButton(m_showHosts);
    m_bar->addButton(m_pause);
    m_bar->addButton(m_follow);
    m_bar->addButton(m_actions->action(TrafficActions::Clear));
}

void TrafficPanel::connectFilter()
{
    FilterBar *filter = m_bar->filter();
    connect(filter, &FilterBar::filterChanged, this, &TrafficPanel::applyFilter);
    connect(filter, &FilterBar::cancelRequested, m_model->feed(), &TrafficFeed::cancel);
    connect(filter, &FilterBar::listRequested, this, &TrafficPanel::focusList);
    connect(filter, &FilterBar::stateChanged, this, &TrafficPanel::filtersChanged);
    filter->setValueSource([this] { return filterValues(); });
}

exchange::FilterValues TrafficPanel::filterValues() const
{
    return { m_hosts->names(), m_model->typesRead(), headerNames() };
}

void TrafficPanel::makeHosts()
{
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_hosts);
    m_splitter->addWidget(m_pages);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({ FirstHostsWidth, 1000 });
    m_hosts->hide();
    connect(m_showHosts, &QAction::triggered, m_hosts, &QWidget::setVisible);
    connect(m_hosts, &HostPanel::filterChosen, this,
        [this](const exchange::Filter &filter, const QString &name) {
            m_hostFilter = filter;
            m_bar->setHost(name);
            applyFilter();
        });
    connect(m_bar, &TrafficBar::hostClosed, m_hosts, &HostPanel::showAll);
}

void TrafficPanel::makeNotices()
{
    connect(m_commands, &TrafficCommands::noticed, this,
        [this](Theme::Tone tone, const QString &text, bool isCancelable) {
            m_notice->setNotice(tone, text, isCancelable ? tr("Cancel") : tr("Close"));
        });
    connect(m_notice, &NoticeBar::buttonClicked, this, [this] {
        m_commands->cancelSaving();
        m_notice->setNotice(Theme::Tone::Informational, {});
    });
    connect(m_confirm, &ConfirmBar::closed, this, &TrafficPanel::focusList);
    connect(m_store, &exchange::Store::statusChanged, this, &TrafficPanel::updateProblem);
    connect(m_store, &exchange::Store::statusChanged, this, &TrafficPanel::countsChanged);
}

void TrafficPanel::connectView()
{
    connect(m_view, &TrafficView::currentChanged, this, &TrafficPanel::currentExchangeChanged);
    connect(m_view, &TrafficView::activated, this, &TrafficPanel::exchangeActivated);
    connect(m_view, &TrafficView::selectionCountChanged, this, &TrafficPanel::countsChanged);
    connect(m_view, &TrafficView::menuRequested, this,
        [this](const QPoint &position) { m_actions->makeMenu()->popup(position); });
    connect(m_commands, &TrafficCommands::resendRequested, this, &TrafficPanel::resend);
    connect(m_commands, &TrafficCommands::openInComposerRequested, this,
        &TrafficPanel::openInComposerRequested);
    connect(m_commands, &TrafficCommands::replayRequested, this, &TrafficPanel::replayRequested);
    connect(m_commands, &TrafficCommands::removeRequested, this, &TrafficPanel::remove);
    connect(m_commands, &TrafficCommands::exportRequested, this, &TrafficPanel::exportRequested);
    connect(m_commands, &TrafficCommands::clearRequested, this, &TrafficPanel::clear);
    connect(m_commands, &TrafficCommands::filterRequested, m_bar->filter(), &FilterBar::andText);
}

void TrafficPanel::connectModel()
{
    for (const auto signal :
        { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(m_model, signal, this, &TrafficPanel::updateState);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TrafficPanel::updateState);
    connect(m_model->feed(), &TrafficFeed::searchStarted, this, [this] {
        m_share = -1;
        m_searchingTimer.start();
    });
    connect(m_model->feed(), &TrafficFeed::searchProgressed, this, [this](double share) {
        m_share = share;
        if (!m_searchingTimer.isActive())
            updateProgress();
    });
    connect(m_model->feed(), &TrafficFeed::searchFinished, this, [this](const QString &error) {
        m_searchingTimer.stop();
        m_bar->filter()->setIdle();
        if (!error.isEmpty())
            m_notice->setNotice(Theme::Tone::Failed, error, tr("Close"));
        updateState();
    });
    connect(m_model->feed(), &TrafficFeed::heldCountChanged, this, [this](qsizetype count) {
        m_bar->setPaused(isPaused(), count);
        updateState();
    });
    // What the filter does not let in changes the count all the same.
    connect(m_store, &exchange::Store::added, this, &TrafficPanel::countsChanged);
    connect(m_store, &exchange::Store::removed, this, &TrafficPanel::countsChanged);
}

TrafficView *TrafficPanel::view() const { return m_view; }

TrafficActions *TrafficPanel::actions() const { return m_actions; }

TrafficPages *TrafficPanel::pages() const { return m_pages; }

FilterBar *TrafficPanel::filterBar() const { return m_bar->filter(); }

QLineEdit *TrafficPanel::filterEdit() const { return m_bar->filter()->edit(); }

HostPanel *TrafficPanel::hosts() const { return m_hosts; }

qsizetype TrafficPanel::totalCount() const { return m_store->count(); }

qsizetype TrafficPanel::shownCount() const { return m_model->rowCount(); }

qsizetype TrafficPanel::selectedCount() const { return m_view->selectedCount(); }

ExchangeId TrafficPanel::currentId() const { return m_view->currentId(); }

void TrafficPanel::select(ExchangeId id)
{
    if (m_model->rowOf(id) < 0) {
        setPaused(false);
        if (!m_model->feed()->query().filter.isAll())
            clearFilters();
    }
    m_view->select(id);
}

bool TrafficPanel::isPaused() const { return m_model->feed()->isPaused(); }

void TrafficPanel::setPaused(bool isPaused)
{
    m_pause->setChecked(isPaused);
    m_model->feed()->setPaused(isPaused);
    m_bar->setPaused(isPaused, m_model->feed()->heldCount());
    updateState();
}

void TrafficPanel::tell(Theme::Tone tone, const QString &text)
{
    m_notice->setNotice(tone, text, tr("Close"));
}

void TrafficPanel::ask(
    const QString &question, const QString &buttonText, const std::function<void()> &then)
{
    m_confirm->ask(question, buttonText, then);
}

void TrafficPanel::addBarAction(QAction *action)
{
    addAction(action);
    m_bar->addButton(action);
}

QByteArray TrafficPanel::saveColumns() const { return m_view->header()->saveColumns(); }

void TrafficPanel::restoreColumns(const QByteArray &state)
{
    if (!state.isEmpty())
        m_view->header()->restoreColumns(state);
}

QByteArray TrafficPanel::saveHosts() const
{
    return (m_showHosts->isChecked() ? '+' : '-') + m_splitter->saveState();
}

void TrafficPanel::restoreHosts(const QByteArray &state)
{
    if (state.isEmpty())
        return;
    m_splitter->restoreState(state.sliced(1));
    m_splitter->setChildrenCollapsible(false);
    m_showHosts->setChecked(state.startsWith('+'));
    m_hosts->setVisible(m_showHosts->isChecked());
}

QByteArray TrafficPanel::saveFilters() const
{
    return QJsonDocument(m_bar->filter()->saveState()).toJson(QJsonDocument::Compact);
}

void TrafficPanel::restoreFilters(const QByteArray &state)
{
    m_bar->filter()->restoreState(QJsonDocument::fromJson(state).object());
}

void TrafficPanel::focusList()
{
    m_pages->currentWidget()->setFocus();
    if (m_pages->page() != TrafficPages::Page::List)
        return;
    if (m_view->currentId() == 0 && m_model->rowCount() > 0)
        m_view->setCurrentIndex(m_model->index(m_model->rowCount() - 1, 0));
}

void TrafficPanel::focusFilter() { m_bar->filter()->focusEdit(); }

void TrafficPanel::applyFilter()
{
    QList<exchange::Filter> parts { m_hostFilter, m_bar->filter()->filter() };
    parts.removeIf([](const exchange::Filter &part) { return part.isAll(); });
    m_model->setFilter(exchange::Filter::allOf(parts));
}

void TrafficPanel::clearFilters()
{
    m_bar->filter()->setText({});
    m_hosts->showAll();
}

void TrafficPanel::updateProgress()
{
    if (m_model->feed()->isSearching())
        m_bar->filter()->setProgress(m_share, m_model->rowCount());
}

void TrafficPanel::updateState()
{
    using Page = TrafficPages::Page;
    const TrafficFeed *feed = m_model->feed();
    m_follow->setEnabled(m_view->canFollow());
    Q_EMIT countsChanged();
    if (m_model->rowCount() > 0)
        m_pages->setPage(Page::List);
    else if (feed->isSearching() && m_searchingTimer.isActive())
        return;
    else if (feed->isSearching())
        m_pages->setPage(Page::Searching);
    else if (feed->heldCount() > 0)
        m_pages->setPage(Page::Paused, formatCount(feed->heldCount()));
    else if (feed->query().filter.isAll() || m_store->count() == 0)
        m_pages->setPage(Page::NothingRecorded);
    else
        m_pages->setPage(Page::NothingMatches, filterText());
}

QString TrafficPanel::filterText() const
{
    QStringList parts { m_hosts->chosen(), m_bar->filter()->text().trimmed() };
    parts.removeAll(QString());
    return parts.join(u' ');
}

void TrafficPanel::updateProblem()
{
    const StoreStatus status = m_store->status();
    m_problem->setNotice(status.condition == StoreStatus::Condition::Stopped
            ? Theme::Tone::Failed
            : Theme::Tone::ClientError,
        status.condition == StoreStatus::Condition::Recording ? QString() : status.problem);
}

void TrafficPanel::resend(const QList<ExchangeId> &ids)
{
    const auto ask = [this, ids] {
        for (const ExchangeId id : ids)
            Q_EMIT exchangeResendRequested(id);
    };
    if (ids.size() <= MostResentUnasked)
        ask();
    else
        m_confirm->ask(tr("Send %1 requests again, all at once?").arg(formatCount(ids.size())),
            tr("Resend"), ask);
}

void TrafficPanel::remove(const QList<ExchangeId> &ids)
{
    if (ids.size() <= MostDeletedUnasked) {
        m_store->remove(ids);
        return;
    }
    m_confirm->ask(tr("Delete %1 exchanges? This cannot be undone.").arg(formatCount(ids.size())),
        tr("Delete"), [this, ids] { m_store->remove(ids); });
}

void TrafficPanel::clear()
{
    const qsizetype count = m_store->count();
    if (count == 0)
        return;
    m_confirm->ask(count == 1
            ? tr("Delete the exchange? This cannot be undone.")
            : tr("Delete all %1 exchanges? This cannot be undone.").arg(formatCount(count)),
        tr("Delete all"), [this] { m_store->clear(); });
}

} // namespace headrace::ui

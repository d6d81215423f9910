#include "traffic/trafficpanel.h"

#include "shell/emptystate.h"
#include "shell/icons.h"
#include "traffic/curlcommand.h"
#include "traffic/trafficfiltermodel.h"
#include "traffic/trafficmodel.h"
#include "traffic/trafficview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::ExchangeId;

TrafficPanel::TrafficPanel(exchange::Store *store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new TrafficModel(store, this))
    , m_filterModel(new TrafficFilterModel(this))
    , m_view(nullptr)
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_noMatch(new EmptyState(this))
{
    m_filterModel->setSourceModel(m_model);
    m_view = new TrafficView(m_filterModel, this);

    m_empty->setIcon(QStringLiteral("traffic"));
    m_empty->setText(tr("Every request and its answer appears here as it passes."),
        tr("Send one from the composer, or start a mock server and call it."));
    m_empty->setButton(tr("Compose a request"), QStringLiteral("Ctrl+N"));
    m_noMatch->setIcon(QStringLiteral("filter"));
    m_noMatch->setButton(tr("Clear the filter"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_noMatch);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);

    connect(m_empty, &EmptyState::buttonClicked, this, &TrafficPanel::composeRequested);
    connect(m_noMatch, &EmptyState::buttonClicked, m_filter, &QLineEdit::clear);
    connectView();
    updateState();
}

QWidget *TrafficPanel::makeBar()
{
    auto *bar = new QWidget(this);
    m_filter = new QLineEdit(bar);
    m_filter->setPlaceholderText(tr("Filter by method, host, path, status or type"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setToolTip(
        tr("Every word must occur in method, host, path, status, type or notes (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filterModel->setFilter(text);
        updateState();
    });

    auto *focusFilter = new QAction(tr("Filter exchanges"), this);
    focusFilter->setShortcut(QKeySequence::Find);
    focusFilter->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(focusFilter, &QAction::triggered, this, &TrafficPanel::focusFilter);
    addAction(focusFilter);

    m_follow = new QAction(icon(QStringLiteral("arrow-down")), tr("Follow new exchanges"), this);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Keep the newest exchange in sight; scrolling up stops it"));
    connect(m_follow, &QAction::triggered, m_view, &TrafficView::setFollowing);
    connect(m_view, &TrafficView::followingChanged, m_follow, &QAction::setChecked);
    addAction(m_follow);

    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_filter, 1);
    m_bar = bar;
    addButton(m_follow);
    addButton(m_view->exchangeActions().constLast()); // Clear
    return bar;
}

void TrafficPanel::addButton(QAction *action)
{
    auto *button = new QToolButton(m_bar);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    m_bar->layout()->addWidget(button);
}

void TrafficPanel::addBarAction(QAction *action)
{
    addAction(action);
    addButton(action);
}

void TrafficPanel::connectView()
{
    connect(m_view, &TrafficView::currentChanged, this, &TrafficPanel::currentExchangeChanged);
    connect(m_view, &TrafficView::activated, this, &TrafficPanel::exchangeActivated);
    connect(m_view, &TrafficView::resendRequested, this, &TrafficPanel::exchangeResendRequested);
    connect(m_view, &TrafficView::openInComposerRequested, this,
        &TrafficPanel::openInComposerRequested);
    connect(m_view, &TrafficView::selectionCountChanged, this, &TrafficPanel::countsChanged);
    connect(m_view, &TrafficView::copyUrlRequested, this, &TrafficPanel::copyUrls);
    connect(m_view, &TrafficView::copyAsCurlRequested, this, &TrafficPanel::copyAsCurl);
    connect(m_view, &TrafficView::removeRequested, this,
        [this](const QList<ExchangeId> &ids) { m_store->remove(ids); });
    connect(m_view, &TrafficView::clearRequested, this, [this] { m_store->clear(); });
    for (const auto signal :
        { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(m_filterModel, signal, this, &TrafficPanel::updateState);
    connect(m_filterModel, &QAbstractItemModel::modelReset, this, &TrafficPanel::updateState);
    for (const auto signal :
        { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(m_model, signal, this, &TrafficPanel::updateState);
}

TrafficView *TrafficPanel::view() const { return m_view; }

QLineEdit *TrafficPanel::filterEdit() const { return m_filter; }

qsizetype TrafficPanel::totalCount() const { return m_model->rowCount(); }

qsizetype TrafficPanel::shownCount() const { return m_filterModel->rowCount(); }

qsizetype TrafficPanel::selectedCount() const
{
    return m_view->selectionModel()->selectedRows().size();
}

ExchangeId TrafficPanel::currentId() const { return m_view->currentId(); }

void TrafficPanel::select(ExchangeId id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    QModelIndex index = m_filterModel->mapFromSource(m_model->index(row, 0));
    if (!index.isValid()) {
        m_filter->clear();
        index = m_filterModel->mapFromSource(m_model->index(row, 0));
    }
    m_view->setCurrentIndex(index);
}

QByteArray TrafficPanel::saveColumns() const { return m_view->horizontalHeader()->saveState(); }

void TrafficPanel::restoreColumns(const QByteArray &state)
{
    if (!state.isEmpty())
        m_view->horizontalHeader()->restoreState(state);
}

void TrafficPanel::focusList()
{
    m_stack->currentWidget()->setFocus();
    if (m_stack->currentWidget() != m_view)
        return;
    if (m_view->currentId() == 0 && m_filterModel->rowCount() > 0)
        m_view->setCurrentIndex(m_filterModel->index(m_filterModel->rowCount() - 1, 0));
}

void TrafficPanel::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

bool TrafficPanel::eventFilter(QObject *watched, QEvent *event)
{
    // From the filter, Down and Enter lead into the list.
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            focusList();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TrafficPanel::updateState()
{
    QWidget *page = m_view;
    if (m_model->rowCount() == 0) {
        page = m_empty;
    } else if (m_filterModel->rowCount() == 0) {
        m_noMatch->setText(tr("No exchange matches “%1”.").arg(m_filterModel->filter()));
        page = m_noMatch;
    }
    m_stack->setCurrentWidget(page);
    Q_EMIT countsChanged();
}

void TrafficPanel::copyUrls(const QList<ExchangeId> &ids)
{
    QStringList urls;
    for (const ExchangeId id : ids) {
        if (const auto summary = m_store->summary(id))
            urls += TrafficModel::urlOf(*summary);
    }
    QGuiApplication::clipboard()->setText(urls.join(u'\n'));
}

void TrafficPanel::copyAsCurl(const QList<ExchangeId> &ids)
{
    QStringList commands;
    for (const ExchangeId id : ids) {
        if (const auto exchange = m_store->exchange(id))
            commands += curlCommand(*exchange);
    }
    QGuiApplication::clipboard()->setText(commands.join(u'\n'));
}

} // namespace headrace::ui

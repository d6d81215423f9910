#include "traffic/trafficview.h"

#include "shell/icons.h"
#include "traffic/trafficcolumns.h"
#include "traffic/trafficdelegate.h"
#include "traffic/trafficfiltermodel.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace headrace::ui {

using exchange::ExchangeId;

namespace {

constexpr int RowHeight = 22;

ExchangeId idOf(const QModelIndex &index)
{
    return index.isValid() ? index.data(ExchangeIdRole).value<ExchangeId>() : 0;
}

/// A text as wide as the column should be at first.
QString sample(TrafficColumn column)
{
    switch (column) {
    case TrafficColumn::Number:
        return QStringLiteral("100000");
    case TrafficColumn::Time:
        return QStringLiteral("00:00:00.000");
    case TrafficColumn::Source:
        return QStringLiteral("Composer");
    case TrafficColumn::Method:
        return QStringLiteral("OPTIONS");
    case TrafficColumn::Host:
        return QStringLiteral("api.example.test:8443");
    case TrafficColumn::Status:
        return QStringLiteral("✕ failed");
    case TrafficColumn::Type:
        return QStringLiteral("javascript");
    case TrafficColumn::Size:
        return QStringLiteral("1,000 kB");
    case TrafficColumn::Duration:
        return QStringLiteral("100,000");
    case TrafficColumn::Notes:
        return QStringLiteral("✕ ECONNREFUSED ·");
    case TrafficColumn::Path:
        break;
    }
    return QStringLiteral("/v1/some/longer/path?with=query");
}

} // namespace

TrafficView::TrafficView(TrafficFilterModel *model, QWidget *parent)
    : QTableView(parent)
{
    setAccessibleName(tr("Exchanges"));
    setModel(model);
    setItemDelegate(new TrafficDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    makeColumns();
    makeActions();

    // Selecting the row that is current already, as it is after getting the focus, changes the selection
    // alone; while another row becomes current, the old one is not selected any more.
    const auto tell = [this](ExchangeId id) {
        if (std::exchange(m_shown, id) != id)
            Q_EMIT currentChanged(id);
    };
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this, tell] { tell(currentId()); });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this, tell] {
        if (const ExchangeId id = currentId(); id != 0)
            tell(id);
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        Q_EMIT selectionCountChanged(selectionModel()->selectedRows().size());
    });
    connect(this, &QTableView::activated, this,
        [this](const QModelIndex &index) { Q_EMIT activated(idOf(index)); });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_isFollowing)
            scrollToBottom();
        updateActions();
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, &TrafficView::updateActions);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        QMetaObject::invokeMethod(this, &TrafficView::noteScrolled, Qt::QueuedConnection);
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        // Wheel and keys do not trigger a slider action; going up is what stops following.
        if (m_isFollowing && value < verticalScrollBar()->maximum() && underMouse())
            noteScrolled();
        else if (!m_isFollowing && value == verticalScrollBar()->maximum())
            noteScrolled();
    });
    updateActions();
}

void TrafficView::makeColumns()
{
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(RowHeight);
    verticalHeader()->setDefaultSectionSize(qMax(RowHeight, fontMetrics().height() + 4));
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(32);
    header->setSectionsMovable(true);
    header->setTextElideMode(Qt::ElideRight);
    for (int column = 0; column < TrafficColumnCount; ++column) {
        const QFontMetrics metrics(TrafficDelegate::fontOf(column));
        header->resizeSection(
            column, metrics.horizontalAdvance(sample(TrafficColumn(column))) + 14);
    }
    header->setSectionResizeMode(int(TrafficColumn::Path), QHeaderView::Stretch);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
}

QAction *TrafficView::addRowAction(
    const QString &text, const QString &iconName, const QKeySequence &key)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    m_actions += action;
    return action;
}

void TrafficView::makeActions()
{
    m_openInComposer = addRowAction(tr("Open in composer"), QStringLiteral("compose"), {});
    m_resend = addRowAction(tr("Resend"), QStringLiteral("resend"), QKeySequence(Qt::Key_R));
    m_copyUrl = addRowAction(tr("Copy URL"), QStringLiteral("copy"), {});
    m_copyAsCurl = addRowAction(tr("Copy as cURL"), QString(), {});
    m_remove = addRowAction(tr("Delete"), QStringLiteral("remove"), QKeySequence::Delete);
    m_clear = addRowAction(tr("Clear all exchanges"), QStringLiteral("clear"), {});
    m_copyUrl->setShortcut(QKeySequence::Copy);

    connect(m_openInComposer, &QAction::triggered, this,
        [this] { Q_EMIT openInComposerRequested(currentId()); });
    connect(m_resend, &QAction::triggered, this, [this] {
        const QList<ExchangeId> ids = selectedIds();
        for (const ExchangeId id : ids)
            Q_EMIT resendRequested(id);
    });
    connect(
        m_copyUrl, &QAction::triggered, this, [this] { Q_EMIT copyUrlRequested(selectedIds()); });
    connect(m_copyAsCurl, &QAction::triggered, this,
        [this] { Q_EMIT copyAsCurlRequested(selectedIds()); });
    connect(m_remove, &QAction::triggered, this, [this] { Q_EMIT removeRequested(selectedIds()); });
    connect(m_clear, &QAction::triggered, this, &TrafficView::clearRequested);

    const auto addKey = [this](const QString &text, Qt::Key key, int rows) {
        QAction *action = addRowAction(text, QString(), QKeySequence(key));
        m_actions.removeLast(); // A key, no menu item.
        connect(action, &QAction::triggered, this, [this, rows] { step(rows); });
    };
    addKey(tr("Next exchange"), Qt::Key_J, 1);
    addKey(tr("Previous exchange"), Qt::Key_K, -1);
}

ExchangeId TrafficView::currentId() const { return idOf(currentIndex()); }

QList<ExchangeId> TrafficView::selectedIds() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QList<ExchangeId> ids;
    ids.reserve(rows.size());
    for (const QModelIndex &row : std::as_const(rows))
        ids += idOf(row);
    return ids;
}

void TrafficView::select(ExchangeId id)
{
    // Rows are looked for from the end: what is asked for is mostly new.
    for (int row = model()->rowCount() - 1; row >= 0; --row) {
        const QModelIndex index = model()->index(row, 0);
        if (idOf(index) == id) {
            setCurrentIndex(index);
            return;
        }
    }
}

bool TrafficView::isFollowing() const { return m_isFollowing; }

void TrafficView::setFollowing(bool follow)
{
    if (follow)
        scrollToBottom();
    if (m_isFollowing == follow)
        return;
    m_isFollowing = follow;
    Q_EMIT followingChanged(follow);
}

const QList<QAction *> &TrafficView::exchangeActions() const { return m_actions; }

void TrafficView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    menu.addActions({ m_openInComposer, m_resend });
    menu.addSeparator();
    menu.addActions({ m_copyUrl, m_copyAsCurl });
    menu.addSeparator();
    menu.addActions({ m_remove, m_clear });
    menu.exec(event->globalPos());
}

void TrafficView::keyPressEvent(QKeyEvent *event)
{
    // Letters are keys here, not a search for a row number.
    const bool isText = !event->text().isEmpty() && event->text().at(0).isPrint()
        && event->key() != Qt::Key_Space;
    if (isText && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
    if (verticalScrollBar()->value() < verticalScrollBar()->maximum())
        noteScrolled();
}

void TrafficView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_isFollowing)
        scrollToBottom();
}

void TrafficView::step(int rows)
{
    const int count = model()->rowCount();
    if (count == 0)
        return;
    // Getting the focus makes the first row current without choosing it.
    const int from = selectionModel()->isSelected(currentIndex()) ? currentIndex().row()
                                                                  : (rows > 0 ? -1 : count);
    setCurrentIndex(model()->index(qBound(0, from + rows, count - 1), 0));
    noteScrolled();
}

void TrafficView::updateActions()
{
    const bool hasSelection = selectionModel()->hasSelection();
    for (QAction *action : { m_openInComposer, m_resend, m_copyUrl, m_copyAsCurl, m_remove })
        action->setEnabled(hasSelection);
    m_clear->setEnabled(model()->rowCount() > 0);
}

void TrafficView::noteScrolled()
{
    const QScrollBar *bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    if (m_isFollowing == atEnd)
        return;
    m_isFollowing = atEnd;
    Q_EMIT followingChanged(atEnd);
}

} // namespace headrace::ui

#include "traffic/trafficview.h"

#include "traffic/trafficdelegate.h"
#include "traffic/trafficheader.h"
#include "traffic/trafficmodel.h"

#include <QContextMenuEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace headrace::ui {

using exchange::ExchangeId;
using Order = RowList::Order;

namespace {

constexpr int RowHeight = 22;

ExchangeId idOf(const QModelIndex &index)
{
    return index.isValid() ? index.data(ExchangeIdRole).value<ExchangeId>() : 0;
}

} // namespace

TrafficView::TrafficView(TrafficModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_header(new TrafficHeader(this))
    , m_place(this)
{
    setAccessibleName(tr("Exchanges"));
    setHorizontalHeader(m_header);
    setModel(model);
    setItemDelegate(new TrafficDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(RowHeight);
    verticalHeader()->setDefaultSectionSize(qMax(RowHeight, fontMetrics().height() + 4));
    m_header->makeColumns();
    m_header->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);

    m_windowTimer.setSingleShot(true);
    connect(&m_windowTimer, &QTimer::timeout, this, &TrafficView::tellWindow);
    connectModel();
    connectSelection();
    connectScrolling();
}

void TrafficView::connectModel()
{
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex &, int first, int last) { noteInserted(first, last); });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int first, int last) { noteRemoved(first, last); });
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        m_isReplacing = true;
        m_place.remember();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &TrafficView::noteReplaced);
    connect(m_model->feed(), &TrafficFeed::searchFinished, this, &TrafficView::tellCurrent);
}

void TrafficView::connectSelection()
{
    // Selecting the row that is current already, as it is after getting the focus, changes the selection
    // alone; while another row becomes current, the old one is not selected any more.
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (m_isReplacing)
            return;
        m_place.forget();
        tellCurrent();
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_isReplacing)
            return;
        m_place.forget();
        if (currentId() != 0)
            tellCurrent();
        tellSelection();
    });
    connect(this, &QTableView::activated, this,
        [this](const QModelIndex &index) { Q_EMIT activated(idOf(index)); });
}

void TrafficView::connectScrolling()
{
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        QMetaObject::invokeMethod(this, &TrafficView::noteScrolled, Qt::QueuedConnection);
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        m_windowTimer.start(0);
        // Wheel and keys do not trigger a slider action; going away is what stops following.
        if (!m_isReplacing && m_isFollowing != isAtNewest() && (!m_isFollowing || underMouse()))
            noteScrolled();
    });
}

TrafficModel *TrafficView::trafficModel() const { return m_model; }

TrafficHeader *TrafficView::header() const { return m_header; }

ExchangeId TrafficView::currentId() const { return idOf(currentIndex()); }

QList<ExchangeId> TrafficView::selectedIds() const
{
    // By ranges: an index for each of a million rows takes its time.
    QList<std::pair<int, int>> ranges;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        ranges.append({ range.top(), range.bottom() });
    std::sort(ranges.begin(), ranges.end());
    QList<ExchangeId> ids;
    ids.reserve(selectedCount());
    int next = 0;
    for (const auto &[top, bottom] : std::as_const(ranges)) {
        for (next = qMax(next, top); next <= bottom; ++next)
            ids += m_model->idAt(next);
    }
    return ids;
}

qsizetype TrafficView::selectedCount() const
{
    qsizetype count = 0;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        count += range.height();
    return count;
}

void TrafficView::select(ExchangeId id)
{
    const int row = m_model->rowOf(id);
    if (row >= 0)
        setCurrentIndex(m_model->index(row, 0));
    else
        m_place.await(id);
}

void TrafficView::step(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    // Getting the focus makes the first row current without choosing it.
    const int from = selectionModel()->isSelected(currentIndex()) ? currentIndex().row()
                                                                  : (rows > 0 ? -1 : count);
    setCurrentIndex(m_model->index(qBound(0, from + rows, count - 1), 0));
    noteScrolled();
}

bool TrafficView::canFollow() const { return m_model->order() != Order::Other; }

bool TrafficView::isFollowing() const { return m_isFollowing; }

void TrafficView::setFollowing(bool follow)
{
    if (follow)
        scrollToNewest();
    if (m_isFollowing == follow)
        return;
    m_isFollowing = follow;
    Q_EMIT followingChanged(follow);
}

int TrafficView::rowsInSight() const
{
    return viewport()->height() / verticalHeader()->defaultSectionSize();
}

void TrafficView::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuRequested(event->globalPos());
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
    if (!isAtNewest())
        noteScrolled();
}

void TrafficView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_isFollowing)
        scrollToNewest();
    m_windowTimer.start(0);
}

void TrafficView::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    m_windowTimer.start(0);
}

void TrafficView::noteInserted(int first, int last)
{
    QScrollBar *bar = verticalScrollBar();
    if (m_isFollowing && canFollow()) {
        scrollToNewest();
    } else if (canFollow() && first <= bar->value() && bar->value() > 0) {
        updateGeometries(); // The bar must know of the new rows first.
        bar->setValue(bar->value() + last - first + 1);
    }
    m_windowTimer.start(0);
    m_isReplacing = true;
    const bool isMoreThere = m_place.complete(first, last);
    m_isReplacing = false;
    if (isMoreThere) {
        tellCurrent();
        tellSelection();
    }
}

void TrafficView::noteRemoved(int first, int last)
{
    QScrollBar *bar = verticalScrollBar();
    if (first < bar->value() && !(m_isFollowing && canFollow()))
        bar->setValue(bar->value() - (qMin(last, bar->value() - 1) - first + 1));
    m_windowTimer.start(0);
}

void TrafficView::noteScrolled()
{
    const bool follows = isAtNewest();
    if (!canFollow() || m_isFollowing == follows)
        return;
    m_isFollowing = follows;
    Q_EMIT followingChanged(follows);
}

void TrafficView::noteReplaced()
{
    m_place.restore();
    if (m_isFollowing)
        scrollToNewest();
    m_isReplacing = false;
    if (currentId() != 0 || !m_model->feed()->isSearching())
        tellCurrent();
    tellSelection();
    m_windowTimer.start(0);
}

void TrafficView::tellCurrent()
{
    const ExchangeId id = currentId();
    if (std::exchange(m_shown, id) != id)
        Q_EMIT currentChanged(id);
}

void TrafficView::tellSelection() { Q_EMIT selectionCountChanged(selectedCount()); }

void TrafficView::scrollToNewest()
{
    if (m_model->order() == Order::Ascending)
        scrollToBottom();
    else if (m_model->order() == Order::Descending)
        scrollToTop();
}

bool TrafficView::isAtNewest() const
{
    const QScrollBar *bar = verticalScrollBar();
    return m_model->order() == Order::Descending ? bar->value() <= bar->minimum()
                                                 : bar->value() >= bar->maximum();
}

void TrafficView::tellWindow()
{
    // Half a row more at the end may be in sight.
    const int first = verticalScrollBar()->value();
    m_model->setWindow(first, first + rowsInSight());
}

} // namespace headrace::ui

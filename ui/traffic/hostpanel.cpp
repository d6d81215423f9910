#include "traffic/hostpanel.h"

#include "traffic/hosttreemodel.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

namespace headrace::ui {

using exchange::HostCount;
using exchange::Store;

namespace {

constexpr qint64 ShortestInterval = 1000; // milliseconds
constexpr qint64 CostToInterval = 9; // One part work, nine parts rest.
constexpr int RowHeight = 22;

class HostDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return { size.width() + 8, qMax(RowHeight, size.height()) };
    }
};

} // namespace

HostPanel::HostPanel(Store *store, QWidget *parent)
    : QTreeView(parent)
    , m_store(store)
    , m_model(new HostTreeModel(this))
{
    setAccessibleName(tr("Hosts"));
    setModel(m_model);
    setItemDelegate(new HostDelegate(this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(14);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(120);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(24);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);

    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HostPanel::count);
    for (const auto signal : { &Store::added, &Store::removed, &Store::changed })
        connect(store, signal, this, &HostPanel::countLater);
    connect(store, &Store::reset, this, &HostPanel::countLater);
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex &index) {
        m_collapsed.insert(index.data(HostTreeModel::KeyRole).toString());
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        m_collapsed.remove(index.data(HostTreeModel::KeyRole).toString());
    });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) {
            if (!m_isFilling && current.isValid())
                choose(current.siblingAtColumn(0));
        });
}

void HostPanel::showAll() { setCurrentIndex(m_model->index(0, 0)); }

QStringList HostPanel::names()
{
    m_isAskedFor = m_isOutdated;
    if (m_isAskedFor && !m_timer.isActive())
        count();
    return m_model->hosts();
}

QString HostPanel::chosen() const { return m_name; }

void HostPanel::showEvent(QShowEvent *event)
{
    QTreeView::showEvent(event);
    if (m_isOutdated)
        count();
}

void HostPanel::countLater()
{
    m_isOutdated = true;
    if (!isVisible() || m_isCounting || m_timer.isActive())
        return;
    m_timer.start(0);
}

void HostPanel::count()
{
    if (m_isCounting || !m_isOutdated || !(isVisible() || m_isAskedFor))
        return;
    m_isOutdated = false;
    m_isAskedFor = false;
    m_isCounting = true;
    m_clock.start();
    m_background.run([store = m_store] { return store->hosts(); },
        [this](const QList<HostCount> &hosts) {
            m_isCounting = false;
            m_timer.start(int(qMax(ShortestInterval, CostToInterval * m_clock.elapsed())));
            showHosts(hosts);
        });
}

void HostPanel::showHosts(const QList<HostCount> &hosts)
{
    const QScopedValueRollback filling(m_isFilling, true);
    const QSet<QString> collapsed = m_collapsed;
    m_model->setHosts(hosts);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        setExpanded(index, !collapsed.contains(index.data(HostTreeModel::KeyRole).toString()));
    }
    m_collapsed = collapsed;
    // A host that is gone stays what the list is narrowed to, until another is chosen.
    const QModelIndex current = m_model->indexOf(m_key);
    if (current.isValid() && current != currentIndex().siblingAtColumn(0))
        setCurrentIndex(current);
}

void HostPanel::choose(const QModelIndex &index)
{
    const QString key = index.data(HostTreeModel::KeyRole).toString();
    if (key == m_key)
        return;
    m_key = key;
    m_name = key.isEmpty() ? QString() : index.data().toString();
    Q_EMIT filterChosen(m_model->filterOf(index), m_name);
}

} // namespace headrace::ui

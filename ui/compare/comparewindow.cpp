#include "compare/comparewindow.h"

#include "compare/comparisonview.h"
#include "inspector/headlinebar.h"
#include "inspector/inspector.h"
#include "shell/segments.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::ExchangeId;

namespace {

constexpr int ReloadInterval = 300; // milliseconds
constexpr qint64 OctetLimit = 2 * exchange::ComparedBodyLimit; // more is not compared

std::shared_ptr<const exchange::Exchange> readFrom(const exchange::Store &store, ExchangeId id)
{
    auto found = store.exchange(id, OctetLimit);
    return found ? std::make_shared<const exchange::Exchange>(*std::move(found)) : nullptr;
}

} // namespace

CompareWindow::CompareWindow(
    exchange::Store *store, ExchangeId left, ExchangeId right, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_store(store)
    , m_leftId(left)
    , m_rightId(right)
    , m_leftHeadline(new HeadlineBar)
    , m_rightHeadline(new HeadlineBar)
    , m_views(new Segments({ tr("Differences"), tr("Side by side") }))
    , m_stack(new QStackedWidget)
    , m_differences(new ComparisonView)
    , m_left(new Inspector)
    , m_right(new Inspector)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Exchanges %1 and %2").arg(left).arg(right));
    setProperty("workspace", tr("Compare"));
    resize(1200, 720);
    m_views->setAccessibleName(tr("How to compare"));
    connect(m_views, &Segments::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);

    auto *differences = new QWidget;
    auto *differencesLayout = new QVBoxLayout(differences);
    differencesLayout->setContentsMargins(0, 0, 0, 0);
    differencesLayout->setSpacing(0);
    differencesLayout->addWidget(makeHeadlines());
    differencesLayout->addWidget(m_differences, 1);
    m_stack->addWidget(differences);
    m_stack->addWidget(makeInspectors());
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 8, 8, 4);
    bar->addWidget(m_views);
    bar->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);

    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(ReloadInterval);
    connect(&m_reloadTimer, &QTimer::timeout, this, &CompareWindow::reload);
    connect(store, &exchange::Store::changed, this, &CompareWindow::noteChange);
    connect(store, &exchange::Store::removed, this, &CompareWindow::noteChange);
    connect(store, &exchange::Store::reset, this, &CompareWindow::reload);
    reload();

    auto *close = new QAction(tr("Close"), this);
    close->setShortcut(QKeySequence::Close);
    connect(close, &QAction::triggered, this, &QWidget::close);
    addAction(close);
}

QWidget *CompareWindow::makeHeadlines()
{
    auto *headlines = new QWidget;
    auto *layout = new QHBoxLayout(headlines);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_leftHeadline, 1);
    layout->addWidget(m_rightHeadline, 1);
    return headlines;
}

QWidget *CompareWindow::makeInspectors()
{
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    for (Inspector *inspector : { m_left, m_right }) {
        inspector->setMinimumWidth(280);
        inspector->setEmptyText(tr("This exchange is gone."));
        splitter->addWidget(inspector);
    }
    splitter->setSizes({ 1, 1 });
    m_left->setExchange(m_store, m_leftId);
    m_right->setExchange(m_store, m_rightId);
    connect(m_left, &Inspector::tabChanged, m_right, &Inspector::setCurrentTab);
    connect(m_right, &Inspector::tabChanged, m_left, &Inspector::setCurrentTab);
    return splitter;
}

ComparisonView *CompareWindow::differences() const { return m_differences; }

Inspector *CompareWindow::left() const { return m_left; }

Inspector *CompareWindow::right() const { return m_right; }

void CompareWindow::noteChange(const QList<ExchangeId> &ids)
{
    if ((ids.contains(m_leftId) || ids.contains(m_rightId)) && !m_reloadTimer.isActive())
        m_reloadTimer.start();
}

void CompareWindow::reload()
{
    const auto left = readFrom(*m_store, m_leftId);
    const auto right = readFrom(*m_store, m_rightId);
    if (left)
        m_leftHeadline->setHeadline(headlineOf(*left));
    if (right)
        m_rightHeadline->setHeadline(headlineOf(*right));
    m_differences->setExchanges(left, right);
}

void CompareWindow::keyPressEvent(QKeyEvent *event)
{
    // What had a use for Esc (a find bar) took it; the rest comes up to here.
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace headrace::ui

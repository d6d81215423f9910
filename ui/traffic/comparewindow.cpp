#include "traffic/comparewindow.h"

#include "inspector/inspector.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSplitter>

namespace headrace::ui {

using exchange::ExchangeId;

CompareWindow::CompareWindow(
    exchange::Store *store, ExchangeId left, ExchangeId right, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_left(new Inspector)
    , m_right(new Inspector)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Exchanges %1 and %2").arg(left).arg(right));
    setProperty("workspace", tr("Compare"));
    resize(1200, 720);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    for (Inspector *inspector : { m_left, m_right }) {
        inspector->setMinimumWidth(280);
        inspector->setEmptyText(tr("This exchange is gone."));
        splitter->addWidget(inspector);
    }
    splitter->setSizes({ 1, 1 });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    m_left->setExchange(store, left);
    m_right->setExchange(store, right);
    connect(m_left, &Inspector::tabChanged, m_right, &Inspector::setCurrentTab);
    connect(m_right, &Inspector::tabChanged, m_left, &Inspector::setCurrentTab);

    auto *close = new QAction(tr("Close"), this);
    close->setShortcut(QKeySequence::Close);
    connect(close, &QAction::triggered, this, &QWidget::close);
    addAction(close);
}

Inspector *CompareWindow::left() const { return m_left; }

Inspector *CompareWindow::right() const { return m_right; }

void CompareWindow::keyPressEvent(QKeyEvent *event)
{
    // What had a use for Esc (a find bar) took it; the rest comes up to here.
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace headrace::ui

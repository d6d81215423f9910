#include "traffic/trafficworkspace.h"

#include "shell/icons.h"
#include "traffic/trafficpanel.h"

#include <QAction>
#include <QSplitter>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

/// Shares of list and inspector at first.
QList<int> firstSizes(Qt::Orientation orientation)
{
    return orientation == Qt::Vertical ? QList<int> { 450, 550 } : QList<int> { 550, 450 };
}

} // namespace

TrafficWorkspace::TrafficWorkspace(TrafficPanel *panel, QWidget *inspector, QWidget *parent)
    : QWidget(parent)
    , m_panel(panel)
    , m_inspector(inspector)
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_toggle(new QAction(this))
{
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(panel);
    m_splitter->addWidget(inspector);
    m_splitter->setSizes(firstSizes(Qt::Vertical));
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    panel->setMinimumHeight(120);
    inspector->setMinimumSize(280, 160);
    inspector->hide();

    m_toggle->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+I")));
    connect(m_toggle, &QAction::triggered, this,
        [this] { setOrientation(orientation() == Qt::Vertical ? Qt::Horizontal : Qt::Vertical); });
    panel->addBarAction(m_toggle);
    showOrientation();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
}

TrafficPanel *TrafficWorkspace::panel() const { return m_panel; }

Qt::Orientation TrafficWorkspace::orientation() const { return m_splitter->orientation(); }

void TrafficWorkspace::setOrientation(Qt::Orientation orientation)
{
    if (orientation == m_splitter->orientation())
        return;
    m_splitter->setOrientation(orientation);
    m_splitter->setSizes(firstSizes(orientation));
    showOrientation();
}

void TrafficWorkspace::setInspectorVisible(bool isVisible) { m_inspector->setVisible(isVisible); }

QByteArray TrafficWorkspace::saveState() const { return m_splitter->saveState(); }

void TrafficWorkspace::restoreState(const QByteArray &state)
{
    if (!state.isEmpty())
        m_splitter->restoreState(state);
    m_splitter->setChildrenCollapsible(false);
    showOrientation();
}

void TrafficWorkspace::showOrientation()
{
    const bool isUnder = orientation() == Qt::Vertical;
    m_toggle->setText(isUnder ? tr("Inspector beside the list") : tr("Inspector under the list"));
    m_toggle->setToolTip(QStringLiteral("%1 (%2)").arg(
        m_toggle->text(), m_toggle->shortcut().toString(QKeySequence::NativeText)));
    m_toggle->setIcon(
        icon(isUnder ? QStringLiteral("panel-right") : QStringLiteral("panel-bottom")));
}

} // namespace headrace::ui

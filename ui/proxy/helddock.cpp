#include "proxy/helddock.h"

#include "proxy/heldmodel.h"
#include "proxy/heldpanel.h"

#include <QAction>
#include <QDataStream>
#include <QIODevice>

namespace headrace::ui {

namespace {

constexpr quint32 StateVersion = 1;

} // namespace

HeldDock::HeldDock(QWidget *content, HeldModel *model, QWidget *parent)
    : QSplitter(Qt::Vertical, parent)
    , m_content(content)
    , m_model(model)
    , m_panel(new HeldPanel(model, this))
{
    addWidget(content);
    addWidget(m_panel);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    setChildrenCollapsible(false);
    setSizes({ 460, 320 });
    m_panel->hide();
    connect(m_model, &HeldModel::countChanged, this, &HeldDock::onCountChanged);
    connect(m_panel->closeAction(), &QAction::triggered, this, [this] {
        m_isHiddenByUser = m_model->waitingCount() > 0;
        hideQueue();
    });
    connect(m_panel->placeAction(), &QAction::toggled, this, &HeldDock::setAtRight);

    auto *show = new QAction(tr("Show held exchanges"), this);
    show->setToolTip(tr("The queue of exchanges that breakpoints hold"));
    show->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H));
    connect(show, &QAction::triggered, this, &HeldDock::showAndFocus);
    addAction(show);
    onCountChanged();
}

HeldPanel *HeldDock::panel() const { return m_panel; }

bool HeldDock::isQueueShown() const { return !m_panel->isHidden(); }

QByteArray HeldDock::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << StateVersion << m_panel->placeAction()->isChecked() << QSplitter::saveState()
           << m_panel->saveState();
    return state;
}

void HeldDock::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    quint32 version = 0;
    bool isAtRight = false;
    QByteArray splitter;
    QByteArray panel;
    stream >> version >> isAtRight >> splitter >> panel;
    if (stream.status() != QDataStream::Ok || version != StateVersion)
        return;
    m_panel->placeAction()->setChecked(isAtRight);
    QSplitter::restoreState(splitter);
    m_panel->restoreState(panel);
}

void HeldDock::showQueue()
{
    m_isHiddenByUser = false;
    m_panel->show();
}

void HeldDock::showAndFocus()
{
    showQueue();
    m_panel->focusList();
}

void HeldDock::hideQueue()
{
    const QWidget *focus = window()->focusWidget();
    const bool hadFocus = focus && m_panel->isAncestorOf(focus);
    m_panel->hide();
    if (hadFocus)
        m_content->setFocus(Qt::OtherFocusReason);
}

void HeldDock::onCountChanged()
{
    if (m_model->waitingCount() == 0)
        m_isHiddenByUser = false;
    else if (!m_isHiddenByUser)
        m_panel->show();
}

void HeldDock::setAtRight(bool isAtRight)
{
    setOrientation(isAtRight ? Qt::Horizontal : Qt::Vertical);
    m_panel->setStacked(isAtRight);
}

} // namespace headrace::ui

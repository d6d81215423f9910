#include "traffic/trafficbar.h"

#include "shell/format.h"
#include "shell/icons.h"
#include "traffic/filterbar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace headrace::ui {

namespace {

constexpr qsizetype LongestHost = 40;

} // namespace

TrafficBar::TrafficBar(QWidget *parent)
    : QWidget(parent)
    , m_filter(new FilterBar(this))
    , m_host(makeChip(QStringLiteral("cancel")))
    , m_paused(makeChip(QStringLiteral("play")))
{
    connect(m_host, &QToolButton::clicked, this, &TrafficBar::hostClosed);
    connect(m_paused, &QToolButton::clicked, this, &TrafficBar::resumeRequested);
    setHost({});
    setPaused(false, 0);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_filter);
}

FilterBar *TrafficBar::filter() const { return m_filter; }

void TrafficBar::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    m_filter->addButton(button);
}

void TrafficBar::setHost(const QString &host)
{
    m_host->setText(shortened(host, LongestHost));
    m_host->setToolTip(tr("Only %1 is shown; click to show all hosts").arg(host));
    m_host->setAccessibleName(host.isEmpty() ? tr("Show all hosts") : m_host->toolTip());
    m_host->setVisible(!host.isEmpty());
}

void TrafficBar::setPaused(bool isPaused, qsizetype held)
{
    m_paused->setText(isPaused ? tr("Paused · %1 new").arg(formatCount(held)) : QString());
    m_paused->setToolTip(tr("Nothing is lost; click to show them (P)"));
    m_paused->setAccessibleName(isPaused ? m_paused->text() : tr("Resume the list"));
    m_paused->setVisible(isPaused);
}

QToolButton *TrafficBar::makeChip(const QString &iconName)
{
    auto *chip = new QToolButton(this);
    chip->setIcon(icon(iconName));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setFocusPolicy(Qt::TabFocus);
    m_filter->addButton(chip);
    return chip;
}

} // namespace headrace::ui

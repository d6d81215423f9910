#include "traffic/trafficbar.h"

#include "shell/format.h"
#include "shell/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace headrace::ui {

namespace {

constexpr qsizetype LongestHost = 40;

QToolButton *makeChip(QWidget *parent, const QString &iconName)
{
    auto *chip = new QToolButton(parent);
    chip->setIcon(icon(iconName));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setFocusPolicy(Qt::TabFocus);
    chip->hide();
    return chip;
}

} // namespace

TrafficBar::TrafficBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_filter(new QLineEdit(this))
    , m_host(makeChip(this, QStringLiteral("cancel")))
    , m_paused(makeChip(this, QStringLiteral("play")))
{
    m_filter->setPlaceholderText(tr("Filter: status>=400 host:api.* ~m POST"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &TrafficBar::readFilter);
    connect(m_host, &QToolButton::clicked, this, &TrafficBar::hostClosed);
    connect(m_paused, &QToolButton::clicked, this, &TrafficBar::resumeRequested);

    setHost({});
    setPaused(false, 0);
    m_layout->setContentsMargins(8, 4, 8, 4);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_filter, 1);
    m_layout->addWidget(m_host);
    m_layout->addWidget(m_paused);
}

QLineEdit *TrafficBar::filterEdit() const { return m_filter; }

QString TrafficBar::filterText() const { return m_filter->text(); }

void TrafficBar::clearFilter() { m_filter->clear(); }

void TrafficBar::andFilter(const QString &text)
{
    const QString before = m_filter->text().trimmed();
    m_filter->setText(before.isEmpty() ? text : before + u' ' + text);
}

void TrafficBar::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void TrafficBar::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    m_layout->addWidget(button);
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

QString TrafficBar::pausedText() const { return m_paused->text(); }

bool TrafficBar::eventFilter(QObject *watched, QEvent *event)
{
    // From the filter, Down and Enter lead into the list.
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT leaveRequested();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TrafficBar::readFilter(const QString &text)
{
    const exchange::ParsedFilter parsed = exchange::parseFilter(text);
    m_filter->setToolTip(parsed.error ? parsed.error->message : QString());
    if (!parsed.error)
        Q_EMIT filterChanged(parsed.filter, text.trimmed());
}

} // namespace headrace::ui

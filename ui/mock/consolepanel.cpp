#include "mock/consolepanel.h"

#include "mock/consolelog.h"
#include "mock/consoleview.h"
#include "shell/format.h"
#include "widgets/panelaction.h"
#include "widgets/toolbutton.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

ConsolePanel::ConsolePanel(QWidget *parent)
    : QWidget(parent)
    , m_log(new ConsoleLog(this))
    , m_view(new ConsoleView(m_log, this))
    , m_memory(new QLabel(this))
{
    using Keys = QKeySequence;
    m_lastError = makeAction(
        tr("Go to the last script error"), tr("Error"), QStringLiteral("error"), Keys(Qt::Key_F8));
    m_times = makeAction(tr("Show times in the console"), tr("Times"), QStringLiteral("clock"), {});
    m_follow = makeAction(tr("Follow the console"), tr("Follow"), QStringLiteral("arrow-down"), {});
    m_clear = makeAction(tr("Clear the console"), tr("Clear"), QStringLiteral("clear"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
    m_times->setCheckable(true);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);

    auto *title = new QLabel(tr("Console"), this);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    m_memory->setForegroundRole(QPalette::PlaceholderText);
    m_memory->setToolTip(tr("What the scripts that are loaded hold in memory"));
    m_memory->setAccessibleName(tr("Memory of the scripts"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 2, 4, 2);
    bar->setSpacing(4);
    bar->addWidget(title);
    bar->addSpacing(8);
    bar->addWidget(m_memory);
    bar->addStretch(1);
    for (QAction *action : consoleActions())
        bar->addWidget(makeToolButton(action, Qt::ToolButtonTextBesideIcon, this));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);

    connect(m_lastError, &QAction::triggered, this, &ConsolePanel::showLastError);
    connect(m_times, &QAction::toggled, m_view, &ConsoleView::setShowsTimes);
    connect(m_follow, &QAction::toggled, m_view, &ConsoleView::setFollows);
    connect(m_view, &ConsoleView::followsChanged, m_follow, &QAction::setChecked);
    connect(m_clear, &QAction::triggered, m_log, &ConsoleLog::clear);
    connect(m_view, &ConsoleView::placeActivated, this, &ConsolePanel::placeActivated);
    connect(m_log, &ConsoleLog::changed, this, &ConsolePanel::updateActions);
    connect(m_log, &ConsoleLog::cleared, this, &ConsolePanel::updateActions);
    updateActions();
    setMemory(0);
}

QAction *ConsolePanel::makeAction(
    const QString &text, const QString &shortText, const QString &iconName, const QKeySequence &key)
{
    QAction *action = makePanelAction(this, text, iconName, key);
    action->setIconText(shortText);
    return action;
}

void ConsolePanel::add(const QList<session::ScriptMessage> &messages) { m_log->add(messages); }

void ConsolePanel::setMemory(qint64 octets)
{
    m_memory->setText(octets > 0 ? tr("scripts hold %1").arg(formatOctets(octets)) : QString());
}

ConsoleLog *ConsolePanel::log() const { return m_log; }

ConsoleView *ConsolePanel::view() const { return m_view; }

QList<QAction *> ConsolePanel::consoleActions() const
{
    return { m_lastError, m_times, m_follow, m_clear };
}

void ConsolePanel::showLastError()
{
    // The first line of the last failure that has a place; its stack comes after it.
    const QList<ConsoleLine> &lines = m_log->lines();
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        if (lines.at(i).kind != session::ScriptMessage::Kind::Failure || lines.at(i).isContinued)
            continue;
        for (qsizetype at = i; at < lines.size() && (at == i || lines.at(at).isContinued); ++at) {
            if (!lines.at(at).file.isEmpty()) {
                const ConsoleLine line = lines.at(at);
                Q_EMIT placeActivated(line);
                return;
            }
        }
    }
}

void ConsolePanel::updateActions()
{
    const QList<ConsoleLine> &lines = m_log->lines();
    m_clear->setEnabled(!lines.isEmpty());
    m_lastError->setEnabled(std::any_of(lines.cbegin(), lines.cend(), [](const ConsoleLine &line) {
        return line.kind == session::ScriptMessage::Kind::Failure;
    }));
}

} // namespace headrace::ui

#include "traffic/trafficpages.h"

#include "shell/emptystate.h"
#include "shell/format.h"

namespace headrace::ui {

namespace {

constexpr qsizetype LongestDetail = 120;

} // namespace

TrafficPages::TrafficPages(QWidget *list, QWidget *parent)
    : QStackedWidget(parent)
    , m_list(list)
    , m_state(new EmptyState(this))
{
    addWidget(list);
    addWidget(m_state);
    connect(m_state, &EmptyState::buttonClicked, this, &TrafficPages::runButton);
}

TrafficPages::Page TrafficPages::page() const { return m_page; }

void TrafficPages::setPage(Page page, const QString &detail)
{
    m_page = page;
    switch (page) {
    case Page::List:
        break;
    case Page::NothingRecorded:
        m_state->setIcon(QStringLiteral("traffic"));
        m_state->setText(tr("Every request and its answer appears here as it passes."),
            tr("Send one from the composer, or start a mock server and call it."));
        m_state->setButton(tr("Compose a request"), QStringLiteral("Ctrl+N"));
        break;
    case Page::NothingMatches:
        m_state->setIcon(QStringLiteral("filter"));
        m_state->setText(tr("No exchange matches “%1”.").arg(shortened(detail, LongestDetail)));
        m_state->setButton(tr("Clear the filter"));
        break;
    case Page::Searching:
        m_state->setIcon(QStringLiteral("search"));
        m_state->setText(tr("Searching…"));
        m_state->setButton(tr("Cancel"));
        break;
    case Page::Paused:
        m_state->setIcon(QStringLiteral("pause"));
        m_state->setText(tr("The list is paused; new exchanges wait: %1").arg(detail));
        m_state->setButton(tr("Resume the list"), QStringLiteral("P"));
        break;
    }
    setCurrentWidget(page == Page::List ? m_list : m_state);
}

QString TrafficPages::message() const
{
    return m_page == Page::List ? QString() : m_state->title();
}

void TrafficPages::runButton()
{
    switch (m_page) {
    case Page::List:
        break;
    case Page::NothingRecorded:
        Q_EMIT composeRequested();
        break;
    case Page::NothingMatches:
        Q_EMIT clearFilterRequested();
        break;
    case Page::Searching:
        Q_EMIT cancelRequested();
        break;
    case Page::Paused:
        Q_EMIT resumeRequested();
        break;
    }
}

} // namespace headrace::ui

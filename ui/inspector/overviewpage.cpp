#include "inspector/overviewpage.h"

#include "inspector/factsview.h"
#include "inspector/phasebars.h"
#include "shell/noticebar.h"

#include <QGridLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int WideFrom = 860;
constexpr int MostGroups = 6; ///< factsOf() gives at most five.

} // namespace

OverviewPage::OverviewPage(QWidget *parent)
    : InspectorPage(parent)
    , m_failure(new NoticeBar(this))
    , m_truncated(new NoticeBar(this))
    , m_facts(new QWidget)
    , m_timing(new QWidget)
    , m_phases(new PhaseBars)
    , m_noPhases(new QLabel(tr("No phase has ended yet.")))
{
    auto *content = new QWidget;
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(8, 8, 8, 8);
    m_grid->setHorizontalSpacing(32);
    m_grid->setVerticalSpacing(16);

    auto *facts = new QVBoxLayout(m_facts);
    facts->setContentsMargins(0, 0, 0, 0);
    facts->setSpacing(12);
    for (int i = 0; i < MostGroups; ++i) {
        m_groups += new FactsView(m_facts);
        facts->addWidget(m_groups.constLast());
    }
    facts->addStretch(1);

    auto *title = new QLabel(tr("Timing"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    auto *timing = new QVBoxLayout(m_timing);
    timing->setContentsMargins(0, 0, 0, 0);
    timing->setSpacing(4);
    timing->addWidget(title);
    timing->addWidget(m_phases);
    timing->addWidget(m_noPhases);
    timing->addStretch(1);
    arrange();

    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_failure);
    layout->addWidget(m_truncated);
    layout->addWidget(area, 1);
}

void OverviewPage::showExchange(const ExchangePointer &exchange)
{
    QString failure = failureText(*exchange);
    if (!failure.isEmpty()) {
        failure += QStringLiteral(" (%1").arg(exchange->failure->code);
        const QString &message = exchange->failure->message;
        failure += message.isEmpty() || failure.startsWith(message)
            ? QStringLiteral(")")
            : QStringLiteral(": %1)").arg(message);
    }
    m_failure->setNotice(Theme::Tone::Failed, failure);
    m_truncated->setNotice(Theme::Tone::ClientError, truncationText(*exchange));

    const QList<FactGroup> groups = factsOf(*exchange);
    for (qsizetype i = 0; i < m_groups.size(); ++i) {
        m_groups.at(i)->setVisible(i < groups.size());
        if (i < groups.size())
            m_groups.at(i)->setGroup(groups.at(i));
    }
    const QList<Phase> phases = phasesOf(*exchange);
    m_phases->setPhases(phases);
    m_phases->setVisible(!phases.isEmpty());
    m_noPhases->setVisible(phases.isEmpty());
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    InspectorPage::resizeEvent(event);
    const bool isWide = event->size().width() >= WideFrom;
    if (isWide != m_isWide) {
        m_isWide = isWide;
        arrange();
    }
}

void OverviewPage::arrange()
{
    m_grid->removeWidget(m_facts);
    m_grid->removeWidget(m_timing);
    // Narrow: what took how long comes first, it is the shorter part.
    m_grid->addWidget(m_timing, 0, m_isWide ? 1 : 0);
    m_grid->addWidget(m_facts, m_isWide ? 0 : 1, 0);
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(1, m_isWide ? 2 : 0);
    m_grid->setRowStretch(m_isWide ? 0 : 1, 1);
    m_grid->setRowStretch(m_isWide ? 1 : 0, 0);
}

} // namespace headrace::ui

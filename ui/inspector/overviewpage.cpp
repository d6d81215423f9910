#include "inspector/overviewpage.h"

#include "inspector/factsview.h"
#include "inspector/phasebars.h"
#include "inspector/tlsfacts.h"
#include "shell/noticebar.h"

#include <QGridLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int WideFrom = 860;
constexpr int MostGroups = 5; ///< Of one column; factsOf() gives two and five at most.

} // namespace

OverviewPage::OverviewPage(QWidget *parent)
    : InspectorPage(parent)
    , m_failure(new NoticeBar(this))
    , m_passed(new NoticeBar(this))
    , m_truncated(new NoticeBar(this))
    , m_messages(new QWidget)
    , m_around(new QWidget)
    , m_phases(new PhaseBars)
    , m_noPhases(new QLabel(tr("No phase has ended yet.")))
{
    auto *content = new QWidget;
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(8, 8, 8, 8);
    m_grid->setHorizontalSpacing(32);
    m_grid->setVerticalSpacing(16);

    const auto makeColumn = [](QWidget *column, QList<FactsView *> *groups) {
        auto *layout = new QVBoxLayout(column);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(12);
        for (int i = 0; i < MostGroups; ++i) {
            *groups += new FactsView(column);
            layout->addWidget(groups->constLast());
        }
        layout->addStretch(1);
        return layout;
    };
    makeColumn(m_messages, &m_messageGroups);
    QVBoxLayout *around = makeColumn(m_around, &m_otherGroups);

    auto *title = new QLabel(tr("Timing"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    auto *timing = new QVBoxLayout;
    timing->setSpacing(4);
    timing->addWidget(title);
    timing->addWidget(m_phases);
    timing->addWidget(m_noPhases);
    around->insertLayout(0, timing);
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
    layout->addWidget(m_passed);
    layout->addWidget(m_truncated);
    layout->addWidget(area, 1);
    connect(m_failure, &NoticeBar::buttonClicked, this, &OverviewPage::certificateAcceptRequested);
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
    m_failure->setNotice(Theme::Tone::Failed, failure,
        isCertificateRefused(exchange->summary) ? tr("Accept the certificate…") : QString());
    m_passed->setNotice(Theme::Tone::Informational, passedThroughText(*exchange));
    m_truncated->setNotice(Theme::Tone::ClientError, truncationText(*exchange));

    QList<FactGroup> ofMessages = factsOf(*exchange);
    QList<FactGroup> others = ofMessages;
    ofMessages.removeIf([](const FactGroup &group) { return !group.isOfMessage; });
    others.removeIf([](const FactGroup &group) { return group.isOfMessage; });
    showGroups(m_messageGroups, ofMessages);
    showGroups(m_otherGroups, others);
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

void OverviewPage::showGroups(const QList<FactsView *> &views, const QList<FactGroup> &groups)
{
    for (qsizetype i = 0; i < views.size(); ++i) {
        views.at(i)->setVisible(i < groups.size());
        if (i < groups.size())
            views.at(i)->setGroup(groups.at(i));
    }
}

void OverviewPage::arrange()
{
    m_grid->removeWidget(m_messages);
    m_grid->removeWidget(m_around);
    m_grid->addWidget(m_messages, 0, 0);
    m_grid->addWidget(m_around, m_isWide ? 0 : 1, m_isWide ? 1 : 0);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, m_isWide ? 1 : 0);
    m_grid->setRowStretch(0, m_isWide ? 1 : 0);
    m_grid->setRowStretch(1, m_isWide ? 0 : 1);
}

} // namespace headrace::ui

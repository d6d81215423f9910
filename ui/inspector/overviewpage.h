#pragma once

#include "inspector/exchangefacts.h"
#include "inspector/inspectorpage.h"

class QGridLayout;
class QLabel;

namespace headrace::ui {

class FactsView;
class NoticeBar;
class PhaseBars;

/// What happened, at a glance: the failure if there was one, facts, and the phases in time.
class OverviewPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit OverviewPage(QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    static void showGroups(const QList<FactsView *> &views, const QList<FactGroup> &groups);

    NoticeBar *m_failure;
    NoticeBar *m_passed;
    NoticeBar *m_truncated;
    QGridLayout *m_grid;
    QWidget *m_messages; ///< What was sent and answered.
    QWidget *m_around; ///< Timing, connection, TLS, record.
    QList<FactsView *> m_messageGroups;
    QList<FactsView *> m_otherGroups;
    PhaseBars *m_phases;
    QLabel *m_noPhases;
    bool m_isWide = false;
};

} // namespace headrace::ui

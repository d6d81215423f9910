#pragma once

#include "inspector/inspectorpage.h"

class QStackedWidget;
class QTableView;

namespace headrace::ui {

class ChangeModel;
class ComparisonView;
class EmptyState;
class NoticeBar;

/** What the proxy changed between receiving and forwarding, in order, by whom; and of the chosen change what was before and
    after. */
class ChangesPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit ChangesPage(QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;
    bool isOffered(const exchange::Exchange &exchange) const override; ///< It passed the proxy.
    QString badge(const exchange::Exchange &exchange) const override; ///< How many.

    QTableView *list() const;
    ComparisonView *difference() const;
    QString warning() const; ///< What was let through; empty if nothing was.
    QString emptyText() const; ///< Why there is nothing to show; empty if there is.

private:
    void makeList();
    void showCurrent();

    ExchangePointer m_exchange;
    ChangeModel *m_model;
    NoticeBar *m_warning;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QTableView *m_list;
    ComparisonView *m_difference;
};

} // namespace headrace::ui

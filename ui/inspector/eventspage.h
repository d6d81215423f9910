#pragma once

#include "inspector/inspectorpage.h"

class QLabel;
class QTableView;

namespace headrace::ui {

class EmptyState;
class EventModel;

/// Every event in order, with its time and the object it came from, in a lane per object.
class EventsPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit EventsPage(QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;
    QString badge(const exchange::Exchange &exchange) const override;

    QTableView *table() const;
    QString patternText() const; ///< The line above the events.

private:
    void makeTable();
    void fitColumns();
    void copyAll() const;
    void copySelected() const;

    EventModel *m_model;
    QTableView *m_table;
    QLabel *m_pattern;
    QLabel *m_legend;
    EmptyState *m_empty;
    exchange::ExchangeId m_shown = 0;
};

} // namespace headrace::ui

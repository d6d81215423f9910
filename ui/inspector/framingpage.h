#pragma once

#include "inspector/inspectorpage.h"

class QLabel;
class QTableView;

namespace headrace::ui {

class EmptyState;
class FramingModel;
class Segments;

/// How the messages lie on the wire: every head, chunk and trailer with its place, size line and time.
class FramingPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit FramingPage(QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;
    QString badge(
        const exchange::Exchange &exchange) const override; ///< Chunks of both directions.

    exchange::Direction direction() const;
    void setDirection(exchange::Direction direction);
    QTableView *table() const;

private:
    void makeTable();
    void refresh();

    ExchangePointer m_exchange;
    FramingModel *m_model;
    Segments *m_directions;
    QLabel *m_legend;
    QTableView *m_table;
    EmptyState *m_empty;
};

} // namespace headrace::ui

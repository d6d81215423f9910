#pragma once

#include "inspector/inspectorpage.h"

namespace headrace::ui {

class BodyView;
class Segments;

/// The body of the request or of the response.
class BodyPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit BodyPage(QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;

    exchange::Direction direction() const;
    void setDirection(exchange::Direction direction);
    BodyView *view() const;

private:
    void refresh(bool isGrown);

    ExchangePointer m_exchange;
    Segments *m_directions;
    BodyView *m_view;
};

} // namespace headrace::ui

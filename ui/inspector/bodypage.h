#pragma once

#include "inspector/inspectorpage.h"

#include <exchange/store.h>

namespace headrace::ui {

class BodyLoader;
class BodyView;
class Segments;
struct BodySource;

/// The body of the request or of the response: with its codings taken off, or as it was sent.
class BodyPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit BodyPage(QWidget *parent = nullptr);

    /// Where bodies are that an exchange does not have with it. Borrowed.
    void setStore(exchange::Store *store);
    void showExchange(const ExchangePointer &exchange) override;

    exchange::Direction direction() const;
    void setDirection(exchange::Direction direction);
    BodyView *view() const;

    bool isDecoded() const; ///< Shown without its codings, if it has some.
    void setDecoded(bool isDecoded);

private:
    const exchange::Message &message() const;
    void refresh(bool isGrown);
    void setEmptyText();
    void showBody(const BodySource &source);

    ExchangePointer m_exchange;
    BodyLoader *m_loader;
    Segments *m_directions;
    Segments *m_codings;
    BodyView *m_view;
    bool m_isGrown = false; ///< What comes begins with what is shown.
};

} // namespace headrace::ui

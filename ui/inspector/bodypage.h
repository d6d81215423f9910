#pragma once

#include "inspector/inspectorpage.h"

namespace headrace::ui {

class BodyDecoding;
class BodyView;
class Segments;

/// The body of the request or of the response: with its codings taken off, or as it was sent.
class BodyPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit BodyPage(QWidget *parent = nullptr);

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
    void showDecoded(const QByteArray &decoded, const QString &problem);

    ExchangePointer m_exchange;
    BodyDecoding *m_decoding;
    Segments *m_directions;
    Segments *m_codings;
    BodyView *m_view;
    bool m_isGrown = false; ///< What is being decoded.
};

} // namespace headrace::ui

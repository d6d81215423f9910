#pragma once

#include <exchange/exchange.h>

#include <QWidget>

#include <memory>

namespace headrace::ui {

using ExchangePointer = std::shared_ptr<const exchange::Exchange>;

/// One tab of the inspector. Told of an exchange only while it is in sight.
class InspectorPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// \a exchange is never null. The same id as before: it has grown; what is selected or scrolled stays.
    virtual void showExchange(const ExchangePointer &exchange) = 0;

    /// A word behind the tab's title, such as a count; empty for none.
    virtual QString badge(const exchange::Exchange &exchange) const;
};

} // namespace headrace::ui

#pragma once

#include <exchange/exchange.h>
#include <exchange/wirespan.h>

#include <QWidget>

#include <memory>
#include <optional>

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

    /// Whether there is a tab for such an exchange. Default: always.
    virtual bool isOffered(const exchange::Exchange &exchange) const;

    /// A word behind the tab's title, such as a count; empty for none.
    virtual QString badge(const exchange::Exchange &exchange) const;

    /** Marks and scrolls to what these octets are on this page; nothing: takes the mark away. Called after
        showExchange() when the page comes in sight, or another exchange does. By default pages mark nothing. */
    virtual void showSpan(const std::optional<exchange::WireSpan> &span);

Q_SIGNALS:
    /// The user has chosen what these octets of the exchange are: other pages mark them too.
    void spanSelected(const std::optional<headrace::exchange::WireSpan> &span);

    /// The user wants to see the octets that spanSelected() told of, on the Raw page.
    void rawRequested();

    /// The user wants to take the certificate of the origin, which the proxy refused.
    void certificateAcceptRequested();
};

} // namespace headrace::ui

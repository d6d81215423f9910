#pragma once

#include "inspector/inspectorpage.h"
#include "inspector/rawview.h"
#include "inspector/wireloader.h"

class QToolButton;

namespace headrace::ui {

class AdaptiveSplitter;
class RawPane;
class Segments;

/** Both directions byte for byte and with times: what was sent, and what was received with interim responses. */
class RawPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit RawPage(QWidget *parent = nullptr);

    /// Where octets are that an exchange does not have with it. Borrowed. Nothing is shown after that.
    void setStore(exchange::Store *store);
    void showExchange(const ExchangePointer &exchange) override;
    void showSpan(const std::optional<exchange::WireSpan> &span) override;

    RawPane *request() const;
    RawPane *response() const;
    void setHex(bool isHex);
    void setShowsLineEnds(bool shows); ///< CR and LF at the end of lines. Default: true.

private:
    void showContent(const WireContent &content);
    void clear();

    QPointer<exchange::Store> m_store;
    WireLoader *m_loader;
    ExchangePointer m_exchange;
    std::optional<exchange::WireSpan> m_waiting; ///< To be shown when its octets are there.
    Segments *m_forms;
    QToolButton *m_lineEnds;
    AdaptiveSplitter *m_splitter;
    RawPane *m_request;
    RawPane *m_response;
};

} // namespace headrace::ui

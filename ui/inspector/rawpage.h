#pragma once

#include "inspector/inspectorpage.h"
#include "inspector/rawview.h"

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

    void showExchange(const ExchangePointer &exchange) override;
    void showSpan(const std::optional<exchange::WireSpan> &span) override;

    RawPane *request() const;
    RawPane *response() const;
    void setHex(bool isHex);
    void setShowsLineEnds(bool shows); ///< CR and LF at the end of lines. Default: true.

private:
    ExchangePointer m_exchange;
    Segments *m_forms;
    QToolButton *m_lineEnds;
    AdaptiveSplitter *m_splitter;
    RawPane *m_request;
    RawPane *m_response;
};

} // namespace headrace::ui

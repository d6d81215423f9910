#pragma once

#include "inspector/inspectorpage.h"

namespace headrace::ui {

class AdaptiveSplitter;
class RawPane;
class Segments;

/// Both directions byte for byte: what was sent, and what was received with interim responses.
class RawPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit RawPage(QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;

    RawPane *request() const;
    RawPane *response() const;
    void setHex(bool isHex);

private:
    Segments *m_forms;
    AdaptiveSplitter *m_splitter;
    RawPane *m_request;
    RawPane *m_response;
};

} // namespace headrace::ui

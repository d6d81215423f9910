#include "inspector/rawpage.h"

#include "inspector/rawpane.h"
#include "shell/adaptivesplitter.h"
#include "shell/segments.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::Message;

namespace {

constexpr int SideBySideFrom = 1000;

} // namespace

RawPage::RawPage(QWidget *parent)
    : InspectorPage(parent)
    , m_forms(new Segments({ tr("Text"), tr("Hex") }, this))
    , m_splitter(new AdaptiveSplitter(SideBySideFrom, this))
    , m_request(new RawPane(tr("Request"), m_splitter))
    , m_response(new RawPane(tr("Response"), m_splitter))
{
    m_forms->setAccessibleName(tr("How to show the octets"));
    connect(m_forms, &Segments::currentChanged, this, [this](int index) {
        m_request->setHex(index == 1);
        m_response->setHex(index == 1);
    });
    for (RawPane *pane : { m_request, m_response }) {
        m_splitter->addWidget(pane);
        m_splitter->setStretchFactor(m_splitter->indexOf(pane), 1);
    }
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 4, 0);
    bar->addWidget(m_forms);
    bar->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_splitter, 1);
}

void RawPage::showExchange(const ExchangePointer &exchange)
{
    QByteArray received;
    qint64 total = 0;
    for (const Message &interim : exchange->interim) {
        received += interim.raw();
        total += interim.wireOctets;
    }
    received += exchange->response.raw();
    total += exchange->response.wireOctets;

    const bool isActive = exchange->summary.state == exchange::State::Active;
    m_request->setEmptyText(isActive ? tr("Nothing is sent yet.") : tr("Nothing was sent."));
    m_response->setEmptyText(isActive ? tr("Nothing has come yet.") : tr("Nothing was received."));
    m_request->setOctets(exchange->request.raw(), exchange->request.wireOctets);
    m_response->setOctets(received, std::max<qint64>(total, received.size()));
}

RawPane *RawPage::request() const { return m_request; }

RawPane *RawPage::response() const { return m_response; }

void RawPage::setHex(bool isHex) { m_forms->setCurrent(isHex ? 1 : 0); }

} // namespace headrace::ui

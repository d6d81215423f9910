#include "inspector/rawpage.h"

#include "inspector/rawpane.h"
#include "shell/adaptivesplitter.h"
#include "shell/segments.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::Direction;
using exchange::WireSpan;

namespace {

constexpr int SideBySideFrom = 1000;

} // namespace

RawPage::RawPage(QWidget *parent)
    : InspectorPage(parent)
    , m_loader(new WireLoader(this))
    , m_forms(new Segments({ tr("Text"), tr("Hex") }, this))
    , m_lineEnds(new QToolButton(this))
    , m_splitter(new AdaptiveSplitter(SideBySideFrom, this))
    , m_request(new RawPane(tr("Request"), m_splitter))
    , m_response(new RawPane(tr("Response"), m_splitter))
{
    m_forms->setAccessibleName(tr("How to show the octets"));
    m_lineEnds->setText(tr("Line ends"));
    m_lineEnds->setToolTip(tr("Show CR and LF at the end of lines"));
    m_lineEnds->setCheckable(true);
    m_lineEnds->setChecked(true);
    m_lineEnds->setAutoRaise(true);
    connect(m_forms, &Segments::currentChanged, this, [this](int index) {
        m_request->setForm(index == 1 ? RawView::Form::Hex : RawView::Form::Text);
        m_response->setForm(index == 1 ? RawView::Form::Hex : RawView::Form::Text);
        m_lineEnds->setEnabled(index == 0);
    });
    connect(m_lineEnds, &QToolButton::toggled, this, [this](bool isOn) {
        m_request->setShowsLineEnds(isOn);
        m_response->setShowsLineEnds(isOn);
    });
    for (RawPane *pane : { m_request, m_response }) {
        m_splitter->addWidget(pane);
        m_splitter->setStretchFactor(m_splitter->indexOf(pane), 1);
        connect(
            pane, &RawPane::spanSelected, this, [this, pane](const std::optional<WireSpan> &span) {
                // One thing is chosen at a time.
                (pane == m_request ? m_response : m_request)->showSpan({});
                m_waiting.reset();
                Q_EMIT spanSelected(span);
            });
    }
    connect(m_loader, &WireLoader::loaded, this, &RawPage::showContent);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 4, 0);
    bar->setSpacing(8);
    bar->addWidget(m_forms);
    bar->addWidget(m_lineEnds);
    bar->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_splitter, 1);
}

void RawPage::setStore(exchange::Store *store)
{
    if (m_store)
        m_store->disconnect(this);
    m_store = store;
    if (store) // its octets go with it
        connect(store, &QObject::destroyed, this, &RawPage::clear);
    m_loader->setStore(store);
    clear();
}

void RawPage::clear()
{
    m_exchange.reset();
    m_request->clear();
    m_response->clear();
}

void RawPage::showExchange(const ExchangePointer &exchange)
{
    if (m_exchange == exchange)
        return;
    if (!m_exchange || m_exchange->summary.id != exchange->summary.id)
        m_waiting.reset();
    m_exchange = exchange;
    const bool isActive = exchange->summary.state == exchange::State::Active;
    // Files of other programs may have messages without their octets.
    const auto emptyText = [](const exchange::Message &message, const QString &otherwise) {
        return message.hasHead() ? tr("The octets of this message were not recorded.") : otherwise;
    };
    m_request->setEmptyText(emptyText(
        exchange->request, isActive ? tr("Nothing is sent yet.") : tr("Nothing was sent.")));
    m_response->setEmptyText(emptyText(
        exchange->response, isActive ? tr("Nothing has come yet.") : tr("Nothing was received.")));
    m_loader->load(exchange);
}

void RawPage::showContent(const WireContent &content)
{
    m_request->setContent(
        { content.exchange, content.map, Direction::Request, content.request }, content.isComplete);
    m_response->setContent({ content.exchange, content.map, Direction::Response, content.response },
        content.isComplete);
    const auto waiting = m_waiting;
    if (waiting && content.isComplete)
        showSpan(waiting);
}

void RawPage::showSpan(const std::optional<WireSpan> &span)
{
    const RawPane *pane = span && span->direction == Direction::Request ? m_request : m_response;
    const bool isThere = !span || span->begin < pane->view()->octetCount();
    m_waiting = isThere ? std::nullopt : span;
    m_request->showSpan(isThere ? span : std::nullopt);
    m_response->showSpan(isThere ? span : std::nullopt);
}

RawPane *RawPage::request() const { return m_request; }

RawPane *RawPage::response() const { return m_response; }

void RawPage::setHex(bool isHex) { m_forms->setCurrent(isHex ? 1 : 0); }

void RawPage::setShowsLineEnds(bool shows) { m_lineEnds->setChecked(shows); }

} // namespace headrace::ui

#include "inspector/bodypage.h"

#include "inspector/bodyloader.h"
#include "inspector/bodyview.h"
#include "shell/segments.h"

#include <exchange/bodydecoder.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <utility>

namespace headrace::ui {

using exchange::Direction;

BodyPage::BodyPage(QWidget *parent)
    : InspectorPage(parent)
    , m_loader(new BodyLoader(this))
    , m_directions(new Segments({ tr("Request"), tr("Response") }, this))
    , m_codings(new Segments({ tr("Decoded"), tr("As sent") }, this))
    , m_view(new BodyView(this))
{
    m_directions->setAccessibleName(tr("Which body"));
    m_directions->setCurrent(int(Direction::Response));
    m_codings->setAccessibleName(tr("With or without its codings"));
    m_codings->setCurrent(0);
    for (Segments *choice : { m_directions, m_codings })
        connect(choice, &Segments::currentChanged, this, [this] { refresh(false); });
    connect(m_loader, &BodyLoader::loaded, this, &BodyPage::showBody);

    auto *choices = new QWidget(this);
    auto *choicesLayout = new QHBoxLayout(choices);
    choicesLayout->setContentsMargins(0, 0, 0, 0);
    choicesLayout->setSpacing(8);
    choicesLayout->addWidget(m_directions);
    choicesLayout->addWidget(m_codings);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setLeading(choices);
}

void BodyPage::showExchange(const ExchangePointer &exchange)
{
    const bool isGrown = m_exchange && m_exchange->summary.id == exchange->summary.id;
    m_exchange = exchange;
    refresh(isGrown);
}

Direction BodyPage::direction() const { return Direction(m_directions->current()); }

void BodyPage::setDirection(Direction direction) { m_directions->setCurrent(int(direction)); }

void BodyPage::setStore(exchange::Store *store) { m_loader->setStore(store); }

BodyView *BodyPage::view() const { return m_view; }

bool BodyPage::isDecoded() const { return m_codings->current() == 0; }

void BodyPage::setDecoded(bool isDecoded) { m_codings->setCurrent(isDecoded ? 0 : 1); }

const exchange::Message &BodyPage::message() const
{
    return direction() == Direction::Request ? m_exchange->request : m_exchange->response;
}

void BodyPage::setEmptyText()
{
    const bool isActive = m_exchange->summary.state == exchange::State::Active;
    if (direction() == Direction::Request)
        m_view->setEmptyText(tr("The request has no body."));
    else if (!message().hasHead())
        m_view->setEmptyText(
            isActive ? tr("Waiting for the response…") : tr("There was no response."));
    else
        m_view->setEmptyText(
            isActive ? tr("No body octet has come yet.") : tr("The response has no body."));
}

void BodyPage::refresh(bool isGrown)
{
    if (!m_exchange)
        return;
    setEmptyText();
    const exchange::Message &shown = message();
    const bool isCoded = shown.bodyOctets > 0 && !exchange::codingsOf(shown.fields).isEmpty();
    m_codings->setVisible(isCoded);
    const bool isTakenOff = isCoded && isDecoded();
    if (!isGrown) {
        m_isGrown = false;
        if (isTakenOff) { // not the body of another exchange meanwhile
            m_view->setEmptyText(tr("Decoding…"));
            m_view->setBody({}, false);
        }
    }
    m_loader->load(m_exchange, direction(), isTakenOff);
}

void BodyPage::showBody(const BodySource &source)
{
    setEmptyText();
    m_view->setBody(source, std::exchange(m_isGrown, true));
}

} // namespace headrace::ui

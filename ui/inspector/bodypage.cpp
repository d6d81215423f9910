#include "inspector/bodypage.h"

#include "inspector/bodyview.h"
#include "shell/segments.h"

#include <QVBoxLayout>

namespace headrace::ui {

using exchange::Direction;

BodyPage::BodyPage(QWidget *parent)
    : InspectorPage(parent)
    , m_directions(new Segments({ tr("Request"), tr("Response") }, this))
    , m_view(new BodyView(this))
{
    m_directions->setAccessibleName(tr("Which body"));
    m_directions->setCurrent(int(Direction::Response));
    connect(m_directions, &Segments::currentChanged, this, [this] { refresh(false); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setLeading(m_directions);
}

void BodyPage::showExchange(const ExchangePointer &exchange)
{
    const bool isGrown = m_exchange && m_exchange->summary.id == exchange->summary.id;
    m_exchange = exchange;
    refresh(isGrown);
}

Direction BodyPage::direction() const { return Direction(m_directions->current()); }

void BodyPage::setDirection(Direction direction) { m_directions->setCurrent(int(direction)); }

BodyView *BodyPage::view() const { return m_view; }

void BodyPage::refresh(bool isGrown)
{
    if (!m_exchange)
        return;
    const bool isRequest = direction() == Direction::Request;
    const exchange::Message &message = isRequest ? m_exchange->request : m_exchange->response;
    const bool isActive = m_exchange->summary.state == exchange::State::Active;
    if (isRequest)
        m_view->setEmptyText(tr("The request has no body."));
    else if (!message.hasHead())
        m_view->setEmptyText(
            isActive ? tr("Waiting for the response…") : tr("There was no response."));
    else
        m_view->setEmptyText(
            isActive ? tr("No body octet has come yet.") : tr("The response has no body."));
    m_view->setBody({ message.joined(exchange::Part::Body), message.field("Content-Type"),
                        message.field("Content-Encoding"), message.bodyOctets },
        isGrown);
}

} // namespace headrace::ui

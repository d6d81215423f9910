#include "inspector/bodypage.h"

#include "inspector/bodydecoding.h"
#include "inspector/bodyview.h"
#include "shell/segments.h"

#include <exchange/bodydecoder.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::Direction;

BodyPage::BodyPage(QWidget *parent)
    : InspectorPage(parent)
    , m_decoding(new BodyDecoding(this))
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
    connect(m_decoding, &BodyDecoding::done, this, &BodyPage::showDecoded);

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
    m_decoding->cancel();
    if (!m_exchange)
        return;
    setEmptyText();
    const exchange::Message &shown = message();
    const bool isCoded = shown.bodyOctets > 0 && !exchange::codingsOf(shown.fields).isEmpty();
    m_codings->setVisible(isCoded);
    if (isCoded && isDecoded()) {
        m_isGrown = isGrown;
        if (!isGrown) { // not the body of another exchange meanwhile
            m_view->setEmptyText(tr("Decoding…"));
            m_view->setBody({}, false);
        }
        m_decoding->start(shown);
        return;
    }
    m_view->setBody({ shown.joined(exchange::Part::Body), shown.field("Content-Type"),
                        shown.field("Content-Encoding"), shown.bodyOctets, {} },
        isGrown);
}

void BodyPage::showDecoded(const QByteArray &decoded, const QString &problem)
{
    setEmptyText();
    const exchange::Message &shown = message();
    QString remark = problem;
    // Nothing at all could be made of it: then what passed is better than nothing.
    if (decoded.isEmpty() && !problem.isEmpty()) {
        m_view->setBody({ shown.joined(exchange::Part::Body), shown.field("Content-Type"),
                            shown.field("Content-Encoding"), shown.bodyOctets, remark },
            m_isGrown);
        return;
    }
    // A body that still comes ends in the middle of its coding, of course.
    if (m_exchange->summary.state == exchange::State::Active)
        remark.clear();
    if (shown.isTruncated || shown.isPartial)
        remark = tr("Not the whole body is here. %1").arg(remark);
    m_view->setBody(
        { decoded, shown.field("Content-Type"), {}, decoded.size(), remark.trimmed() }, m_isGrown);
}

} // namespace headrace::ui

#include "inspector/headspage.h"

#include "inspector/messagehead.h"
#include "shell/adaptivesplitter.h"
#include "shell/emptystate.h"
#include "shell/format.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::Message;
using exchange::Part;

namespace {

constexpr int SideBySideFrom = 1100;

} // namespace

HeadsPage::HeadsPage(What what, QWidget *parent)
    : InspectorPage(parent)
    , m_what(what)
    , m_splitter(new AdaptiveSplitter(SideBySideFrom, this))
    , m_request(makeSide(tr("Request")))
    , m_response(makeSide(tr("Response")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
}

HeadsPage::Side HeadsPage::makeSide(const QString &name)
{
    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    Side side;
    side.layout = new QVBoxLayout(content);
    side.layout->setContentsMargins(0, 0, 0, 8);
    side.layout->setSpacing(8);
    side.empty = new EmptyState(content);
    side.layout->addWidget(side.empty, 1);
    side.layout->addStretch(1);

    auto *area = new QScrollArea(m_splitter);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setAccessibleName(name);
    area->setWidget(content);
    m_splitter->addWidget(area);
    m_splitter->setStretchFactor(m_splitter->count() - 1, 1);
    return side;
}

void HeadsPage::showExchange(const ExchangePointer &exchange)
{
    const auto choose = [this](const QList<const Message *> &all) {
        QList<const Message *> chosen;
        for (const Message *message : all) {
            if (hasContent(*message))
                chosen += message;
        }
        return chosen;
    };
    QList<const Message *> responses;
    for (const Message &interim : exchange->interim)
        responses += &interim;
    responses += &exchange->response;
    showMessages(&m_request, choose({ &exchange->request }), tr("Request"));
    showMessages(&m_response, choose(responses), tr("Response"));

    const bool isActive = exchange->summary.state == exchange::State::Active;
    if (m_what == What::Trailers) {
        m_request.empty->setText(tr("No request trailers."));
        m_response.empty->setText(
            isActive ? tr("No response trailers yet.") : tr("No response trailers."));
    } else {
        m_request.empty->setText(
            isActive ? tr("The request is not sent yet.") : tr("No request was sent."));
        m_response.empty->setText(
            isActive ? tr("Waiting for the response…") : tr("There was no response."));
    }
}

QString HeadsPage::badge(const exchange::Exchange &exchange) const
{
    if (m_what == What::Heads)
        return {};
    const qsizetype count = exchange.request.trailers.size() + exchange.response.trailers.size();
    return count == 0 ? QString() : QString::number(count);
}

bool HeadsPage::hasContent(const Message &message) const
{
    return m_what == What::Heads ? message.hasHead() : !message.trailers.isEmpty();
}

void HeadsPage::showMessages(
    Side *side, const QList<const Message *> &messages, const QString &title)
{
    while (side->heads.size() < messages.size()) {
        auto *head = new MessageHead;
        head->setLinesBeforeFields(m_what == What::Heads ? 1 : 0);
        side->layout->insertWidget(int(side->heads.size()), head);
        side->heads += head;
    }
    for (qsizetype i = 0; i < side->heads.size(); ++i) {
        MessageHead *head = side->heads.at(i);
        head->setVisible(i < messages.size());
        if (i >= messages.size())
            continue;
        const Message &message = *messages.at(i);
        const bool isInterim
            = message.statusCode >= 100 && message.statusCode < 200 && message.statusCode != 101;
        head->setTitle(isInterim ? tr("Interim") : title);
        if (m_what == What::Trailers)
            head->setContent({}, message.trailers, message.joined(Part::Trailers));
        else
            head->setContent(
                displayText(message.startLine), message.fields, message.joined(Part::Head));
    }
    side->empty->setVisible(messages.isEmpty());
}

} // namespace headrace::ui

#include "inspector/headspage.h"

#include "inspector/fieldremarks.h"
#include "inspector/fieldtableview.h"
#include "inspector/messagehead.h"
#include "inspector/notessection.h"
#include "shell/adaptivesplitter.h"
#include "shell/emptystate.h"
#include "shell/format.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::Message;
using exchange::Part;
using exchange::WireItem;
using exchange::WireSpan;

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
    side.area = area;
    return side;
}

void HeadsPage::showExchange(const ExchangePointer &exchange)
{
    const bool isOther = !m_exchange || m_exchange->summary.id != exchange->summary.id;
    m_exchange = exchange;
    m_map = exchange::WireMap(*exchange);
    QList<int> responses;
    for (int i = 1; i <= exchange->interim.size(); ++i)
        responses += i;
    responses += 0;
    showMessages(&m_request, { -1 });
    showMessages(&m_response, responses);
    if (isOther)
        showSpan({});

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

void HeadsPage::showSpan(const std::optional<WireSpan> &span)
{
    WireItem item;
    bool isFound = false;
    if (const auto found = span ? m_map.at(span->direction, span->begin) : std::nullopt) {
        item = *found;
        isFound = true;
    }
    const auto kind = m_what == What::Heads ? WireItem::Kind::Field : WireItem::Kind::Trailer;
    for (const Side *side : { &m_request, &m_response }) {
        for (qsizetype i = 0; i < side->heads.size(); ++i) {
            MessageHead *head = side->heads.at(i);
            const bool isHere
                = isFound && i < side->messages.size() && side->messages.at(i) == item.message;
            if (isHere && item.kind == kind) {
                head->showField(item.index);
                const QRect row
                    = head->table()->visualRect(head->table()->model()->index(item.index, 0));
                const QPoint place
                    = head->table()->viewport()->mapTo(side->area->widget(), row.center());
                side->area->ensureVisible(place.x(), place.y(), 0, 2 * row.height());
            } else if (isHere && item.kind == WireItem::Kind::StartLine && m_what == What::Heads) {
                head->showStartLine();
            } else {
                head->showField(-1);
            }
        }
    }
}

bool HeadsPage::hasContent(const Message &message) const
{
    if (m_what == What::Heads)
        return message.hasHead();
    return !message.trailers.isEmpty() || !trailerNotes(message).isEmpty();
}

const Message &HeadsPage::message(int index) const
{
    return index < 0 ? m_exchange->request
        : index == 0 ? m_exchange->response
                     : m_exchange->interim.at(index - 1);
}

int HeadsPage::messageOf(const MessageHead *head) const
{
    for (const Side *side : { &m_request, &m_response }) {
        for (qsizetype i = 0; i < side->messages.size(); ++i) {
            if (side->heads.at(i) == head)
                return side->messages.at(i);
        }
    }
    return 0;
}

MessageHead *HeadsPage::makeHead(Side *side)
{
    auto *head = new MessageHead;
    head->setLinesBeforeFields(m_what == What::Heads ? 1 : 0);
    side->layout->insertWidget(int(side->heads.size()), head);
    side->heads += head;
    connect(head, &MessageHead::fieldSelected, this, [this, head](int row) {
        const int index = messageOf(head);
        noteSelection(
            head, m_what == What::Heads ? m_map.field(index, row) : m_map.trailer(index, row));
    });
    connect(head, &MessageHead::startLineSelected, this,
        [this, head] { noteSelection(head, m_map.startLine(messageOf(head))); });
    connect(head, &MessageHead::rawRequested, this, &HeadsPage::rawRequested);
    connect(head, &MessageHead::sectionToggled, this, [this](const QString &title, bool isOn) {
        if (isOn)
            m_folded.remove(title);
        else
            m_folded.insert(title);
    });
    return head;
}

/// One thing is selected at a time.
void HeadsPage::noteSelection(MessageHead *head, const std::optional<WireSpan> &span)
{
    for (const Side *side : { &m_request, &m_response }) {
        for (MessageHead *other : side->heads) {
            if (other != head)
                other->showField(-1);
        }
    }
    Q_EMIT spanSelected(span);
}

void HeadsPage::showMessages(Side *side, const QList<int> &messages)
{
    side->messages.clear();
    for (const int index : messages) {
        if (hasContent(message(index)))
            side->messages += index;
    }
    while (side->heads.size() < side->messages.size())
        makeHead(side);
    for (qsizetype i = 0; i < side->heads.size(); ++i) {
        MessageHead *head = side->heads.at(i);
        head->setVisible(i < side->messages.size());
        if (i < side->messages.size())
            fillHead(head, side->messages.at(i));
    }
    side->empty->setVisible(side->messages.isEmpty());
}

void HeadsPage::fillHead(MessageHead *head, int index)
{
    const Message &shown = message(index);
    head->setTitle(index > 0 ? tr("Interim") : index == 0 ? tr("Response") : tr("Request"));
    QList<HeadNotes> notes;
    if (m_what == What::Trailers) {
        head->setContent({}, shown.trailers, shown.joined(Part::Trailers));
        head->setTrailers(announcedTrailers(shown));
        notes += trailerNotes(shown);
    } else {
        head->setContent(displayText(shown.startLine), shown.fields, shown.joined(Part::Head));
        notes += cookieNotes(*m_exchange, shown);
        if (index == 0)
            notes += cachingNotes(*m_exchange);
    }
    head->setNotes(notes);
    for (NotesSection *section : head->sections())
        section->setExpanded(!m_folded.contains(section->notes().title));
}

} // namespace headrace::ui

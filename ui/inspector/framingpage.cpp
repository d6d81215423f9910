#include "inspector/framingpage.h"

#include "inspector/framingmodel.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/segments.h"
#include "shell/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

using exchange::Direction;

namespace {

constexpr int RowHeight = 22;

} // namespace

FramingPage::FramingPage(QWidget *parent)
    : InspectorPage(parent)
    , m_model(new FramingModel(this))
    , m_directions(new Segments({ tr("Request"), tr("Response") }, this))
    , m_legend(new QLabel(this))
    , m_table(new QTableView(this))
    , m_empty(new EmptyState(this))
{
    makeTable();
    m_directions->setAccessibleName(tr("Which direction"));
    m_directions->setCurrent(int(Direction::Response));
    connect(m_directions, &Segments::currentChanged, this, &FramingPage::refresh);
    m_legend->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setText(tr("No octet has passed in this direction."));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 8, 4);
    bar->setSpacing(12);
    bar->addWidget(m_directions);
    bar->addWidget(m_legend, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
}

void FramingPage::makeTable()
{
    m_table->setAccessibleName(tr("Frames"));
    m_table->setModel(m_model);
    m_table->setFont(Theme::fixedFont());
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setMinimumSectionSize(RowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(RowHeight);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    const QFontMetrics wire(Theme::fixedFont());
    const std::pair<int, const char *> samples[] = { { FramingModel::Time, "000.000000" },
        { FramingModel::SizeLine, "1000;extension=1" }, { FramingModel::Offset, "1,000,000,000" },
        { FramingModel::Octets, "100,000,000" }, { FramingModel::BodyOffset, "1,000,000,000" },
        { FramingModel::Data, "100,000,000" } };
    for (const auto &[column, sample] : samples)
        header->resizeSection(column, wire.horizontalAdvance(QLatin1String(sample)) + 16);
    header->setSectionResizeMode(FramingModel::What, QHeaderView::Stretch);
}

void FramingPage::showExchange(const ExchangePointer &exchange)
{
    m_exchange = exchange;
    refresh();
}

QString FramingPage::badge(const exchange::Exchange &exchange) const
{
    qsizetype chunks = 0;
    for (const exchange::Message *message : { &exchange.request, &exchange.response })
        chunks += std::count_if(message->chunks.cbegin(), message->chunks.cend(),
            [](const exchange::Chunk &chunk) { return chunk.size > 0; });
    return chunks == 0 ? QString() : formatCount(chunks);
}

Direction FramingPage::direction() const { return Direction(m_directions->current()); }

void FramingPage::setDirection(Direction direction) { m_directions->setCurrent(int(direction)); }

QTableView *FramingPage::table() const { return m_table; }

void FramingPage::refresh()
{
    if (!m_exchange)
        return;
    const int place = m_table->verticalScrollBar()->value();
    m_model->setExchange(*m_exchange, direction());
    m_table->verticalScrollBar()->setValue(place);
    const bool isEmpty = m_model->rowCount() == 0;
    m_table->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    const exchange::Message &message
        = direction() == Direction::Request ? m_exchange->request : m_exchange->response;
    qint64 octets = message.wireOctets;
    if (direction() == Direction::Response) {
        for (const exchange::Message &interim : m_exchange->interim)
            octets += interim.wireOctets;
    }
    QString legend = tr("%1 octets on the wire").arg(formatCount(octets));
    if (const int chunks = m_model->chunkCount(); chunks > 0)
        legend += chunks == 1 ? tr(" · 1 chunk") : tr(" · %1 chunks").arg(formatCount(chunks));
    if (message.isTruncated || message.isPartial)
        legend += tr(" · only the first are here");
    m_legend->setText(isEmpty ? QString() : legend);
}

} // namespace headrace::ui

#include "inspector/framingpage.h"

#include "inspector/framingmodel.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/segments.h"
#include "shell/theme.h"
#include "widgets/rowtable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

using exchange::Direction;

namespace {

constexpr int LeastWhatWidth = 220;

} // namespace

FramingPage::FramingPage(QWidget *parent)
    : InspectorPage(parent)
    , m_loader(new WireLoader(this))
    , m_model(new FramingModel(this))
    , m_directions(new Segments({ tr("Request"), tr("Response") }, this))
    , m_legend(new QLabel(this))
    , m_table(new RowTable(this))
    , m_empty(new EmptyState(this))
{
    makeTable();
    connect(m_loader, &WireLoader::loaded, this, [this](const WireContent &content) {
        m_content = content;
        refresh();
        if (m_span && !m_table->selectionModel()->hasSelection())
            showSpan(m_span); // It may not have been there before.
    });
    m_directions->setAccessibleName(tr("Which direction"));
    m_directions->setCurrent(int(Direction::Response));
    connect(m_directions, &Segments::currentChanged, this, &FramingPage::refresh);
    m_legend->setForegroundRole(QPalette::PlaceholderText);

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
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->installEventFilter(this);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    const QFontMetrics wire(Theme::fixedFont());
    const std::pair<int, const char *> samples[] = { { FramingModel::Time, "000.000000" },
        { FramingModel::Delta, "10000.000" }, { FramingModel::Lasted, "10000.000" },
        { FramingModel::SizeLine, "100000" }, { FramingModel::Extension, ";extension=12" },
        { FramingModel::Offset, "100,000,000" }, { FramingModel::Octets, "10,000,000" },
        { FramingModel::BodyOffset, "In the body at" }, { FramingModel::Data, "10,000,000" } };
    for (const auto &[column, sample] : samples)
        header->resizeSection(column, wire.horizontalAdvance(QLatin1String(sample)) + 16);

    connect(m_table, &QTableView::customContextMenuRequested, this, &FramingPage::showMenu);
    connect(m_table, &QTableView::doubleClicked, this, &FramingPage::rawRequested);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &FramingPage::noteSelection);
}

void FramingPage::setStore(exchange::Store *store) { m_loader->setStore(store); }

void FramingPage::showExchange(const ExchangePointer &exchange)
{
    if (m_content.exchange && m_content.exchange->summary.id != exchange->summary.id)
        m_span.reset();
    m_loader->load(exchange);
}

QString FramingPage::badge(const exchange::Exchange &exchange) const
{
    qsizetype chunks = 0;
    for (const exchange::Message *message : { &exchange.request, &exchange.response })
        chunks += std::count_if(message->chunks.cbegin(), message->chunks.cend(),
            [](const exchange::Chunk &chunk) { return chunk.size > 0; });
    return chunks == 0 ? QString() : formatCount(chunks);
}

void FramingPage::showSpan(const std::optional<exchange::WireSpan> &span)
{
    const QScopedValueRollback showing(m_isShowing, true);
    m_span = span;
    if (span)
        setDirection(span->direction);
    const int row = span ? m_model->rowOf(*span) : -1;
    if (row < 0) {
        m_table->clearSelection();
    } else {
        m_table->selectRow(row);
        m_table->scrollTo(m_model->index(row, FramingModel::What));
    }
}

Direction FramingPage::direction() const { return Direction(m_directions->current()); }

void FramingPage::setDirection(Direction direction) { m_directions->setCurrent(int(direction)); }

QTableView *FramingPage::table() const { return m_table; }

void FramingPage::refresh()
{
    if (!m_content.exchange)
        return;
    const int place = m_table->verticalScrollBar()->value();
    m_model->setExchange(m_content.exchange, m_content.map, direction());
    m_table->verticalScrollBar()->setValue(place);
    const bool isEmpty = m_model->rowCount() == 0;
    m_empty->setText((direction() == Direction::Request ? m_content.exchange->request
                                                        : m_content.exchange->response)
                         .hasHead()
            ? tr("The octets of this message were not recorded.")
            : tr("No octet has passed in this direction."));
    m_table->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    const exchange::Exchange &exchange = *m_content.exchange;
    const exchange::Message &message
        = direction() == Direction::Request ? exchange.request : exchange.response;
    QString legend = tr("%1 octets on the wire").arg(formatCount(m_content.map->size(direction())));
    if (const int chunks = m_model->chunkCount(); chunks > 0)
        legend += chunks == 1 ? tr(" · 1 chunk") : tr(" · %1 chunks").arg(formatCount(chunks));
    const auto &octets = direction() == Direction::Request ? m_content.request : m_content.response;
    if (!m_content.isComplete)
        legend += tr(" · reading…");
    else if (message.isTruncated || octets->size() < m_content.map->size(direction()))
        legend += tr(" · only the first are here");
    m_legend->setText(isEmpty ? QString() : legend);
    fitColumns();
}

QString FramingPage::selectedLines() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return {};
    std::sort(rows.begin(), rows.end());
    QStringList lines { m_model->headerLine() };
    for (const QModelIndex &row : std::as_const(rows))
        lines += m_model->line(row.row());
    return lines.join(u'\n') + u'\n';
}

bool FramingPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return InspectorPage::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->matches(QKeySequence::Copy)) {
        if (m_table->selectionModel()->hasSelection())
            QGuiApplication::clipboard()->setText(selectedLines());
        return true;
    }
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isEnter && m_table->selectionModel()->hasSelection()) {
        Q_EMIT rawRequested();
        return true;
    }
    return false;
}

void FramingPage::resizeEvent(QResizeEvent *event)
{
    InspectorPage::resizeEvent(event);
    fitColumns();
}

/// What a row is gets the room that is left; measuring all rows would take long.
void FramingPage::fitColumns()
{
    int others = 0;
    for (int column = 0; column < FramingModel::ColumnCount; ++column)
        others += column == FramingModel::What ? 0 : m_table->columnWidth(column);
    const int bar = m_table->verticalScrollBar()->sizeHint().width();
    m_table->setColumnWidth(FramingModel::What, std::max(LeastWhatWidth, width() - others - bar));
}

void FramingPage::noteSelection()
{
    if (m_isShowing)
        return;
    m_span.reset();
    std::optional<exchange::WireSpan> chosen;
    const QItemSelection selection = m_table->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        const auto first = m_model->span(range.top());
        const auto last = m_model->span(range.bottom());
        if (!first || !last)
            continue;
        chosen = exchange::WireSpan { first->direction,
            chosen ? std::min(chosen->begin, first->begin) : first->begin,
            chosen ? std::max(chosen->end, last->end) : last->end };
    }
    Q_EMIT spanSelected(chosen);
}

void FramingPage::showMenu(const QPoint &position)
{
    const bool hasSelection = m_table->selectionModel()->hasSelection();
    QMenu menu(this);
    QAction *raw = menu.addAction(tr("Show in Raw"), this, &FramingPage::rawRequested);
    raw->setShortcut(Qt::Key_Return);
    raw->setEnabled(hasSelection);
    QAction *copy = menu.addAction(icon(QStringLiteral("copy")), tr("Copy rows"), this,
        [this] { QGuiApplication::clipboard()->setText(selectedLines()); });
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(hasSelection);
    menu.addSeparator();
    menu.addAction(tr("Select all"), m_table, &QTableView::selectAll);
    menu.exec(m_table->viewport()->mapToGlobal(position));
}

} // namespace headrace::ui

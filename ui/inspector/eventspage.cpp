#include "inspector/eventspage.h"

#include "inspector/eventdelegate.h"
#include "inspector/eventmodel.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int RowHeight = 22;

} // namespace

EventsPage::EventsPage(QWidget *parent)
    : InspectorPage(parent)
    , m_model(new EventModel(this))
    , m_table(new QTableView(this))
    , m_pattern(new QLabel(this))
    , m_legend(new QLabel(this))
    , m_empty(new EmptyState(this))
{
    makeTable();
    m_empty->setText(tr("No event has been recorded yet."));
    m_legend->setForegroundRole(QPalette::PlaceholderText);
    QFont bold = m_pattern->font();
    bold.setBold(true);
    m_pattern->setFont(bold);
    m_pattern->setTextFormat(Qt::PlainText);
    m_pattern->setToolTip(tr("The documented order that these events follow"));

    auto *copyAll = new QAction(icon(QStringLiteral("copy")), tr("Copy all events"), this);
    connect(copyAll, &QAction::triggered, this, &EventsPage::copyAll);
    addAction(copyAll);
    auto *button = new QToolButton(this);
    button->setDefaultAction(copyAll);
    button->setAutoRaise(true);
    button->setAccessibleName(copyAll->text());

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 4, 4);
    bar->setSpacing(12);
    bar->addWidget(m_pattern);
    bar->addWidget(m_legend, 1);
    bar->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
}

void EventsPage::makeTable()
{
    m_table->setAccessibleName(tr("Events"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new EventDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setMinimumSectionSize(RowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(RowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);

    auto *copy = new QAction(tr("Copy events"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &EventsPage::copySelected);
    m_table->addAction(copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void EventsPage::showExchange(const ExchangePointer &exchange)
{
    QScrollBar *bar = m_table->verticalScrollBar();
    const bool isOther = m_shown != exchange->summary.id;
    const bool followed = !isOther && bar->maximum() > 0 && bar->value() == bar->maximum();
    m_shown = exchange->summary.id;
    m_model->setEvents(exchange->events);
    const std::optional<exchange::Departure> departure = exchange::departureOf(*exchange);
    m_model->setDeparture(departure);
    QString pattern = exchange::displayName(exchange::patternOf(*exchange));
    if (departure && departure->eventIndex >= exchange->events.size())
        pattern += tr(" · ends too early: expected %1").arg(departure->expected);
    else if (departure)
        pattern += tr(" · departs at event %1").arg(departure->eventIndex + 1);
    m_pattern->setText(pattern);
    m_table->setVisible(!exchange->events.isEmpty());
    m_empty->setVisible(exchange->events.isEmpty());
    m_legend->setText(tr("%1 events from %2")
                          .arg(formatCount(exchange->events.size()),
                              m_model->lanes().join(QStringLiteral(", "))));
    m_legend->setVisible(!exchange->events.isEmpty());
    m_pattern->setVisible(!exchange->events.isEmpty());
    fitColumns();
    if (isOther)
        m_table->scrollToTop();
    else if (followed)
        m_table->scrollToBottom();
}

QString EventsPage::badge(const exchange::Exchange &exchange) const
{
    return exchange.events.isEmpty() ? QString() : formatCount(exchange.events.size());
}

QTableView *EventsPage::table() const { return m_table; }

QString EventsPage::patternText() const { return m_pattern->text(); }

void EventsPage::fitColumns()
{
    const QFontMetrics wire(Theme::fixedFont());
    QFont boldFont = Theme::fixedFont();
    boldFont.setBold(true);
    const QFontMetrics bold(boldFont);
    int objects = 80;
    for (const QString &lane : m_model->lanes())
        objects = std::max(objects, wire.horizontalAdvance(lane));
    int names = 120;
    for (const exchange::Event &event : m_model->events())
        names = std::max(names, bold.horizontalAdvance(event.name));
    m_table->setColumnWidth(
        EventModel::Time, wire.horizontalAdvance(QStringLiteral("000.000000")) + 16);
    m_table->setColumnWidth(
        EventModel::Delta, wire.horizontalAdvance(QStringLiteral("+000 ms")) + 16);
    m_table->setColumnWidth(
        EventModel::Object, objects + int(m_model->lanes().size()) * EventDelegate::LaneWidth + 40);
    m_table->setColumnWidth(EventModel::Name, std::min(names, 240) + 16);
}

void EventsPage::copyAll() const { QGuiApplication::clipboard()->setText(m_model->toText()); }

void EventsPage::copySelected() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    const QStringList lines = m_model->toText().split(u'\n');
    QStringList chosen;
    for (const QModelIndex &row : std::as_const(rows))
        chosen += lines.value(row.row());
    QGuiApplication::clipboard()->setText(chosen.join(u'\n'));
}

} // namespace headrace::ui

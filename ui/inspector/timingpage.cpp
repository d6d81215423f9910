#include "inspector/timingpage.h"

#include "inspector/connectionlife.h"
#include "inspector/factsview.h"
#include "inspector/lifedelegate.h"
#include "inspector/phasebars.h"
#include "shell/format.h"
#include "shell/theme.h"
#include "widgets/rowtable.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int MostFacts = 3; // groups; timingFactsOf() gives no more

QLabel *boldLabel(const QString &text)
{
    auto *label = new QLabel(text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

} // namespace

TimingPage::TimingPage(QWidget *parent)
    : InspectorPage(parent)
    , m_life(new ConnectionLife(this))
    , m_phases(new PhaseBars)
    , m_noPhases(new QLabel(tr("No phase has ended yet.")))
    , m_lifeTitle(boldLabel({}))
    , m_lifeText(new QLabel)
    , m_table(new RowTable)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    makeTable();
    m_lifeText->setForegroundRole(QPalette::PlaceholderText);
    auto *caption = new QHBoxLayout;
    caption->setContentsMargins(8, 12, 8, 4);
    caption->setSpacing(12);
    caption->addWidget(m_lifeTitle);
    caption->addWidget(m_lifeText, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTop());
    layout->addLayout(caption);
    layout->addWidget(m_table, 1);
    connect(m_life, &QAbstractItemModel::modelReset, this, &TimingPage::showLife);
}

QWidget *TimingPage::makeTop()
{
    auto *top = new QWidget;
    auto *phases = new QVBoxLayout;
    phases->setSpacing(4);
    phases->addWidget(boldLabel(tr("Phases")));
    phases->addWidget(m_phases);
    phases->addWidget(m_noPhases);
    phases->addStretch(1);
    auto *facts = new QVBoxLayout;
    facts->setSpacing(12);
    for (int i = 0; i < MostFacts; ++i) {
        m_facts += new FactsView;
        facts->addWidget(m_facts.constLast());
    }
    facts->addStretch(1);
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->setSpacing(32);
    layout->addLayout(phases, 3);
    layout->addLayout(facts, 2);
    return top;
}

void TimingPage::makeTable()
{
    m_table->setAccessibleName(tr("Exchanges of the connection"));
    m_table->setModel(m_life);
    m_table->setItemDelegate(new LifeDelegate(m_table));
    m_table->setFont(Theme::fixedFont());
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    QHeaderView *header = m_table->horizontalHeader();
    const QFontMetrics wire(Theme::fixedFont());
    const std::pair<int, const char *> samples[] = { { ConnectionLife::Number, "0,000,000" },
        { ConnectionLife::Began, "+000.00 ms" }, { ConnectionLife::Idle, "Idle before" },
        { ConnectionLife::Request, "GET /0000000000000000000" },
        { ConnectionLife::Status, "ECONNRESET" }, { ConnectionLife::Duration, "000.00 ms" } };
    for (const auto &[column, sample] : samples)
        header->resizeSection(column, wire.horizontalAdvance(QLatin1String(sample)) + 16);
    header->setSectionResizeMode(ConnectionLife::Line, QHeaderView::Stretch);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const exchange::ExchangeId id = m_life->idAt(index.row()))
            Q_EMIT exchangeActivated(id);
    });
}

void TimingPage::setStore(exchange::Store *store) { m_store = store; }

void TimingPage::showExchange(const ExchangePointer &exchange)
{
    m_exchange = exchange;
    const QList<Phase> phases = phasesOf(*exchange);
    m_phases->setPhases(phases);
    m_phases->setVisible(!phases.isEmpty());
    m_noPhases->setVisible(phases.isEmpty());
    const QList<FactGroup> facts = timingFactsOf(*exchange);
    for (qsizetype i = 0; i < m_facts.size(); ++i) {
        m_facts.at(i)->setVisible(i < facts.size());
        if (i < facts.size())
            m_facts.at(i)->setGroup(facts.at(i));
    }
    followConnection();
    showLife();
}

void TimingPage::showEvent(QShowEvent *event)
{
    InspectorPage::showEvent(event);
    followConnection();
}

void TimingPage::hideEvent(QHideEvent *event)
{
    InspectorPage::hideEvent(event);
    followConnection();
}

void TimingPage::followConnection()
{
    if (m_exchange && isVisible())
        m_life->setConnection(m_store, m_exchange->connection.id, m_exchange->summary.id);
    else
        m_life->setConnection(nullptr, 0, 0);
}

PhaseBars *TimingPage::phases() const { return m_phases; }

QTableView *TimingPage::lifeTable() const { return m_table; }

QString TimingPage::lifeText() const { return m_lifeText->text(); }

void TimingPage::showLife()
{
    if (!m_exchange)
        return;
    const exchange::Connection &connection = m_exchange->connection;
    m_lifeTitle->setText(
        connection.id == 0 ? tr("Connection") : tr("Connection %1").arg(connection.id));
    m_table->setVisible(m_life->rowCount() > 0);
    QStringList parts;
    if (connection.id == 0) {
        parts += tr("The exchange had none.");
    } else {
        if (!connection.peerAddress.isEmpty())
            parts += tr("%1 → %2").arg(endpointOf(connection.localAddress, connection.localPort),
                endpointOf(connection.peerAddress, connection.peerPort));
        const qsizetype count = m_life->exchangeCount();
        if (count == 1)
            parts += tr("carried this exchange alone");
        else if (count > 1)
            parts += tr("carried %1 exchanges in %2, idle for %3 of it")
                         .arg(formatCount(count), formatDuration(m_life->wholeTime()),
                             formatDuration(m_life->wholeTime() - m_life->busyTime()));
        if (count > ConnectionLife::Window)
            parts += tr("the %1 around this one are shown").arg(ConnectionLife::Window);
    }
    m_lifeText->setText(parts.join(QStringLiteral(" · ")));
    const int row = m_life->rowOf(m_exchange->summary.id);
    if (row >= 0)
        m_table->scrollTo(m_life->index(row, 0));
}

} // namespace headrace::ui

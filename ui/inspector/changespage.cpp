#include "inspector/changespage.h"

#include "compare/comparisonview.h"
#include "inspector/changemodel.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/noticebar.h"
#include "shell/theme.h"
#include "widgets/rowtable.h"

#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::Change;

namespace {

/// What forwarding does by itself is of second rank; what should not have been let through stands out.
class ChangeDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto cause = Change::Cause(index.data(ChangeModel::CauseRole).toInt());
        QPalette &palette = option->palette;
        if (cause == Change::Cause::Leniency)
            palette.setColor(QPalette::Text, Theme::toneColor(Theme::Tone::Failed, palette));
        else if (cause == Change::Cause::HopByHop || cause == Change::Cause::Framing
            || index.column() == ChangeModel::TimeColumn)
            palette.setColor(QPalette::Text, Theme::mutedColor(palette));
        palette.setColor(QPalette::HighlightedText, palette.color(QPalette::Text));
    }
};

} // namespace

ChangesPage::ChangesPage(QWidget *parent)
    : InspectorPage(parent)
    , m_model(new ChangeModel(this))
    , m_warning(new NoticeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState)
    , m_list(new RowTable)
    , m_difference(new ComparisonView)
{
    makeList();
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_difference);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    m_empty->setText(tr("It went on as it came."),
        tr("What rules, scripts, breakpoints and the proxy itself change is listed here."));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_warning);
    layout->addWidget(m_stack, 1);
}

void ChangesPage::makeList()
{
    m_list->setAccessibleName(tr("Changes"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ChangeDelegate(m_list));
    m_list->setTextElideMode(Qt::ElideMiddle);
    QHeaderView *header = m_list->horizontalHeader();
    header->setStretchLastSection(true);
    const int unit = m_list->fontMetrics().horizontalAdvance(u'0');
    m_list->setColumnWidth(ChangeModel::TimeColumn, 13 * unit);
    m_list->setColumnWidth(ChangeModel::CauseColumn, 32 * unit);
    m_list->setColumnWidth(ChangeModel::PlaceColumn, 20 * unit);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &ChangesPage::showCurrent);
}

bool ChangesPage::isOffered(const exchange::Exchange &exchange) const
{
    return exchange.client || !exchange.changes.isEmpty();
}

QString ChangesPage::badge(const exchange::Exchange &exchange) const
{
    return exchange.changes.isEmpty() ? QString() : formatCount(exchange.changes.size());
}

void ChangesPage::showExchange(const ExchangePointer &exchange)
{
    const bool isGrown = m_exchange && m_exchange->summary.id == exchange->summary.id;
    m_exchange = exchange;
    m_model->setChanges(exchange->changes, isGrown);
    m_stack->setCurrentIndex(exchange->changes.isEmpty() ? 0 : 1);
    QStringList lenient;
    for (const Change &change : exchange->changes) {
        if (change.cause == Change::Cause::Leniency)
            lenient += shortened(change.summary, 300);
    }
    m_warning->setNotice(Theme::Tone::Failed,
        lenient.isEmpty() ? QString()
                          : tr("Let through, because you want it so for this host: %1")
                                .arg(lenient.join(QStringLiteral("; "))));
    if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
        m_list->selectRow(0);
}

void ChangesPage::showCurrent()
{
    const int row = m_list->currentIndex().row();
    if (row >= 0 && row < m_model->rowCount())
        m_difference->setParts({ exchange::comparedChange(m_model->change(row)) });
    else
        m_difference->setParts({});
}

QTableView *ChangesPage::list() const { return m_list; }

ComparisonView *ChangesPage::difference() const { return m_difference; }

QString ChangesPage::warning() const { return m_warning->text(); }

QString ChangesPage::emptyText() const
{
    return m_stack->currentIndex() == 0 ? m_empty->title() : QString();
}

} // namespace headrace::ui

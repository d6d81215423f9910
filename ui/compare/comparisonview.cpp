#include "compare/comparisonview.h"

#include "compare/comparisondelegate.h"
#include "compare/comparisonmodel.h"
#include "shell/background.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int RowHeight = 22;
constexpr int MarkWidth = 28;

} // namespace

ComparisonView::ComparisonView(QWidget *parent)
    : QWidget(parent)
    , m_model(new ComparisonModel(this))
    , m_summary(new QLabel)
    , m_folded(new QCheckBox(tr("Only differences")))
    , m_next(new QAction(icon(QStringLiteral("arrow-down")), tr("Next difference"), this))
    , m_previous(new QAction(icon(QStringLiteral("arrow-up")), tr("Previous difference"), this))
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_table(new QTableView)
    , m_background(std::make_unique<Background>())
{
    makeTable();
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);
}

ComparisonView::~ComparisonView() = default;

QWidget *ComparisonView::makeBar()
{
    m_next->setShortcut(Qt::Key_N);
    m_previous->setShortcut(Qt::Key_P);
    connect(m_next, &QAction::triggered, this, &ComparisonView::showNext);
    connect(m_previous, &QAction::triggered, this, &ComparisonView::showPrevious);
    connect(m_folded, &QCheckBox::toggled, this, &ComparisonView::setFolded);
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_summary);
    for (QAction *action : { m_previous, m_next }) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setToolTip(QStringLiteral("%1 (%2)").arg(
            action->text(), action->shortcut().toString(QKeySequence::NativeText)));
        addAction(action);
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setAccessibleName(action->text());
        layout->addWidget(button);
    }
    layout->addWidget(m_folded);
    layout->addStretch(1);
    return bar;
}

void ComparisonView::makeTable()
{
    m_table->setAccessibleName(tr("Differences"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ComparisonDelegate(m_table));
    m_table->setFont(Theme::fixedFont());
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setMinimumSectionSize(MarkWidth);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(ComparisonModel::Mark, QHeaderView::Fixed);
    m_table->setColumnWidth(ComparisonModel::Mark, MarkWidth);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setMinimumSectionSize(RowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(RowHeight);
    auto *copyAction = new QAction(tr("Copy"), m_table);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &ComparisonView::copy);
    m_table->addAction(copyAction);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void ComparisonView::setExchanges(const std::shared_ptr<const exchange::Exchange> &left,
    const std::shared_ptr<const exchange::Exchange> &right)
{
    const quint64 generation = ++m_generation;
    m_summary->clear();
    if (!left || !right) {
        m_empty->setText(tr("There are no longer two exchanges to compare."));
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_empty->setText(tr("Comparing…"));
    m_background->run([left, right] { return exchange::compared(*left, *right); },
        [this, generation](const QList<exchange::ComparedPart> &parts) {
            if (generation == m_generation)
                showParts(parts);
        });
}

void ComparisonView::setParts(const QList<exchange::ComparedPart> &parts)
{
    ++m_generation; // what is being compared is not wanted any more
    showParts(parts);
}

ComparisonModel *ComparisonView::model() const { return m_model; }

QTableView *ComparisonView::table() const { return m_table; }

QString ComparisonView::summaryText() const { return m_summary->text(); }

void ComparisonView::showParts(const QList<exchange::ComparedPart> &parts)
{
    m_model->setParts(parts);
    spanRows();
    const qsizetype count = m_model->differences();
    m_summary->setText(count == 0 ? tr("No difference")
            : count == 1          ? tr("1 difference")
                                  : tr("%1 differences").arg(formatCount(count)));
    m_next->setEnabled(count > 0);
    m_previous->setEnabled(count > 0);
    m_stack->setCurrentWidget(m_table);
    Q_EMIT compared();
}

void ComparisonView::setFolded(bool isFolded)
{
    m_folded->setChecked(isFolded);
    m_model->setFolded(isFolded);
    spanRows();
}

void ComparisonView::spanRows()
{
    m_table->clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->index(row, 0).data(ComparisonModel::SpansRole).toBool())
            m_table->setSpan(row, 0, 1, ComparisonModel::Right + 1);
    }
}

void ComparisonView::showNext()
{
    const QList<int> rows = m_model->differenceRows();
    const auto next = std::upper_bound(rows.cbegin(), rows.cend(), m_table->currentIndex().row());
    if (!rows.isEmpty())
        goTo(next == rows.cend() ? rows.constFirst() : *next);
}

void ComparisonView::showPrevious()
{
    const QList<int> rows = m_model->differenceRows();
    const auto at = std::lower_bound(rows.cbegin(), rows.cend(), m_table->currentIndex().row());
    if (!rows.isEmpty())
        goTo(at == rows.cbegin() ? rows.constLast() : *(at - 1));
}

void ComparisonView::goTo(int row)
{
    m_table->setCurrentIndex(m_model->index(row, 0));
    m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
}

void ComparisonView::copy()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    if (rows.isEmpty()) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            lines += m_model->textOf(row);
    }
    for (const QModelIndex &index : std::as_const(rows))
        lines += m_model->textOf(index.row());
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace headrace::ui

#include "mock/routelistview.h"

#include "mock/routelistmodel.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int IconSize = 12;

class RouteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QPalette palette = option->palette;
        option->textElideMode
            = index.column() == RouteListModel::AboutColumn ? Qt::ElideRight : Qt::ElideMiddle;
        option->state.setFlag(QStyle::State_HasFocus, false);
        QColor color = palette.color(QPalette::Text);
        if (index.column() != RouteListModel::AboutColumn)
            option->font = Theme::fixedFont();
        if (index.column() == RouteListModel::MethodColumn)
            option->font.setBold(true);
        if (index.column() == RouteListModel::StatusColumn)
            color = Theme::statusColor(
                index.data(RouteListModel::StatusRole).toInt(), false, palette);
        const bool isOff = !index.data(RouteListModel::IsEnabledRole).toBool();
        if (isOff || index.column() == RouteListModel::AboutColumn)
            color = Theme::mutedColor(palette);
        const QString problem = index.data(RouteListModel::ProblemRole).toString();
        if (!problem.isEmpty() && index.column() == RouteListModel::AboutColumn) {
            color = Theme::toneColor(Theme::Tone::Failed, palette);
            option->icon = icon(QStringLiteral("error"), color);
            option->decorationSize = QSize(IconSize, IconSize);
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->text = problem;
        }
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
};

} // namespace

RouteListView::RouteListView(RouteListModel *model, QWidget *parent)
    : QTableView(parent)
{
    setModel(model);
    setItemDelegate(new RouteDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setLayoutDirection(Qt::LeftToRight); // paths read so in every language
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Routes"));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(24);
    header->setSectionResizeMode(RouteListModel::EnabledColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(RouteListModel::PathColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(RouteListModel::AboutColumn, QHeaderView::Interactive);
    fitRows();
    connect(this, &QTableView::doubleClicked, this, &RouteListView::editRequested);
}

void RouteListView::fitRows()
{
    const QFontMetrics fixed(Theme::fixedFont());
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(std::max(22, fixed.height() + 6));
    const auto columns = [this, &fixed](int column, int characters) {
        horizontalHeader()->resizeSection(
            column, fixed.horizontalAdvance(QLatin1Char('W')) * characters + 12);
    };
    horizontalHeader()->resizeSection(RouteListModel::EnabledColumn, 28);
    columns(RouteListModel::MethodColumn, 8);
    columns(RouteListModel::StatusColumn, 6);
    columns(RouteListModel::AboutColumn, 26);
}

int RouteListView::currentRow() const
{
    return currentIndex().isValid() ? currentIndex().row() : -1;
}

void RouteListView::setCurrentRow(int row)
{
    setCurrentIndex(model()->index(row, RouteListModel::PathColumn));
}

void RouteListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentRowChanged(current.isValid() ? current.row() : -1);
}

void RouteListView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex box = currentIndex().siblingAtColumn(RouteListModel::EnabledColumn);
    if (event->key() == Qt::Key_Delete) {
        Q_EMIT removeRequested();
    } else if (event->key() == Qt::Key_Space && box.isValid()) {
        model()->setData(box,
            box.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
            Qt::CheckStateRole);
    } else if (event->modifiers() == Qt::NoModifier
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT editRequested();
    } else {
        QTableView::keyPressEvent(event);
    }
}

void RouteListView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitRows();
}

} // namespace headrace::ui

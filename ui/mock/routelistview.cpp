#include "mock/routelistview.h"

#include "mock/routelistmodel.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QStyledItemDelegate>

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
    : SwitchTable(model, RouteListModel::PathColumn, parent)
{
    setItemDelegate(new RouteDelegate(this));
    setLayoutDirection(Qt::LeftToRight); // paths read so in every language
    setAccessibleName(tr("Routes"));
    setColumnCharacters(RouteListModel::MethodColumn, 8);
    setColumnCharacters(RouteListModel::StatusColumn, 6);
    setColumnCharacters(RouteListModel::AboutColumn, 26);
}

} // namespace headrace::ui

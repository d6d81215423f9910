#include "proxy/switchlist.h"

#include "proxy/switchlistmodel.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QStyledItemDelegate>

namespace headrace::ui {

namespace {

constexpr int IconSize = 12;

class SwitchDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QPalette palette = option->palette;
        option->textElideMode = Qt::ElideMiddle;
        option->state.setFlag(QStyle::State_HasFocus, false);
        if (index.data(SwitchRole::IsWire).toBool())
            option->font = Theme::fixedFont();
        const bool isOff = !index.data(SwitchRole::IsEnabled).toBool();
        QColor color = isOff || index.data(SwitchRole::IsMuted).toBool()
            ? Theme::mutedColor(palette)
            : palette.color(QPalette::Text);
        if (index.column() == SwitchTable::BoxColumn + 1
            && !index.data(SwitchRole::Problem).toString().isEmpty()) {
            color = Theme::toneColor(Theme::Tone::Failed, palette);
            option->icon = icon(QStringLiteral("error"), color);
            option->decorationSize = QSize(IconSize, IconSize);
            option->features |= QStyleOptionViewItem::HasDecoration;
        }
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
};

} // namespace

SwitchList::SwitchList(QAbstractItemModel *model, int stretched, QWidget *parent)
    : SwitchTable(model, stretched, parent)
{
    setItemDelegate(new SwitchDelegate(this));
    if (model->supportedDropActions().testFlag(Qt::MoveAction) && !model->mimeTypes().isEmpty()
        && model->flags({}).testFlag(Qt::ItemIsDropEnabled)) {
        setDragDropMode(InternalMove);
        setDragDropOverwriteMode(false);
        setDropIndicatorShown(true);
    }
}

} // namespace headrace::ui

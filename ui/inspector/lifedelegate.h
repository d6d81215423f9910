#pragma once

#include <QStyledItemDelegate>

namespace headrace::ui {

/// Paints the rows of a ConnectionLife: the one that is shown in bold, times as bars on one line.
class LifeDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace headrace::ui

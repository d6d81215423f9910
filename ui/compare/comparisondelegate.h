#pragma once

#include <QStyledItemDelegate>

namespace headrace::ui {

/** Paints the rows of a ComparisonModel: headings, and lines on a ground that tells what is with them, in which
    what differs stands out. Long lines are moved so that the first difference can be seen. */
class ComparisonDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    void paintSpan(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintLine(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

} // namespace headrace::ui

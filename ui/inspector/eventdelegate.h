#pragma once

#include <QStyledItemDelegate>

namespace headrace::ui {

/// Paints an event: a line for each object with a mark in the lane of the one that emitted it.
class EventDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int LaneWidth = 16;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    void paintLanes(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

} // namespace headrace::ui

#pragma once

#include <QHash>
#include <QIcon>
#include <QStyledItemDelegate>

namespace headrace::ui {

/** Paints the cells of the traffic list; knows roles only. Status in its colour, wire text in the fixed
    font, second-rank columns muted, long values elided in the middle. */
class TrafficDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// The font a column is painted in, for measuring too.
    static QFont fontOf(int column);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    void paintSource(
        QPainter *painter, const QStyleOptionViewItem &option, const QVariant &source) const;
    void paintMark(
        QPainter *painter, const QStyleOptionViewItem &option, const QVariant &mark) const;

    mutable QHash<std::pair<int, QRgb>, QIcon> m_icons; ///< By source and colour.
};

} // namespace headrace::ui

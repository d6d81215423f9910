#pragma once

#include "fields/fieldnames.h"

#include <QStyledItemDelegate>

class QLineEdit;

namespace headrace::ui {

/** Paints and edits the cells of a field list. What is typed goes into the model at once, so that
    nothing waits in an open editor; Esc takes back what was typed since it opened. */
class FieldDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit FieldDelegate(QObject *parent = nullptr);

    void setUse(FieldUse use);

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(
        QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

Q_SIGNALS:
    /// Several lines were pasted into the cell's editor, which is still open.
    void blockPasted(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void paintText(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintRemove(QPainter *painter, const QStyleOptionViewItem &option) const;
    bool pastes(QLineEdit *editor);

    FieldUse m_use = FieldUse::Request;
};

} // namespace headrace::ui

#pragma once

#include <QTableView>

namespace headrace::ui {

class FieldDelegate;
class FieldListModel;

/** The rows of a field list: click or type to edit, Space turns a field off, Delete removes it,
    Alt+Up and Alt+Down move it, Ctrl+C and Ctrl+V copy and paste whole lines. */
class FieldView : public QTableView
{
    Q_OBJECT

public:
    explicit FieldView(FieldListModel *model, FieldDelegate *delegate, QWidget *parent = nullptr);

    void editName(int row);
    void moveCurrent(int by);
    void removeCurrent();
    void copySelected() const;
    void paste(const QString &text); ///< Before the current row.

    QSize sizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitRows();

    FieldListModel *m_fields = nullptr;
};

} // namespace headrace::ui

#pragma once

#include <QWidget>

#include <functional>

class QAbstractItemModel;
class QHBoxLayout;
class QLabel;
class QTableView;
class QToolButton;

namespace headrace::ui {

/// A short table as part of a form, with buttons below it. Without rows one sentence stands in the place of the table.
class FormTable : public QWidget
{
    Q_OBJECT

public:
    /// \a model: borrowed. \a name: for assistive technology. \a rows: in sight at a time. \a emptyText: empty shows the
    /// table without rows, too.
    FormTable(QAbstractItemModel *model, const QString &name, int rows, const QString &emptyText,
        QWidget *parent = nullptr);

    QTableView *view() const;
    int currentRow() const; ///< -1 without.

    /// A button whose work needs a current row, if \a needsRow.
    QToolButton *addButton(const QString &text, bool needsRow, std::function<void()> work);

private:
    void showState();

    QAbstractItemModel *m_model;
    QTableView *m_view;
    QLabel *m_empty;
    QWidget *m_buttons;
    QHBoxLayout *m_buttonLayout;
    QList<QToolButton *> m_ofRow; ///< Buttons.
};

} // namespace headrace::ui

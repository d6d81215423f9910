#pragma once

#include <QTableView>

namespace headrace::ui {

/** A list whose rows can be turned on and off by the box in their first column: Space turns the current row,
    Delete asks to remove it, Enter to edit it. For RuleListModel and BreakpointListModel. */
class SwitchList : public QTableView
{
    Q_OBJECT

public:
    /// \a stretched: the column that takes the room that is left.
    SwitchList(QAbstractItemModel *model, int stretched, QWidget *parent = nullptr);

    /// Unit: characters.
    void setColumnCharacters(int column, int characters);

    int currentRow() const; ///< -1 without.
    void setCurrentRow(int row);

Q_SIGNALS:
    void currentRowChanged(int row);
    void removeRequested();
    void editRequested(); ///< Enter or double click.

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();

    QHash<int, int> m_characters;
};

} // namespace headrace::ui

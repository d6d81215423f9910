#pragma once

#include "widgets/rowtable.h"

#include <QHash>

namespace headrace::ui {

/** A list whose rows can be turned on and off by the box in their first column: Space turns the current row, Delete asks
    to remove it, Enter or a double click to edit it. How cells look is for a delegate. */
class SwitchTable : public RowTable
{
    Q_OBJECT

public:
    static constexpr int BoxColumn = 0;

    /// \a model: borrowed. \a stretched: the column that takes the room that is left.
    SwitchTable(QAbstractItemModel *model, int stretched, QWidget *parent = nullptr);

    /// Unit: characters.
    void setColumnCharacters(int column, int characters);

    int currentRow() const; ///< -1 without.
    void setCurrentRow(int row);

Q_SIGNALS:
    void currentRowChanged(int row);
    void removeRequested();
    void editRequested();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void fit() override;

private:
    int m_stretched;
    QHash<int, int> m_characters;
};

} // namespace headrace::ui

#pragma once

#include <QTableView>

namespace headrace::ui {

class RouteListModel;

/// The routes of a mock server: Space turns one off, Delete removes it.
class RouteListView : public QTableView
{
    Q_OBJECT

public:
    explicit RouteListView(RouteListModel *model, QWidget *parent = nullptr);

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
    void fitRows();
};

} // namespace headrace::ui

#pragma once

#include <QWidget>

class QAction;
class QMenu;
class QVBoxLayout;

namespace headrace::ui {

/// The narrow column at the left: one button per workspace, and the program's own menu at the bottom.
class WorkspaceRail : public QWidget
{
    Q_OBJECT

public:
    explicit WorkspaceRail(QWidget *parent = nullptr);

    /// A checkable button for \a action, below those that are there. Borrowed.
    void addWorkspace(QAction *action);

    /// Opens from the button at the bottom. Borrowed.
    void setMenu(QMenu *menu);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_layout;
    int m_count = 0;
};

} // namespace headrace::ui

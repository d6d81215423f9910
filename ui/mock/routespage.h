#pragma once

#include <mock/route.h>

#include <QWidget>

class QAction;
class QSplitter;
class QStackedWidget;

namespace headrace::ui {

class RouteEditor;
class RouteListModel;
class RouteListView;
class ScriptEditor;

/// The routes of a mock server and the editor of the selected one.
class RoutesPage : public QWidget
{
    Q_OBJECT

public:
    /// \a panel: has the actions, so that their keys work all over it; owns the page.
    explicit RoutesPage(QWidget *panel);

    RouteListModel *model() const;
    ScriptEditor *scriptEditor() const; ///< Of the route that is edited.

    void setRoutes(const QList<mock::Route> &routes); ///< The first is edited then.

    int currentRow() const; ///< -1 without.
    void select(int row);

    QByteArray saveState() const; ///< Where the splitter stands.
    void restoreState(const QByteArray &state);

public Q_SLOTS:
    void addRoute();
    void duplicateRoute();
    void removeRoute();
    void restoreRemoved(); ///< Puts the one that removed() told of back.

Q_SIGNALS:
    void changed();
    void currentChanged(); ///< Another route is edited.
    void removed(const QString &title);

private:
    QAction *makeAction(const QString &text, const QString &iconName, const QKeySequence &key,
        void (RoutesPage::*slot)());
    void makeActions();
    QWidget *makeEmpty();
    void moveUp();
    void moveDown();
    void moveBy(int rows);
    void insert(int row, const mock::Route &route);
    void editCurrent(int row);
    void onChanged();
    void updateActions();

    QWidget *m_panel;
    RouteListModel *m_model;
    RouteListView *m_list;
    RouteEditor *m_editor;
    QSplitter *m_splitter;
    QStackedWidget *m_pages;
    QAction *m_add = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_up = nullptr;
    QAction *m_down = nullptr;
    mock::Route m_removed;
    int m_removedRow = 0;
    int m_edited = -1;
};

} // namespace headrace::ui

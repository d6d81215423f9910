#include "mock/routespage.h"

#include "mock/definitionfile.h"
#include "mock/routeeditor.h"
#include "mock/routelistmodel.h"
#include "mock/routelistview.h"
#include "shell/emptystate.h"
#include "widgets/listside.h"
#include "widgets/panelaction.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

enum Page
{
    ListPage,
    EmptyPage
};

} // namespace

RoutesPage::RoutesPage(QWidget *panel)
    : QWidget(panel)
    , m_panel(panel)
    , m_model(new RouteListModel(this))
    , m_list(new RouteListView(m_model, this))
    , m_editor(new RouteEditor(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_pages(new QStackedWidget(this))
{
    makeActions();
    m_splitter->addWidget(
        new ListSide(m_list, { m_add, m_duplicate, m_remove, m_up, m_down }, this));
    m_splitter->addWidget(m_editor);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({ 520, 760 });
    m_splitter->setObjectName(QStringLiteral("mockSplitter"));
    m_pages->addWidget(m_splitter);
    m_pages->addWidget(makeEmpty());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);

    connect(m_list, &RouteListView::currentRowChanged, this, &RoutesPage::editCurrent);
    connect(m_list, &RouteListView::removeRequested, m_remove, &QAction::trigger);
    connect(m_list, &RouteListView::editRequested, m_editor, &RouteEditor::focusPath);
    connect(m_model, &RouteListModel::changed, this, &RoutesPage::onChanged);
    connect(m_editor, &RouteEditor::changed, this, [this] {
        if (m_edited >= 0)
            m_model->setRoute(m_edited, m_editor->route());
    });
    onChanged();
}

QAction *RoutesPage::makeAction(const QString &text, const QString &iconName,
    const QKeySequence &key, void (RoutesPage::*slot)())
{
    QAction *action = makePanelAction(m_panel, text, iconName, key);
    connect(action, &QAction::triggered, this, slot);
    m_panel->addAction(action);
    return action;
}

void RoutesPage::makeActions()
{
    using Keys = QKeySequence;
    m_add = makeAction(tr("Add a route"), QStringLiteral("add"), Keys::New, &RoutesPage::addRoute);
    m_duplicate = makeAction(tr("Duplicate route"), QStringLiteral("duplicate"),
        Keys(Qt::CTRL | Qt::Key_D), &RoutesPage::duplicateRoute);
    m_remove = makeAction(tr("Remove route"), QStringLiteral("clear"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete), &RoutesPage::removeRoute);
    m_up = makeAction(tr("Move route up"), QStringLiteral("arrow-up"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Up), &RoutesPage::moveUp);
    m_down = makeAction(tr("Move route down"), QStringLiteral("arrow-down"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Down), &RoutesPage::moveDown);
}

QWidget *RoutesPage::makeEmpty()
{
    auto *empty = new EmptyState(this);
    empty->setIcon(QStringLiteral("mock"));
    empty->setText(tr("Answer requests from routes of your own"),
        tr("A route says which requests it takes and what goes back, octet by octet, or by a "
           "script."));
    empty->setButton(m_add->text(), m_add->shortcut().toString(QKeySequence::NativeText));
    connect(empty, &EmptyState::buttonClicked, this, &RoutesPage::addRoute);
    return empty;
}

RouteListModel *RoutesPage::model() const { return m_model; }

ScriptEditor *RoutesPage::scriptEditor() const { return m_editor->scriptEditor(); }

void RoutesPage::setRoutes(const QList<mock::Route> &routes)
{
    m_edited = -1;
    m_model->setRoutes(routes);
    if (!routes.isEmpty())
        m_list->setCurrentRow(0);
    editCurrent(m_list->currentRow());
}

int RoutesPage::currentRow() const { return m_list->currentRow(); }

void RoutesPage::select(int row) { m_list->setCurrentRow(row); }

QByteArray RoutesPage::saveState() const { return m_splitter->saveState(); }

void RoutesPage::restoreState(const QByteArray &state) { m_splitter->restoreState(state); }

void RoutesPage::insert(int row, const mock::Route &route)
{
    m_edited = -1;
    m_model->insertRoute(row, route);
    m_list->setCurrentRow(row);
}

void RoutesPage::addRoute()
{
    mock::Route route = exampleRoute();
    if (m_model->rowCount() > 0) {
        route = mock::Route();
        route.path = QStringLiteral("/new");
    }
    insert(m_list->currentRow() + 1, route);
    m_editor->focusPath();
}

void RoutesPage::duplicateRoute()
{
    const int row = m_list->currentRow();
    if (row >= 0)
        insert(row + 1, m_model->route(row));
}

void RoutesPage::removeRoute()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_edited = -1;
    m_removedRow = row;
    m_removed = m_model->takeRoute(row);
    editCurrent(m_list->currentRow());
    Q_EMIT removed(QStringLiteral("%1 %2").arg(m_removed.method, m_removed.path));
}

void RoutesPage::restoreRemoved()
{
    insert(std::min(m_removedRow, m_model->rowCount()), m_removed);
}

void RoutesPage::moveUp() { moveBy(-1); }

void RoutesPage::moveDown() { moveBy(1); }

void RoutesPage::moveBy(int rows)
{
    m_edited = -1;
    m_model->moveRoute(m_list->currentRow(), rows);
    editCurrent(m_list->currentRow());
}

void RoutesPage::editCurrent(int row)
{
    m_edited = row;
    m_editor->setEnabled(row >= 0);
    if (row >= 0)
        m_editor->setRoute(m_model->route(row));
    updateActions();
    Q_EMIT currentChanged();
}

void RoutesPage::onChanged()
{
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? EmptyPage : ListPage);
    // The list changes what the editor shows only by its check box.
    if (m_edited >= 0 && m_edited < m_model->rowCount()
        && m_model->route(m_edited) != m_editor->route())
        m_editor->setRoute(m_model->route(m_edited));
    updateActions();
    Q_EMIT changed();
}

void RoutesPage::updateActions()
{
    const int row = m_list->currentRow();
    const int count = m_model->rowCount();
    m_duplicate->setEnabled(row >= 0);
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < count);
}

} // namespace headrace::ui

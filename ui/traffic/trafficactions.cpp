#include "traffic/trafficactions.h"

#include "shell/icons.h"
#include "traffic/markcolor.h"
#include "traffic/trafficmodel.h"
#include "traffic/trafficview.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace headrace::ui {

using exchange::Mark;

namespace {

/// As \a action is now, with its short text: the menu's title has the rest.
void addShort(QMenu *menu, QAction *action)
{
    QAction *shown
        = menu->addAction(action->icon(), action->iconText().replace(u'&', QStringLiteral("&&")));
    shown->setToolTip(action->toolTip());
    shown->setCheckable(action->isCheckable());
    shown->setChecked(action->isChecked());
    shown->setEnabled(action->isEnabled());
    QObject::connect(shown, &QAction::triggered, action, &QAction::trigger);
}

} // namespace

TrafficActions::TrafficActions(TrafficView *view)
    : QObject(view)
    , m_view(view)
    , m_actions(Count, nullptr)
{
    add(OpenInComposer, tr("Open in composer"), QStringLiteral("compose"));
    add(Resend, tr("Resend"), QStringLiteral("resend"));
    add(Replay, tr("Replay…"));
    add(CopyUrl, tr("Copy URL"), QStringLiteral("copy"));
    add(CopyAsCurl, tr("Copy as cURL"));
    add(CopyAsCurlCmd, tr("Copy as cURL (cmd)"));
    add(CopyAsFetch, tr("Copy as JavaScript fetch"));
    add(CopyAsNode, tr("Copy as Node http"));
    add(CopyAsPython, tr("Copy as Python requests"));
    add(CopyAsCpp, tr("Copy as C++"));
    add(CopyRawRequest, tr("Copy raw request"));
    add(CopyRawResponse, tr("Copy raw response"));
    add(SaveResponseBody, tr("Save response body…"), QStringLiteral("save"));
    add(SaveRequestBody, tr("Save request body…"));
    add(ExportAsHar, tr("Export selected as HAR…"));
    add(ShowMarks, tr("Mark…"));
    add(EditNote, tr("Note…"), QStringLiteral("edit"));
    add(Compare, tr("Compare two exchanges"), QStringLiteral("panel-right"));
    add(FilterByHost, tr("Filter by this host"), QStringLiteral("filter"));
    add(FilterByMethod, tr("Filter by this method"));
    add(FilterByStatus, tr("Filter by this status"));
    add(FilterByType, tr("Filter by this content type"));
    add(SelectAll, tr("Select all exchanges"));
    add(Remove, tr("Delete"), QStringLiteral("remove"));
    add(Clear, tr("Clear all exchanges"), QStringLiteral("clear"));
    add(Next, tr("Next exchange"));
    add(Previous, tr("Previous exchange"));
    add(ChooseColumns, tr("Choose columns"));
    addMarks();

    const std::pair<What, QKeySequence> keys[] = { { Resend, Qt::Key_R },
        { Replay, QKeySequence(Qt::SHIFT | Qt::Key_R) }, { CopyUrl, QKeySequence::Copy },
        { ShowMarks, Qt::Key_M }, { EditNote, Qt::Key_N }, { SelectAll, QKeySequence::SelectAll },
        { Remove, QKeySequence::Delete }, { Next, Qt::Key_J }, { Previous, Qt::Key_K } };
    for (const auto &[what, key] : keys)
        m_actions.at(what)->setShortcut(key);
    m_actions.at(Replay)->setToolTip(
        tr("Send the selected again, octet for octet, and compare the answers"));
    m_actions.at(SaveResponseBody)->setToolTip(tr("The octets as they passed"));
    m_actions.at(SaveRequestBody)->setToolTip(tr("The octets as they passed"));

    connect(view, &TrafficView::selectionCountChanged, this, &TrafficActions::update);
    for (const auto signal :
        { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(view->trafficModel(), signal, this, &TrafficActions::update);
    connect(view->trafficModel(), &QAbstractItemModel::modelReset, this, &TrafficActions::update);
    update();
}

QAction *TrafficActions::action(What what) const { return m_actions.at(what); }

QAction *TrafficActions::markAction(Mark mark) const { return m_marks.at(int(mark)); }

void TrafficActions::add(What what, const QString &text, const QString &iconName)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [this, what] { Q_EMIT triggered(what); });
    m_actions[what] = action;
    m_view->addAction(action);
}

void TrafficActions::addMarks()
{
    for (int value = 0; value <= int(Mark::Violet); ++value) {
        const auto mark = Mark(value);
        auto *action = new QAction(mark == Mark::None
                ? tr("Take the mark away")
                : tr("Mark %1").arg(exchange::displayName(mark).toLower()),
            this);
        connect(action, &QAction::triggered, this, [this, mark] { Q_EMIT markRequested(mark); });
        m_marks += action;
        m_view->addAction(action);
    }
}

QMenu *TrafficActions::makeMenu()
{
    auto *menu = new QMenu(m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({ action(OpenInComposer), action(Resend), action(Replay) });
    menu->addSeparator();
    QMenu *copy = menu->addMenu(icon(QStringLiteral("copy")), tr("Copy"));
    copy->addActions({ action(CopyUrl), action(CopyRawRequest), action(CopyRawResponse) });
    copy->addSeparator();
    copy->addActions({ action(CopyAsCurl), action(CopyAsCurlCmd), action(CopyAsFetch),
        action(CopyAsNode), action(CopyAsPython), action(CopyAsCpp) });
    QMenu *save = menu->addMenu(icon(QStringLiteral("save")), tr("Save body"));
    save->addActions({ action(SaveResponseBody), action(SaveRequestBody) });
    menu->addAction(action(ExportAsHar));
    QMenu *filter = menu->addMenu(icon(QStringLiteral("filter")), tr("Filter by"));
    filter->addActions({ action(FilterByHost), action(FilterByMethod), action(FilterByStatus),
        action(FilterByType) });
    QMenu *fields = filter->addMenu(tr("Header"));
    connect(fields, &QMenu::aboutToShow, this, [this, fields] {
        if (fields->isEmpty())
            Q_EMIT fieldMenuRequested(fields);
    });
    menu->addSeparator();
    fillParts(menu);
    fillMarkMenu(menu->addMenu(tr("Mark")));
    menu->addActions({ action(EditNote), action(Compare) });
    menu->addSeparator();
    menu->addActions({ action(Remove), action(Clear) });
    for (QMenu *part : { copy, save, filter })
        part->menuAction()->setEnabled(action(CopyUrl)->isEnabled());
    return menu;
}

void TrafficActions::addPart(
    const QString &title, const QString &iconName, const QList<QAction *> &actions)
{
    m_parts.append({ title, iconName, actions });
    m_view->addActions(actions);
}

void TrafficActions::fillParts(QMenu *menu)
{
    for (const Part &part : std::as_const(m_parts)) {
        QMenu *own = menu->addMenu(icon(part.iconName), part.title);
        for (QAction *action : part.actions)
            addShort(own, action);
        own->setToolTipsVisible(true);
        own->menuAction()->setEnabled(std::any_of(part.actions.cbegin(), part.actions.cend(),
            [](const QAction *action) { return action->isEnabled(); }));
    }
    if (!m_parts.isEmpty())
        menu->addSeparator();
}

QMenu *TrafficActions::makeMarkMenu()
{
    auto *menu = new QMenu(m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMarkMenu(menu);
    return menu;
}

void TrafficActions::fillMarkMenu(QMenu *menu)
{
    for (int value = 1; value < m_marks.size(); ++value) {
        m_marks.at(value)->setIcon(markIcon(Mark(value), m_view->palette()));
        menu->addAction(m_marks.at(value));
    }
    menu->addSeparator();
    m_marks.at(0)->setIcon(markIcon(Mark::None, m_view->palette()));
    menu->addAction(m_marks.at(0));
    menu->menuAction()->setEnabled(m_marks.at(0)->isEnabled());
}

void TrafficActions::update()
{
    const qsizetype count = m_view->selectedCount();
    for (const What what : { OpenInComposer, Resend, Replay, CopyUrl, CopyAsCurl, CopyAsCurlCmd,
             CopyAsFetch, CopyAsNode, CopyAsPython, CopyAsCpp, CopyRawRequest, CopyRawResponse,
             SaveResponseBody, SaveRequestBody, ExportAsHar, ShowMarks, EditNote, FilterByHost,
             FilterByMethod, FilterByStatus, FilterByType, Remove })
        m_actions.at(what)->setEnabled(count > 0);
    for (QAction *mark : std::as_const(m_marks))
        mark->setEnabled(count > 0);
    m_actions.at(Compare)->setEnabled(count == 2);
    const bool hasRows = m_view->trafficModel()->rowCount() > 0;
    m_actions.at(SelectAll)->setEnabled(hasRows);
    m_actions.at(Clear)->setEnabled(
        hasRows || !m_view->trafficModel()->feed()->query().filter.isAll());
}

} // namespace headrace::ui

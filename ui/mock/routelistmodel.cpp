#include "mock/routelistmodel.h"

#include "shell/format.h"

#include <QFileInfo>
#include <QStringList>

namespace headrace::ui {

QString shortDescription(const mock::Route &route)
{
    if (route.isScripted)
        return route.script.file.isEmpty()
            ? RouteListModel::tr("script")
            : RouteListModel::tr("script %1").arg(QFileInfo(route.script.file).fileName());
    const auto counted = [](qsizetype count, const QString &one, const QString &more) {
        return count == 1 ? one : more.arg(count);
    };
    QStringList parts;
    if (!route.fields.isEmpty())
        parts += counted(
            route.fields.size(), RouteListModel::tr("1 header"), RouteListModel::tr("%1 headers"));
    parts += route.body.isEmpty() ? RouteListModel::tr("no body") : formatOctets(route.body.size());
    if (!route.trailers.isEmpty())
        parts += counted(route.trailers.size(), RouteListModel::tr("1 trailer"),
            RouteListModel::tr("%1 trailers"));
    for (const auto &interim : route.interim)
        parts += RouteListModel::tr("%1 first").arg(interim.first);
    if (route.delay.count() > 0)
        parts += RouteListModel::tr("after %1").arg(formatDuration(route.delay.count() * 1000));
    return parts.join(QStringLiteral(" · "));
}

QList<mock::Route> RouteListModel::routes() const
{
    QList<mock::Route> routes;
    routes.reserve(m_rows.size());
    for (const Row &row : m_rows)
        routes.append(row.route);
    return routes;
}

void RouteListModel::setRoutes(const QList<mock::Route> &routes)
{
    beginResetModel();
    m_rows.clear();
    for (const mock::Route &route : routes)
        m_rows.append(rowOf(route));
    endResetModel();
    Q_EMIT changed();
}

const mock::Route &RouteListModel::route(int row) const { return m_rows.at(row).route; }

void RouteListModel::setRoute(int row, const mock::Route &route)
{
    if (m_rows.at(row).route == route)
        return;
    m_rows[row] = rowOf(route);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT changed();
}

QList<mock::Problem> RouteListModel::problems(int row) const { return m_rows.at(row).problems; }

void RouteListModel::insertRoute(int row, const mock::Route &route)
{
    beginInsertRows({}, row, row);
    m_rows.insert(row, rowOf(route));
    endInsertRows();
    Q_EMIT changed();
}

mock::Route RouteListModel::takeRoute(int row)
{
    beginRemoveRows({}, row, row);
    const mock::Route route = m_rows.takeAt(row).route;
    endRemoveRows();
    Q_EMIT changed();
    return route;
}

bool RouteListModel::moveRoute(int row, int by)
{
    const int target = row + by;
    if (by == 0 || row < 0 || row >= m_rows.size() || target < 0 || target >= m_rows.size())
        return false;
    beginMoveRows({}, row, row, {}, by > 0 ? target + 1 : target);
    m_rows.move(row, target);
    endMoveRows();
    Q_EMIT changed();
    return true;
}

int RouteListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RouteListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RouteListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        if (!row.problems.isEmpty())
            return row.problems.first().message;
        if (index.column() == EnabledColumn)
            return row.route.isEnabled ? tr("Answers requests")
                                       : tr("Is kept, but answers nothing");
        return text(row, index.column());
    case Qt::CheckStateRole:
        if (index.column() != EnabledColumn)
            return {};
        return row.route.isEnabled ? Qt::Checked : Qt::Unchecked;
    case Qt::AccessibleTextRole:
        if (index.column() == EnabledColumn)
            return tr("%1 %2 is on").arg(row.route.method, row.route.path);
        return text(row, index.column());
    case Qt::AccessibleDescriptionRole:
    case ProblemRole:
        return row.problems.isEmpty() ? QString() : row.problems.first().message;
    case IsEnabledRole:
        return row.route.isEnabled;
    case StatusRole:
        return row.route.isScripted ? 0 : row.route.statusCode;
    default:
        return {};
    }
}

bool RouteListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != EnabledColumn)
        return false;
    mock::Route route = m_rows.at(index.row()).route;
    route.isEnabled = value.value<Qt::CheckState>() == Qt::Checked;
    setRoute(index.row(), route);
    return true;
}

QVariant RouteListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MethodColumn:
        return tr("Method");
    case PathColumn:
        return tr("Path");
    case StatusColumn:
        return tr("Status");
    case AboutColumn:
        return tr("Answer");
    default:
        return {};
    }
}

Qt::ItemFlags RouteListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == EnabledColumn)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

RouteListModel::Row RouteListModel::rowOf(const mock::Route &route)
{
    return { route, mock::problems(route), shortDescription(route) };
}

QVariant RouteListModel::text(const Row &row, int column) const
{
    switch (column) {
    case MethodColumn:
        return row.route.method;
    case PathColumn:
        return row.route.path;
    case StatusColumn:
        return row.route.isScripted ? QStringLiteral("JS") : QString::number(row.route.statusCode);
    case AboutColumn:
        return row.about;
    default:
        return {};
    }
}

} // namespace headrace::ui

#include "traffic/hosttreemodel.h"

#include "shell/format.h"

#include <QHostAddress>
#include <QMap>

#include <algorithm>

namespace headrace::ui {

using exchange::Filter;
using exchange::FilterCompare;
using exchange::FilterField;
using exchange::FilterTerm;
using exchange::HostCount;

namespace {

constexpr quintptr TopLevel = ~quintptr(0); // Of a host in a group: the row of the group.

QString withoutPort(const QString &host)
{
    if (host.startsWith(u'['))
        return host.left(host.indexOf(u']') + 1);
    const qsizetype colon = host.indexOf(u':');
    return colon < 0 ? host : host.left(colon);
}

Filter hostFilter(FilterCompare compare, const QString &text)
{
    FilterTerm term;
    term.field = FilterField::Host;
    term.compare = compare;
    term.text = text;
    return Filter(term);
}

} // namespace

QString HostTreeModel::domainOf(const QString &host)
{
    const QString name = withoutPort(host);
    if (name.startsWith(u'[') || !QHostAddress(name).isNull())
        return name;
    const QStringList labels = name.split(u'.', Qt::SkipEmptyParts);
    // "example.co.uk": a short label before one of two letters mostly belongs to the suffix.
    const bool isLongSuffix = labels.size() > 2 && labels.constLast().size() == 2
        && labels.at(labels.size() - 2).size() <= 3;
    const qsizetype wanted = isLongSuffix ? 3 : 2;
    return labels.size() <= wanted ? name : labels.sliced(labels.size() - wanted).join(u'.');
}

QList<HostTreeModel::Group> HostTreeModel::grouped(const QList<HostCount> &hosts)
{
    QMap<QString, Group> byDomain;
    for (const HostCount &host : hosts) {
        const QString domain = domainOf(host.host);
        Group &group = byDomain[domain];
        group.domain = domain;
        group.exchanges += host.exchanges;
        group.hosts.append({ host.host, host.exchanges });
    }
    for (Group &group : byDomain)
        std::sort(group.hosts.begin(), group.hosts.end(),
            [](const Host &one, const Host &other) { return one.name < other.name; });
    return byDomain.values();
}

void HostTreeModel::setHosts(const QList<HostCount> &hosts)
{
    const QList<Group> groups = grouped(hosts);
    const bool isSame = hasSameRows(groups);
    if (!isSame)
        beginResetModel();
    m_groups = groups;
    m_exchanges = 0;
    for (const Group &group : groups)
        m_exchanges += group.exchanges;
    if (!isSame) {
        endResetModel();
        return;
    }
    Q_EMIT dataChanged(index(0, 1), index(rowCount() - 1, 1));
    for (int row = 0; row < m_groups.size(); ++row) {
        const QModelIndex group = index(row + 1, 0);
        if (const int count = rowCount(group); count > 0)
            Q_EMIT dataChanged(index(0, 1, group), index(count - 1, 1, group));
    }
}

bool HostTreeModel::hasSameRows(const QList<Group> &groups) const
{
    const auto isSameHost
        = [](const Host &one, const Host &other) { return one.name == other.name; };
    return std::equal(groups.cbegin(), groups.cend(), m_groups.cbegin(), m_groups.cend(),
        [&isSameHost](const Group &one, const Group &other) {
            return one.domain == other.domain
                && std::equal(one.hosts.cbegin(), one.hosts.cend(), other.hosts.cbegin(),
                    other.hosts.cend(), isSameHost);
        });
}

QStringList HostTreeModel::hosts() const
{
    QStringList names;
    for (const Group &group : m_groups) {
        for (const Host &host : group.hosts)
            names += host.name;
    }
    return names;
}

Filter HostTreeModel::filterOf(const QModelIndex &index) const
{
    if (!index.isValid() || (!index.parent().isValid() && index.row() == 0))
        return {};
    if (index.parent().isValid() || m_groups.at(index.row() - 1).isSingle())
        return hostFilter(FilterCompare::Equals, text(index.siblingAtColumn(0)));
    const QString domain = m_groups.at(index.row() - 1).domain;
    return Filter::anyOf({ hostFilter(FilterCompare::Equals, domain),
        hostFilter(FilterCompare::Glob, QStringLiteral("*.") + domain) });
}

QModelIndex HostTreeModel::indexOf(const QString &key) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex top = index(row, 0);
        if (keyOf(top) == key)
            return top;
        for (int child = 0; child < rowCount(top); ++child) {
            if (keyOf(index(child, 0, top)) == key)
                return index(child, 0, top);
        }
    }
    return {};
}

QModelIndex HostTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) : TopLevel);
}

QModelIndex HostTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == TopLevel)
        return {};
    return createIndex(int(index.internalId()), 0, TopLevel);
}

int HostTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size()) + 1;
    if (parent.column() != 0 || parent.internalId() != TopLevel || parent.row() == 0)
        return 0;
    const Group &group = m_groups.at(parent.row() - 1);
    return group.isSingle() ? 0 : int(group.hosts.size());
}

int HostTreeModel::columnCount(const QModelIndex &) const { return 2; }

QVariant HostTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isCount = index.column() == 1;
    switch (role) {
    case Qt::DisplayRole:
        return isCount ? formatCount(count(index)) : text(index);
    case Qt::ToolTipRole:
        return isCount ? QString() : text(index);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isCount ? Qt::AlignRight : Qt::AlignLeft));
    case KeyRole:
        return keyOf(index);
    default:
        return {};
    }
}

QString HostTreeModel::keyOf(const QModelIndex &index) const
{
    if (!index.parent().isValid() && index.row() == 0)
        return {};
    // A group and its first host may have the same name.
    const bool isGroup = !index.parent().isValid() && !m_groups.at(index.row() - 1).isSingle();
    return isGroup ? u'.' + text(index) : text(index);
}

QString HostTreeModel::text(const QModelIndex &index) const
{
    if (index.parent().isValid())
        return m_groups.at(index.parent().row() - 1).hosts.at(index.row()).name;
    if (index.row() == 0)
        return tr("All hosts");
    const Group &group = m_groups.at(index.row() - 1);
    return group.isSingle() ? group.hosts.constFirst().name : group.domain;
}

qint64 HostTreeModel::count(const QModelIndex &index) const
{
    if (index.parent().isValid())
        return m_groups.at(index.parent().row() - 1).hosts.at(index.row()).exchanges;
    return index.row() == 0 ? m_exchanges : m_groups.at(index.row() - 1).exchanges;
}

} // namespace headrace::ui

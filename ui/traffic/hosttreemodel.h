#pragma once

#include <exchange/store.h>

#include <QAbstractItemModel>

namespace headrace::ui {

/** Hosts with their counts of exchanges, below "All hosts". Several hosts of one domain, or several ports of
    one host, are a group; one alone stands for itself. */
class HostTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role
    {
        KeyRole
        = Qt::UserRole, ///< QString: names the row whatever comes and goes; empty for all hosts.
    };

    using QAbstractItemModel::QAbstractItemModel;

    /// Resets the model unless only counts are others. In any order.
    void setHosts(const QList<exchange::HostCount> &hosts);

    QStringList hosts() const;
    exchange::Filter filterOf(const QModelIndex &index) const;
    QModelIndex indexOf(const QString &key) const; ///< Invalid if it is not there.

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// What the host belongs to: the registered name below a public suffix, as far as that can be told without
    /// a list of them; an address or a single label: itself without its port.
    static QString domainOf(const QString &host);

private:
    struct Host
    {
        QString name;
        qint64 exchanges = 0;
    };

    struct Group
    {
        QString domain;
        qint64 exchanges = 0;
        QList<Host> hosts; ///< In order of name; never empty.

        bool isSingle() const { return hosts.size() == 1; }
    };

    static QList<Group> grouped(const QList<exchange::HostCount> &hosts);
    bool hasSameRows(const QList<Group> &groups) const;
    QString keyOf(const QModelIndex &index) const;
    QString text(const QModelIndex &index) const;
    qint64 count(const QModelIndex &index) const;

    QList<Group> m_groups; ///< In order of domain.
    qint64 m_exchanges = 0;
};

} // namespace headrace::ui

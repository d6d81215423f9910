#pragma once

#include <mock/route.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// The routes of a mock server, in the order in which they are tried.
class RouteListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        EnabledColumn,
        MethodColumn,
        PathColumn,
        StatusColumn,
        AboutColumn,
        ColumnCount
    };

    enum Role
    {
        ProblemRole = Qt::UserRole + 1, ///< QString: the first thing that is wrong; empty without.
        IsEnabledRole,
        StatusRole, ///< int; 0: a script decides.
    };

    using QAbstractTableModel::QAbstractTableModel;

    QList<mock::Route> routes() const;
    void setRoutes(const QList<mock::Route> &routes);

    const mock::Route &route(int row) const;
    void setRoute(int row, const mock::Route &route);
    QList<mock::Problem> problems(int row) const;

    void insertRoute(int row, const mock::Route &route);
    mock::Route takeRoute(int row);
    bool moveRoute(int row, int by); ///< False: there is no place to go.

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        mock::Route route;
        QList<mock::Problem> problems; ///< Found when the route is set, not when it is painted.
        QString about;
    };

    static Row rowOf(const mock::Route &route);
    QVariant text(const Row &row, int column) const;

    QList<Row> m_rows;
};

/// What a route answers, in a few words: "2 headers · 312 B · 103 first · after 250 ms".
QString shortDescription(const mock::Route &route);

} // namespace headrace::ui

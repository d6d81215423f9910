#pragma once

#include <Qt>

namespace headrace::ui {

/// Columns of the traffic list, in their first order.
enum class TrafficColumn
{
    Number,
    Time,
    Source,
    Method,
    Host,
    Path,
    Status,
    Type,
    Size,
    Duration,
    Notes
};
constexpr int TrafficColumnCount = int(TrafficColumn::Notes) + 1;

/// What the traffic model tells beside the roles of Qt, the same for every column unless noted.
enum TrafficRole
{
    ExchangeIdRole = Qt::UserRole, ///< exchange::ExchangeId
    StatusCodeRole, ///< int; 0 while there is none
    HasFailedRole, ///< bool
    IsActiveRole, ///< bool
    UrlRole, ///< QString, absolute
    SortRole, ///< What the column is sorted by.
    SearchTextRole, ///< Method, host, path, status, type and notes, for the plain text filter.
};

} // namespace headrace::ui

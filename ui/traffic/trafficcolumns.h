#pragma once

#include <exchange/store.h>

#include <QString>

#include <optional>

namespace headrace::ui {

/// Columns of the traffic list, in their first order.
enum class TrafficColumn
{
    Number,
    Mark,
    Time,
    Source,
    Method,
    Scheme,
    Host,
    Path,
    Status,
    Type,
    RequestSize,
    Size,
    Duration,
    Pattern,
    Note
};
constexpr int TrafficColumnCount = int(TrafficColumn::Note) + 1;

/// What the traffic model tells beside the roles of Qt, the same for every column.
enum TrafficRole
{
    ExchangeIdRole = Qt::UserRole, ///< exchange::ExchangeId
    StatusCodeRole, ///< int; 0 while there is none
    HasFailedRole, ///< bool
    IsActiveRole, ///< bool
    UrlRole, ///< QString, absolute
    SourceRole, ///< int: exchange::Source
    MarkRole, ///< int: exchange::Mark
};

QString titleOf(TrafficColumn column); ///< As the header has it; short.
QString longTitleOf(TrafficColumn column); ///< As a menu has it.
QString hintOf(
    TrafficColumn column); ///< What is in it, where the title does not say; may be empty.

/// Names a column where it is remembered; never renamed.
QLatin1StringView nameOf(TrafficColumn column);
std::optional<TrafficColumn> columnNamed(QStringView name);

bool isShownAtFirst(TrafficColumn column);
bool isNumeric(TrafficColumn column); ///< Right-aligned.
exchange::SortKey sortKeyOf(TrafficColumn column);

} // namespace headrace::ui

#pragma once

#include <exchange/exchange.h>

#include <utility>
#include <vector>

namespace headrace::store {

/// A row of table `exchange` as the writer takes it.
struct Row
{
    exchange::Summary summary;
    /// Object and name of those that came since the row was written last, each once. Few.
    std::vector<std::pair<QString, QString>> events;
    QByteArray requestNames; ///< Of fields; as table `field_names` has them, or empty.
    QByteArray responseNames; ///< Of the final response.
    QByteArray trailerNames; ///< Of either message.
};

/// \a names with those of \a fields: lower case, in order, each once, a line feed before, between and behind.
QByteArray withFieldNames(const QByteArray &names, const exchange::FieldList &fields);

} // namespace headrace::store

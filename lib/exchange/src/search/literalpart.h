#pragma once

#include <QByteArray>

#include <optional>

namespace headrace::exchange::search {

/// What \a expression stands for if it is nothing but a literal.
std::optional<QByteArray> literalOf(const QByteArray &expression);

/// The longest literal that each match of \a expression has in it, as far as that can be told from its top level;
/// empty if not at all. Sets no store by case.
QByteArray literalPartOf(const QByteArray &expression);

} // namespace headrace::exchange::search

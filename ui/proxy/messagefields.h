#pragma once

#include "fields/fieldlistmodel.h"

#include <exchange/exchange.h>

namespace headrace::ui {

/// What would not arrive as it is written: names that are none, values with line ends.
QList<FieldProblem> fieldProblemsOf(const QList<session::DraftField> &fields);

/// Value of the first Content-Type; empty without.
QByteArray contentTypeOf(const exchange::FieldList &fields);

} // namespace headrace::ui

#pragma once

#include "fields/fieldlistmodel.h"

#include <mock/route.h>

namespace headrace::ui {

/// Field lines of a route for the field table, and back. A route has no fields that are turned off.
QList<session::DraftField> toDraftFields(const QList<std::pair<QByteArray, QByteArray>> &fields);
QList<std::pair<QByteArray, QByteArray>> toRouteFields(const QList<session::DraftField> &fields);

/// The problems of one list ("fields", "trailers", "interim[0].fields") of a route.
QList<FieldProblem> fieldProblems(const QList<mock::Problem> &problems, const QString &list);

/// The first message about exactly that place ("path"); empty without.
QString messageAt(const QList<mock::Problem> &problems, const QString &where);

} // namespace headrace::ui

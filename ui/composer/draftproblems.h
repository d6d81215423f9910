#pragma once

#include "fields/fieldlistmodel.h"

#include <session/requestdraft.h>

namespace headrace::ui {

/// The first message about that place; empty without.
QString messageAt(const QList<session::DraftProblem> &problems, session::DraftProblem::Where where);

/// The problems of a list of fields, with the cell that each is about.
QList<FieldProblem> fieldProblems(
    const QList<session::DraftProblem> &problems, session::DraftProblem::Where where);

} // namespace headrace::ui

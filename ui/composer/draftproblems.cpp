#include "composer/draftproblems.h"

namespace headrace::ui {

using session::DraftProblem;

QString messageAt(const QList<DraftProblem> &problems, DraftProblem::Where where)
{
    for (const DraftProblem &problem : problems) {
        if (problem.where == where)
            return problem.message;
    }
    return {};
}

QList<FieldProblem> fieldProblems(const QList<DraftProblem> &problems, DraftProblem::Where where)
{
    QList<FieldProblem> found;
    for (const DraftProblem &problem : problems) {
        if (problem.where != where)
            continue;
        // What is wrong with a name has the code of a token; all else is about the value.
        const bool isName = problem.code == QStringLiteral("ERR_INVALID_HTTP_TOKEN");
        found.append({ problem.index, isName ? FieldProblem::Part::Name : FieldProblem::Part::Value,
            problem.message });
    }
    return found;
}

} // namespace headrace::ui

#include "mock/routefields.h"

#include <QRegularExpression>

namespace headrace::ui {

QList<session::DraftField> toDraftFields(const QList<std::pair<QByteArray, QByteArray>> &fields)
{
    QList<session::DraftField> result;
    for (const auto &[name, value] : fields)
        result.append({ true, name, value });
    return result;
}

QList<std::pair<QByteArray, QByteArray>> toRouteFields(const QList<session::DraftField> &fields)
{
    QList<std::pair<QByteArray, QByteArray>> result;
    for (const session::DraftField &field : fields)
        result.append({ field.name, field.value });
    return result;
}

QList<FieldProblem> fieldProblems(const QList<mock::Problem> &problems, const QString &list)
{
    static const QRegularExpression place(QStringLiteral("^\\[(\\d+)\\](?:\\.(name|value))?$"));
    QList<FieldProblem> found;
    for (const mock::Problem &problem : problems) {
        if (!problem.where.startsWith(list))
            continue;
        const QRegularExpressionMatch match = place.match(problem.where.mid(list.size()));
        if (!match.hasMatch())
            continue;
        const bool isValue = match.captured(2) == QStringLiteral("value");
        found.append({ match.captured(1).toLongLong(),
            isValue ? FieldProblem::Part::Value : FieldProblem::Part::Name, problem.message });
    }
    return found;
}

QString messageAt(const QList<mock::Problem> &problems, const QString &where)
{
    for (const mock::Problem &problem : problems) {
        if (problem.where == where)
            return problem.message;
    }
    return {};
}

} // namespace headrace::ui

#include "proxy/messagefields.h"

#include "shell/format.h"

#include <wire/fieldrules.h>

#include <QCoreApplication>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("MessageFields", text); }

} // namespace

QList<FieldProblem> fieldProblemsOf(const QList<session::DraftField> &fields)
{
    QList<FieldProblem> problems;
    for (qsizetype i = 0; i < fields.size(); ++i) {
        const session::DraftField &field = fields.at(i);
        if (!wire::isToken(field.name))
            problems.append({ i, FieldProblem::Part::Name,
                field.name.isEmpty()
                    ? tr("A header has a name")
                    : tr("“%1” is no name of a header").arg(displayText(field.name)) });
        else if (!wire::isFieldValue(field.value))
            problems.append({ i, FieldProblem::Part::Value,
                tr("The value has characters that cannot stand in a header line") });
    }
    return problems;
}

QByteArray contentTypeOf(const exchange::FieldList &fields)
{
    for (const auto &[name, value] : fields) {
        if (name.compare("content-type", Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

} // namespace headrace::ui

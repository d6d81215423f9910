#include "mock/definitionfile.h"

#include "fields/keptfile.h"

#include <mock/mockfile.h>

#include <QCoreApplication>
#include <QFileInfo>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("DefinitionFile", text); }

QString describe(const QString &name, const QList<mock::Problem> &problems)
{
    if (problems.isEmpty())
        return tr("%1 is no mock file.").arg(name);
    const mock::Problem &first = problems.first();
    QString place = first.line > 0 ? tr("%1, line %2").arg(name).arg(first.line) : name;
    if (first.route >= 0)
        place += tr(", route %1").arg(first.route + 1);
    if (!first.where.isEmpty())
        place += tr(", %1").arg(first.where);
    QString text = QStringLiteral("%1: %2").arg(place, first.message);
    if (problems.size() > 1)
        text += tr(" (and %1 more)").arg(problems.size() - 1);
    return text;
}

} // namespace

OpenedDefinition openDefinition(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    KeptFile file(path);
    QByteArray octets;
    if (!file.read(&octets))
        return { {}, tr("%1 cannot be read: %2").arg(name, file.problem()) };
    const mock::ReadResult result = mock::fromJson(octets);
    if (result.definition)
        return { result.definition, {} };
    return { {}, describe(name, result.problems) };
}

QString saveDefinition(const QString &path, const mock::Definition &definition)
{
    KeptFile file(path);
    if (file.write(mock::toJson(definition)))
        return {};
    return tr("%1 cannot be written: %2").arg(path, file.problem());
}

mock::Route exampleRoute()
{
    mock::Route route;
    route.path = QStringLiteral("/hello");
    route.fields = { { "Content-Type", "application/json" } };
    route.body = "{\n  \"hello\": \"world\"\n}\n";
    return route;
}

} // namespace headrace::ui

#include "mock/definitionfile.h"

#include "fields/keptfile.h"

#include <mock/mockfile.h>

#include <QCoreApplication>
#include <QDir>
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
    const mock::ReadResult result = mock::fromJson(octets, QFileInfo(path).absolutePath());
    if (result.definition)
        return { result.definition, {} };
    return { {}, describe(name, result.problems) };
}

QString saveDefinition(const QString &path, const mock::Definition &definition)
{
    KeptFile file(path);
    if (file.write(mock::toJson(definition, QFileInfo(path).absolutePath())))
        return {};
    return tr("%1 cannot be written: %2").arg(path, file.problem());
}

QString scriptTemplate(const QString &name)
{
    QByteArray octets;
    KeptFile(QStringLiteral(":/templates/%1.js").arg(name)).read(&octets);
    return QString::fromUtf8(octets);
}

QList<ScriptExample> scriptExamples()
{
    QList<ScriptExample> examples;
    const QDir folder(QStringLiteral(":/examples"));
    const QStringList names = folder.entryList({ QStringLiteral("*.js") }, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QString title = QFileInfo(name).completeBaseName().replace(u'-', u' ');
        title.replace(0, 1, title.at(0).toUpper());
        examples.append({ title, folder.filePath(name) });
    }
    return examples;
}

bool isScriptFile(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QStringLiteral("js") || suffix == QStringLiteral("cjs");
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

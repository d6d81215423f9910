#include "mock/mockfile.h"

#include <exchange/jsontext.h>

#include <QDir>

namespace headrace::mock {

namespace {

using exchange::jsonFields;
using exchange::jsonLines;
using exchange::jsonString;

QByteArray interimToJson(const Route &route, const QByteArray &indent)
{
    QList<QByteArray> items;
    for (const auto &[status, fields] : route.interim) {
        QByteArray item = indent + "  { \"status\": " + QByteArray::number(status);
        if (!fields.isEmpty())
            item += ", \"headers\": " + jsonFields(fields, indent + "  ");
        items.append(item + " }");
    }
    return "[\n" + items.join(",\n") + '\n' + indent + ']';
}

class Writer
{
public:
    explicit Writer(const QString &directory)
        : m_directory(directory)
    {
    }

    QByteArray write(const Definition &definition) const;

private:
    QByteArray routeToJson(const Route &route) const;
    void addScript(const Script &script, bool isUsed, const QByteArray &indent,
        QList<QByteArray> &members) const;

    QString m_directory;
};

void Writer::addScript(
    const Script &script, bool isUsed, const QByteArray &indent, QList<QByteArray> &members) const
{
    if (!script.file.isEmpty()) {
        const QString file
            = m_directory.isEmpty() ? script.file : QDir(m_directory).relativeFilePath(script.file);
        members.append(indent + "\"scriptFile\": " + jsonString(file));
    }
    if (script.source)
        members.append(indent + "\"script\": " + jsonLines(*script.source, indent));
    if (!isUsed && !script.isEmpty())
        members.append(indent + "\"useScript\": false");
}

QByteArray Writer::routeToJson(const Route &route) const
{
    const QByteArray indent = "      ";
    QList<QByteArray> members;
    const auto add = [&](const char *name, const QByteArray &value) {
        members.append(indent + '"' + name + "\": " + value);
    };
    if (!route.isEnabled)
        add("enabled", "false");
    add("method", jsonString(route.method));
    add("path", jsonString(route.path));
    add("status", QByteArray::number(route.statusCode));
    if (!route.reason.isEmpty())
        add("reason", jsonString(route.reason));
    if (!route.fields.isEmpty())
        add("headers", jsonFields(route.fields, indent));
    if (!route.body.isEmpty() && route.body.isValidUtf8())
        add("body", jsonString(QString::fromUtf8(route.body)));
    else if (!route.body.isEmpty())
        add("bodyBase64", '"' + route.body.toBase64() + '"');
    if (!route.trailers.isEmpty())
        add("trailers", jsonFields(route.trailers, indent));
    if (!route.interim.isEmpty())
        add("interim", interimToJson(route, indent));
    if (route.delay.count() != 0)
        add("delay", QByteArray::number(qint64(route.delay.count())));
    addScript(route.script, route.isScripted, indent, members);
    return "    {\n" + members.join(",\n") + "\n    }";
}

QByteArray Writer::write(const Definition &definition) const
{
    QList<QByteArray> members;
    if (!definition.name.isEmpty())
        members.append("  \"name\": " + jsonString(definition.name));
    if (definition.port != 0)
        members.append("  \"port\": " + QByteArray::number(definition.port));
    addScript(definition.script, definition.isScripted, "  ", members);
    QList<QByteArray> routes;
    for (const Route &route : definition.routes)
        routes.append(routeToJson(route));
    members.append(routes.isEmpty() ? QByteArray("  \"routes\": []")
                                    : "  \"routes\": [\n" + routes.join(",\n") + "\n  ]");
    return "{\n" + members.join(",\n") + "\n}\n";
}

} // namespace

QByteArray toJson(const Definition &definition, const QString &directory)
{
    return Writer(directory).write(definition);
}

} // namespace headrace::mock

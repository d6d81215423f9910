#include "mock/definitionjson.h"

#include "fields/fieldjson.h"
#include "mock/routefields.h"

#include <QJsonArray>
#include <QJsonObject>

namespace headrace::ui {

namespace {

QString key(const char *name) { return QString::fromLatin1(name); }

// Of a route or a whole definition; see scriptFromJson().
void addScript(const mock::Script &script, bool isScripted, QJsonObject *object)
{
    if (!script.file.isEmpty())
        object->insert(key("scriptFile"), script.file);
    if (script.source)
        object->insert(key("script"), *script.source);
    if (isScripted)
        object->insert(key("isScripted"), true);
}

mock::Script scriptFromJson(const QJsonObject &object)
{
    mock::Script script;
    script.file = object.value(key("scriptFile")).toString();
    if (const QJsonValue source = object.value(key("script")); source.isString())
        script.source = source.toString();
    return script;
}

QJsonObject toJson(const mock::Route &route)
{
    QJsonArray interim;
    for (const auto &[status, fields] : route.interim)
        interim.append(QJsonObject {
            { key("status"), status }, { key("fields"), fieldsToJson(toDraftFields(fields)) } });
    QJsonObject object { { key("enabled"), route.isEnabled }, { key("method"), route.method },
        { key("path"), route.path }, { key("status"), route.statusCode },
        { key("reason"), route.reason },
        { key("fields"), fieldsToJson(toDraftFields(route.fields)) },
        { key("body"), octetsToJson(route.body) },
        { key("trailers"), fieldsToJson(toDraftFields(route.trailers)) },
        { key("interim"), interim }, { key("delay"), static_cast<qint64>(route.delay.count()) } };
    addScript(route.script, route.isScripted, &object);
    return object;
}

mock::Route routeFromJson(const QJsonObject &json)
{
    mock::Route route;
    route.isEnabled = json.value(key("enabled")).toBool(true);
    route.method = json.value(key("method")).toString(route.method);
    route.path = json.value(key("path")).toString(route.path);
    route.statusCode = json.value(key("status")).toInt(route.statusCode);
    route.reason = json.value(key("reason")).toString();
    route.fields = toRouteFields(fieldsFromJson(json.value(key("fields"))));
    route.body = octetsFromJson(json.value(key("body")));
    route.trailers = toRouteFields(fieldsFromJson(json.value(key("trailers"))));
    for (const QJsonValue &entry : json.value(key("interim")).toArray()) {
        const QJsonObject object = entry.toObject();
        route.interim.append({ object.value(key("status")).toInt(103),
            toRouteFields(fieldsFromJson(object.value(key("fields")))) });
    }
    route.delay = std::chrono::milliseconds(json.value(key("delay")).toInteger());
    route.script = scriptFromJson(json);
    route.isScripted = json.value(key("isScripted")).toBool();
    return route;
}

} // namespace

QJsonObject toJson(const mock::Definition &definition)
{
    QJsonArray routes;
    for (const mock::Route &route : definition.routes)
        routes.append(toJson(route));
    QJsonObject object { { key("name"), definition.name }, { key("port"), definition.port },
        { key("routes"), routes } };
    addScript(definition.script, definition.isScripted, &object);
    return object;
}

mock::Definition definitionFromJson(const QJsonObject &json)
{
    mock::Definition definition;
    definition.name = json.value(key("name")).toString();
    definition.port = static_cast<quint16>(json.value(key("port")).toInt());
    for (const QJsonValue &route : json.value(key("routes")).toArray())
        definition.routes.append(routeFromJson(route.toObject()));
    definition.script = scriptFromJson(json);
    definition.isScripted = json.value(key("isScripted")).toBool();
    return definition;
}

} // namespace headrace::ui

#include "composer/draftjson.h"

#include "fields/fieldjson.h"

#include <QJsonArray>
#include <QJsonObject>

#include <initializer_list>
#include <utility>

namespace headrace::ui {

namespace {

using session::RequestDraft;

QString key(const char *name) { return QString::fromLatin1(name); }

const std::initializer_list<std::pair<RequestDraft::BodyKind, const char *>> BodyKinds {
    { RequestDraft::BodyKind::None, "none" },
    { RequestDraft::BodyKind::Text, "text" },
    { RequestDraft::BodyKind::Json, "json" },
    { RequestDraft::BodyKind::File, "file" },
    { RequestDraft::BodyKind::Form, "form" },
    { RequestDraft::BodyKind::Octets, "octets" },
};

// Of a part that has no name or file name at all, that member is left out.
QJsonArray partsToJson(const QList<formats::FormPart> &parts)
{
    QJsonArray array;
    for (const formats::FormPart &part : parts) {
        QJsonObject object { { key("value"), octetsToJson(part.value) },
            { key("file"), part.filePath }, { key("type"), octetsToJson(part.type) } };
        if (!part.name.isNull())
            object.insert(key("name"), octetsToJson(part.name));
        if (!part.fileName.isNull())
            object.insert(key("fileName"), octetsToJson(part.fileName));
        QList<session::DraftField> fields;
        for (const auto &[name, value] : part.fields)
            fields.append({ true, name, value });
        if (!fields.isEmpty())
            object.insert(key("fields"), fieldsToJson(fields));
        array.append(object);
    }
    return array;
}

QByteArray presentOctets(const QJsonObject &json, const char *name)
{
    if (!json.contains(key(name)))
        return {};
    const QByteArray octets = octetsFromJson(json.value(key(name)));
    return octets.isNull() ? QByteArray("") : octets;
}

QList<formats::FormPart> partsFromJson(const QJsonValue &json)
{
    QList<formats::FormPart> parts;
    for (const QJsonValue &value : json.toArray()) {
        const QJsonObject object = value.toObject();
        formats::FormPart part;
        part.name = presentOctets(object, "name");
        part.value = octetsFromJson(object.value(key("value")));
        part.filePath = object.value(key("file")).toString();
        part.fileName = presentOctets(object, "fileName");
        part.type = octetsFromJson(object.value(key("type")));
        for (const session::DraftField &field : fieldsFromJson(object.value(key("fields"))))
            part.fields.append({ field.name, field.value });
        parts.append(part);
    }
    return parts;
}

} // namespace

QJsonObject toJson(const RequestDraft &draft)
{
    QJsonObject object {
        { key("method"), octetsToJson(draft.method) },
        { key("url"), draft.url },
        { key("fields"), fieldsToJson(draft.fields) },
        { key("text"), draft.text },
        { key("file"), draft.filePath },
        { key("parts"), partsToJson(draft.parts) },
        { key("octets"), QString::fromLatin1(draft.octets.toBase64()) },
        { key("target"), octetsToJson(draft.target) },
        { key("connectTo"), draft.connectTo },
        { key("trailers"), fieldsToJson(draft.trailers) },
        { key("timeout"), static_cast<qint64>(draft.timeout.count()) },
        { key("http"), draft.version == RequestDraft::Version::Http10 ? key("1.0") : key("1.1") },
        { key("verifyCertificates"), draft.verifyCertificates },
        { key("sendHost"), draft.sendHost },
        { key("sendConnection"), draft.sendConnection },
        { key("sendContentLength"), draft.sendContentLength },
    };
    for (const auto &[kind, name] : BodyKinds) {
        if (kind == draft.bodyKind)
            object.insert(key("body"), key(name));
    }
    return object;
}

RequestDraft draftFromJson(const QJsonObject &json)
{
    RequestDraft draft;
    if (json.contains(key("method")))
        draft.method = octetsFromJson(json.value(key("method")));
    draft.url = json.value(key("url")).toString();
    draft.fields = fieldsFromJson(json.value(key("fields")));
    for (const auto &[kind, name] : BodyKinds) {
        if (json.value(key("body")).toString() == key(name))
            draft.bodyKind = kind;
    }
    draft.text = json.value(key("text")).toString();
    draft.filePath = json.value(key("file")).toString();
    draft.parts = partsFromJson(json.value(key("parts")));
    draft.octets = QByteArray::fromBase64(json.value(key("octets")).toString().toLatin1());
    draft.target = octetsFromJson(json.value(key("target")));
    draft.connectTo = json.value(key("connectTo")).toString();
    draft.trailers = fieldsFromJson(json.value(key("trailers")));
    draft.timeout
        = std::chrono::milliseconds(json.value(key("timeout")).toInteger(draft.timeout.count()));
    if (json.value(key("http")).toString() == key("1.0"))
        draft.version = RequestDraft::Version::Http10;
    draft.verifyCertificates = json.value(key("verifyCertificates")).toBool(true);
    draft.sendHost = json.value(key("sendHost")).toBool(true);
    draft.sendConnection = json.value(key("sendConnection")).toBool(true);
    draft.sendContentLength = json.value(key("sendContentLength")).toBool(true);
    return draft;
}

} // namespace headrace::ui

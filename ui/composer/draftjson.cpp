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
};

} // namespace

QJsonObject toJson(const RequestDraft &draft)
{
    QJsonObject object {
        { key("method"), octetsToJson(draft.method) },
        { key("url"), draft.url },
        { key("fields"), fieldsToJson(draft.fields) },
        { key("text"), draft.text },
        { key("file"), draft.filePath },
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

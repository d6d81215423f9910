#include "composer/draftjson.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringDecoder>

#include <initializer_list>
#include <utility>

namespace headrace::ui {

namespace {

using session::DraftField;
using session::RequestDraft;

QString key(const char *name) { return QString::fromLatin1(name); }

// Text where it is, else an object that says how it is written.
QJsonValue toJson(const QByteArray &octets)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(octets);
    if (!utf8.hasError())
        return text;
    return QJsonObject { { key("base64"), QString::fromLatin1(octets.toBase64()) } };
}

QByteArray octetsOf(const QJsonValue &value)
{
    if (value.isObject())
        return QByteArray::fromBase64(value.toObject().value(key("base64")).toString().toLatin1());
    return value.toString().toUtf8();
}

QJsonArray toJson(const QList<DraftField> &fields)
{
    QJsonArray array;
    for (const DraftField &field : fields) {
        QJsonObject object { { key("name"), toJson(field.name) },
            { key("value"), toJson(field.value) } };
        if (!field.isEnabled)
            object.insert(key("enabled"), false);
        array.append(object);
    }
    return array;
}

QList<DraftField> fieldsOf(const QJsonValue &value)
{
    QList<DraftField> fields;
    for (const QJsonValue &entry : value.toArray()) {
        const QJsonObject object = entry.toObject();
        fields.append({ object.value(key("enabled")).toBool(true),
            octetsOf(object.value(key("name"))), octetsOf(object.value(key("value"))) });
    }
    return fields;
}

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
        { key("method"), toJson(draft.method) },
        { key("url"), draft.url },
        { key("fields"), toJson(draft.fields) },
        { key("text"), draft.text },
        { key("file"), draft.filePath },
        { key("trailers"), toJson(draft.trailers) },
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
        draft.method = octetsOf(json.value(key("method")));
    draft.url = json.value(key("url")).toString();
    draft.fields = fieldsOf(json.value(key("fields")));
    for (const auto &[kind, name] : BodyKinds) {
        if (json.value(key("body")).toString() == key(name))
            draft.bodyKind = kind;
    }
    draft.text = json.value(key("text")).toString();
    draft.filePath = json.value(key("file")).toString();
    draft.trailers = fieldsOf(json.value(key("trailers")));
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

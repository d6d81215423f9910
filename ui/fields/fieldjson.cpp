#include "fields/fieldjson.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringDecoder>

namespace headrace::ui {

using session::DraftField;

QJsonValue octetsToJson(const QByteArray &octets)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(octets);
    if (!utf8.hasError())
        return text;
    return QJsonObject { { QStringLiteral("base64"), QString::fromLatin1(octets.toBase64()) } };
}

QByteArray octetsFromJson(const QJsonValue &value)
{
    if (!value.isObject())
        return value.toString().toUtf8();
    const QString base64 = value.toObject().value(QStringLiteral("base64")).toString();
    return QByteArray::fromBase64(base64.toLatin1());
}

QJsonArray fieldsToJson(const QList<DraftField> &fields)
{
    QJsonArray array;
    for (const DraftField &field : fields) {
        QJsonObject object { { QStringLiteral("name"), octetsToJson(field.name) },
            { QStringLiteral("value"), octetsToJson(field.value) } };
        if (!field.isEnabled)
            object.insert(QStringLiteral("enabled"), false);
        array.append(object);
    }
    return array;
}

QList<DraftField> fieldsFromJson(const QJsonValue &value)
{
    QList<DraftField> fields;
    for (const QJsonValue &entry : value.toArray()) {
        const QJsonObject object = entry.toObject();
        fields.append({ object.value(QStringLiteral("enabled")).toBool(true),
            octetsFromJson(object.value(QStringLiteral("name"))),
            octetsFromJson(object.value(QStringLiteral("value"))) });
    }
    return fields;
}

} // namespace headrace::ui

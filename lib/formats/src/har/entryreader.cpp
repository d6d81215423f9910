#include "har/entryreader.h"

#include "har/extensionreader.h"
#include "har/foreignreader.h"
#include "har/jsonvalue.h"
#include "har/words.h"

#include <algorithm>

namespace headrace::formats {

using namespace exchange;

namespace {

// Of years 1 to 9999, all that ISO 8601 spells, in every zone.
constexpr qint64 FirstMoment = -62'135'510'400'000;
constexpr qint64 LastMoment = 253'402'127'999'999;

QDateTime dateOf(const JsonValue &value, QStringList &notes)
{
    if (value.kind() == JsonValue::Kind::Number)
        return QDateTime::fromMSecsSinceEpoch(
            std::clamp(value.toInteger(0), FirstMoment, LastMoment), Qt::UTC);
    const QString text = value.toString().trimmed();
    QDateTime date = QDateTime::fromString(text, Qt::ISODateWithMs);
    const qint64 moment = date.toMSecsSinceEpoch();
    if (!date.isValid() || moment < FirstMoment || moment > LastMoment) {
        notes.append(QStringLiteral("startedDateTime is no date: \"%1\"").arg(text.left(100)));
        return QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
    }
    if (date.timeSpec() == Qt::LocalTime)
        notes.append(QStringLiteral("startedDateTime has no zone, taken as local time"));
    return date;
}

} // namespace

QByteArray octetsOf(const JsonValue &object, const QByteArray &name)
{
    const JsonValue &octets = object['_' + name];
    if (octets.isText()) {
        if (auto value = fromBase64(octets.toOctets()))
            return *value;
    }
    return object[name].toOctets();
}

FieldList fieldsOf(const JsonValue &value)
{
    FieldList fields;
    for (size_t i = 0; i < value.items().size(); ++i) {
        const JsonValue &field = value.items()[i];
        if (value.isObject()) // an object of names and values, as some write
            fields.emplaceBack(value.keys()[i], field.toOctets());
        else if (field.isObject())
            fields.emplaceBack(octetsOf(field, "name"), octetsOf(field, "value"));
    }
    return fields;
}

Exchange exchangeOf(const JsonValue &entry, QStringList &notes)
{
    Exchange exchange;
    Summary &summary = exchange.summary;
    const JsonValue &response = entry["response"];
    summary.began = dateOf(entry["startedDateTime"], notes);
    summary.note = entry["comment"].toString();
    summary.method = entry["request"]["method"].toString();
    exchange.request.fields = fieldsOf(entry["request"]["headers"]);
    exchange.response.fields = fieldsOf(response["headers"]);
    exchange.response.statusCode = int(std::clamp<qint64>(response["status"].toInteger(0), 0, 999));
    exchange.response.reason = response["statusText"].toOctets();
    if (hasExtensions(entry))
        readExtensions(entry, exchange, notes);
    else
        readForeign(entry, exchange, notes);
    summary.connection = exchange.connection.id;
    return exchange;
}

} // namespace headrace::formats

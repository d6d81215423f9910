#pragma once

#include <session/requestdraft.h>

class QJsonArray;
class QJsonValue;

namespace headrace::ui {

/// Octets as JSON: a text where they are UTF-8, else { "base64": … }.
QJsonValue octetsToJson(const QByteArray &octets);
QByteArray octetsFromJson(const QJsonValue &value);

/// Field lines as they are kept between runs, valid or not.
QJsonArray fieldsToJson(const QList<session::DraftField> &fields);
QList<session::DraftField> fieldsFromJson(const QJsonValue &value);

} // namespace headrace::ui

#pragma once

#include <session/requestdraft.h>

class QJsonObject;

namespace headrace::ui {

/// A draft as it is kept between runs. Octets that are not UTF-8 are kept as Base64.
QJsonObject toJson(const session::RequestDraft &draft);

/// Members that are missing or of another type get their default: what can be read is never given up.
session::RequestDraft draftFromJson(const QJsonObject &json);

} // namespace headrace::ui

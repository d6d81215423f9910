#pragma once

#include <mock/route.h>

class QJsonObject;

namespace headrace::ui {

/** A definition as it is kept between runs. Unlike a mock file, which must be right, this takes whatever is
    typed so far: a path without slash, a field without name. */
QJsonObject toJson(const mock::Definition &definition);

/// Members that are missing or of another type get their default.
mock::Definition definitionFromJson(const QJsonObject &json);

} // namespace headrace::ui

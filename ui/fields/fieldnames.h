#pragma once

#include <QStringList>

namespace headrace::ui {

/// Which names are offered while one types.
enum class FieldUse
{
    Request,
    Response,
    Trailers
};

/// Registered names of that use, in alphabetical order, as they are usually written.
const QStringList &fieldNames(FieldUse use);

/// Values often given to that field; empty for most.
QStringList fieldValues(const QString &name);

} // namespace headrace::ui

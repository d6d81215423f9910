#pragma once

#include <QString>

namespace headrace::ui {

/// What a failure means and what to do, in a plain sentence, then the original message if it adds something.
QString failureText(const QString &code, const QString &message);

} // namespace headrace::ui

#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace import`: HAR into a session. \a arguments: what follows the verb. Answers the exit code.
int runImport(const QStringList &arguments);

} // namespace headrace::app

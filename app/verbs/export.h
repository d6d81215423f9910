#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace export`: a session as HAR, or its requests as commands or code. \a arguments: what follows the verb. Answers the exit code.
int runExport(const QStringList &arguments);

} // namespace headrace::app

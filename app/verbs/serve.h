#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace serve`: a mock file on a port, until SIGINT or SIGTERM. \a arguments: those behind the verb.
/// Answers the exit status. Makes the QCoreApplication it needs, so there must be none.
int runServe(const QStringList &arguments);

} // namespace headrace::app

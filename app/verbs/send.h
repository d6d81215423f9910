#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace send`: one request, printed. \a arguments: those behind the verb. Answers the exit status.
/// Makes the QCoreApplication it needs, so there must be none.
int runSend(const QStringList &arguments);

} // namespace headrace::app

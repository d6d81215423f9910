#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace replay`: the requests of a session again. \a arguments: what follows the verb. Answers the exit code.
int runReplay(const QStringList &arguments);

} // namespace headrace::app

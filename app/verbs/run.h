#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace run`: a Node program. \a arguments: what follows the verb. Answers the exit code.
int runScript(const QStringList &arguments);

} // namespace headrace::app

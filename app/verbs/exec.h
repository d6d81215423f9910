#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace exec`: a command that comes through a proxy of its own. Answers the exit code: that of the command.
int runExec(const QStringList &arguments);

} // namespace headrace::app

#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace proxy`; answers the exit status.
int runProxy(const QStringList &arguments);

} // namespace headrace::app

#pragma once

#include <QStringList>

namespace headrace::app {

/// `headrace ca`: shows the certificate authority of this installation, or exports its certificate. Answers the exit
/// status. \a arguments: those behind the verb. Makes the QCoreApplication it needs, so there must be none.
int runCa(const QStringList &arguments);

} // namespace headrace::app

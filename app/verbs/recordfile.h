#pragma once

#include <QString>

namespace headrace::session {
class SessionFiles;
}

namespace headrace::app {

/// Records into \a path from now on; a file that is not there is made. Empty, or one sentence on what is wrong.
QString recordInto(session::SessionFiles *files, const QString &path);

} // namespace headrace::app

#pragma once

#include "formats/request.h"

#include <QByteArray>
#include <QString>

namespace headrace::formats {

/// For which shell a curl command is written.
enum class CurlShell
{
    Posix, ///< sh, and all that are like it; octets no word can hold come by printf.
    Bash, ///< bash and zsh: $'…' for those octets.
    Cmd ///< cmd.exe
};

/** The curl command that makes the octets of \a request again: same method, target, fields in the same order and
    case, same body. What curl would add by itself is turned off. The order of a few fields is curl's own, though: Host is
    first, and the boundary of a form is another one. \a lost: if given, one sentence on what curl's command line
    cannot say (trailers, octets that cmd.exe cannot hold); else empty. */
QByteArray writeCurl(const Request &request, CurlShell shell, QString *lost = nullptr);

} // namespace headrace::formats

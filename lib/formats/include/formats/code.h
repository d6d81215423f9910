#pragma once

#include "formats/request.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace headrace::formats {

/// Notations in which a request can be handed to somebody else.
enum class CodeTarget
{
    Curl, ///< For POSIX shells.
    CurlCmd, ///< For cmd.exe.
    Raw, ///< The octets, as text.
    Cpp, ///< With lib/http.
    Fetch, ///< fetch() of browsers and Node.
    Node, ///< Node's http.
    Python ///< requests.
};

QList<CodeTarget> codeTargets(); ///< All, in the order of menus.
QString displayName(CodeTarget target); ///< "Node http"
QString name(CodeTarget target); ///< "node", for command lines and settings.
std::optional<CodeTarget> codeTarget(const QString &name);

/** \a request in that notation; all but raw octets end in a line feed. Programs are whole: they send the request, and print the status and
    the body of the answer. Order, case and duplicates of fields are kept as far as the target's library lets them; a
    comment says where it does not. Octets that are no text are written as escapes or base64, so that the body
    that arrives is the same. Thread: any. */
QByteArray writeCode(const Request &request, CodeTarget target);

} // namespace headrace::formats

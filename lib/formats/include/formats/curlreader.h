#pragma once

#include "formats/request.h"
#include "formats/shellcommand.h"

#include <functional>
#include <optional>

namespace headrace::formats {

/// What a curl line may ask for beyond itself. What is not set is answered "cannot be read".
struct CurlSurroundings
{
    /// What a file holds; "-" is standard input. Nothing: *problem says why.
    std::function<std::optional<QByteArray>(const QString &path, QString *problem)> readFile;

    /// Octets of a file that is sent as body without being read here; -1: it is not known.
    std::function<qint64(const QString &path)> fileSize;

    QByteArray boundary; ///< Of forms; empty: a random one for each.
};

/// The requests that a text with curl commands asks for, in order.
struct CurlReading
{
    QList<Request> requests;
    QStringList remarks; ///< What is not as curl would do it. A sentence each.
    TextError error; ///< The text has no request that curl would send, or ends in the middle.
};

/** Reads what the command line of curl says: the same request that curl 7.88.1 sends first, with the fields that it
    adds, in its order. All options of that release are known with the number of their arguments, combined short
    ones, unambiguous beginnings and `--no-` included; an unknown one is remarked and takes no argument with it. Several
    URLs, globbing, --next and several commands give several requests.
    What does not change the request is passed over (-s, -o); what would and cannot is remarked (--http2, --digest).
    Thread: any, as far as \a surroundings allow. Source: curl(1) 7.88.1; what that release was seen to send. */
CurlReading readCurl(
    const QByteArray &text, const CurlSurroundings &surroundings = {}, Shell shell = Shell::Detect);

/// The same of the arguments of one command, without the program's name.
CurlReading readCurlArguments(
    const QList<QByteArray> &arguments, const CurlSurroundings &surroundings = {});

/// The text begins as a curl command does: behind a prompt, assignments of variables, sudo.
bool looksLikeCurl(const QString &text);

} // namespace headrace::formats

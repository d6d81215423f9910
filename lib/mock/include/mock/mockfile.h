#pragma once

#include "mock/route.h"

#include <optional>

namespace headrace::mock {

/// A mock file that was read: a definition, or what is wrong with it.
struct ReadResult
{
    std::optional<Definition> definition; ///< Nothing when there are problems.
    QList<Problem> problems;
};

/** Mock files are JSON: { "name", "port", "routes": [ { "method", "path", "status", "reason",
    "headers": [[name, value], …] or { name: value }, "body": text, "bodyBase64", "bodyJson": any,
    "trailers", "interim": [ { "status", "headers" } ], "delay": ms, "enabled" } ] }.
    A script answers a route that has "scriptFile": path or "script": text or [line, …]; at the top level, with
    "routes" or without, it is the whole server. Both: the text runs as the file's. "useScript": false keeps a
    script that does not answer. Unknown members are problems, so that a typing error is not silently ignored.
    \a directory: of the mock file, to which script files are relative; empty leaves them as they are. */
ReadResult fromJson(const QByteArray &json, const QString &directory = {});
QByteArray toJson(const Definition &definition, const QString &directory = {});

} // namespace headrace::mock

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
    Unknown members are problems, so that a typing error is not silently ignored. */
ReadResult fromJson(const QByteArray &json);
QByteArray toJson(const Definition &definition);

} // namespace headrace::mock

#pragma once

#include "proxy/rule.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace headrace::proxy {

/// What a rule file holds.
struct RuleFile
{
    QList<Rule> rules;
    QList<Breakpoint> breakpoints;

    friend bool operator==(const RuleFile &, const RuleFile &) = default;
};

/// Something to say about a rule file.
struct RuleFileNote
{
    QString message; ///< One sentence that says what to do.
    int line = -1; ///< From 1; -1: of none.
};

/// A rule file that was read.
struct RuleFileResult
{
    std::optional<RuleFile> file; ///< Nothing when there are problems.
    QList<RuleFileNote> problems; ///< By line.
    QList<RuleFileNote>
        remarks; ///< What was left out, and rules that do not work as they are. By line.
};

/** Rule files are JSON in UTF-8:

        { "headrace": "rules", "version": 1,
          "rules": [ { "id", "name", "enabled": true, "filter": "host:api", one action } ],
          "breakpoints": [ { "id", "enabled", "filter", "at": ["request", "requestBody", "response",
                             "responseBody"], "onlyNext": false } ] }

    with an action of

        "mapLocal": path            "mapRemote": url or { "url", "keepHost" }
        "answer": { "status", "reason", "headers": [[name, value], …] or { name: value }, "body": text or
                    "bodyBase64" or "bodyJson": any }
        "setHeader": { "on": "request" or "response", "name", "value" }     "addHeader", "removeHeader"
        "replace": { "on", "text" or "expression", "with", "caseSensitive": true }
        "block": "answer", "close" or "reset"
        "delay": milliseconds or { "on", "milliseconds" }
        "throttle": a name of throttlePresets() or { "down", "up": octets a second, "latency": milliseconds }
        "fault": { "on", "kind": "reset", "truncate", "stall" or "malformedChunk", "after": octets }
        "scriptFile": path          "script": text or [line, …]

    "on" is "request" where it is left out, but "response" for "replace" and "fault". Only the action has to be there:
    a rule without "id" gets a new one. Members that are not known are remarked and left out; a filter or a value that cannot
    work leaves the rule in, off. Field values that are no UTF-8 are written as ISO 8859-1 characters.
    \a directory: of the file, to which paths are relative; empty leaves them as they are. Thread: any. */
RuleFileResult readRules(const QByteArray &json, const QString &directory = {});

/// Order and layout are always the same, so that versions of a file can be compared.
QByteArray writeRules(const RuleFile &file, const QString &directory = {});

} // namespace headrace::proxy

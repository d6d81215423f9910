#pragma once

#include "loadedscript_p.h"

#include <proxy/transit.h>

#include <QString>
#include <QVariantMap>

namespace headrace::session {

// What hooks are told of an exchange beside its messages, and what its record is told of them. Thread: the proxy's.

/// As Change::message has it.
int messageIndex(exchange::Direction direction);

/// Puts \a summary of what \a script did into the record.
void note(proxy::Transit &transit, int message, const QString &script, const QString &summary);

/// For people, with the line where there is one.
QString textOf(const script::ScriptError &error, const LoadedScript &script);

/// The second argument of hooks. \a rule: its name.
QVariantMap contextFacts(
    proxy::Transit &transit, const QString &rule, exchange::Direction direction);

} // namespace headrace::session

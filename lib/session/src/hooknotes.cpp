#include "hooknotes_p.h"
#include "proxyscripts/hookmessages.h"

#include <QFileInfo>

namespace headrace::session {

using exchange::Change;
using exchange::Direction;
using proxy::Transit;

int messageIndex(Direction direction) { return direction == Direction::Request ? -1 : 0; }

void note(Transit &transit, int message, const QString &script, const QString &summary)
{
    Change change;
    change.message = message;
    change.cause = Change::Cause::Script;
    change.by = script;
    change.summary = summary;
    transit.addChange(std::move(change));
}

QString textOf(const script::ScriptError &error, const LoadedScript &script)
{
    if (script.isSwitchedOff())
        return QStringLiteral("%1; %2").arg(error.message, script.problem());
    if (error.line < 1)
        return error.message;
    return QStringLiteral("%1 (%2:%3)")
        .arg(error.message, QFileInfo(error.file).fileName())
        .arg(error.line);
}

QVariantMap contextFacts(Transit &transit, const QString &rule, Direction direction)
{
    return { { QStringLiteral("rule"), rule }, { QStringLiteral("url"), urlOf(transit) },
        { QStringLiteral("direction"),
            direction == Direction::Request ? QStringLiteral("request")
                                            : QStringLiteral("response") } };
}

} // namespace headrace::session

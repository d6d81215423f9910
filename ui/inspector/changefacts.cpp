#include "inspector/changefacts.h"

#include <QCoreApplication>
#include <QSet>

namespace headrace::ui {

using exchange::Change;
using exchange::Part;

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("Inspector", text, nullptr, count);
}

QString partText(Part part)
{
    switch (part) {
    case Part::Body:
        return tr("body");
    case Part::Trailers:
        return tr("trailers");
    default:
        return tr("head");
    }
}

QString countText(qsizetype count, const char *one, const char *several)
{
    return count == 1 ? tr(one) : tr(several).arg(count);
}

} // namespace

QString changesText(const QList<Change> &changes)
{
    QSet<QString> rules;
    QSet<QString> scripts;
    bool isEdited = false;
    for (const Change &change : changes) {
        if (change.cause == Change::Cause::Rule)
            rules.insert(change.by);
        else if (change.cause == Change::Cause::Script)
            scripts.insert(change.by);
        else if (change.cause == Change::Cause::Breakpoint)
            isEdited = true;
    }
    QStringList by;
    if (!rules.isEmpty())
        by += countText(rules.size(), QT_TRANSLATE_NOOP("Inspector", "by a rule"),
            QT_TRANSLATE_NOOP("Inspector", "by %1 rules"));
    if (!scripts.isEmpty())
        by += countText(scripts.size(), QT_TRANSLATE_NOOP("Inspector", "by a script"),
            QT_TRANSLATE_NOOP("Inspector", "by %1 scripts"));
    if (isEdited)
        by += tr("at a breakpoint");
    return by.isEmpty() ? QString() : tr("changed %1").arg(by.join(tr(" and ")));
}

QString causeText(const Change &change)
{
    const QString cause = exchange::displayName(change.cause);
    return change.by.isEmpty() ? cause : tr("%1: %2").arg(cause, change.by);
}

QString placeText(const Change &change)
{
    const QString part = partText(change.part);
    if (change.message < 0)
        return tr("request %1").arg(part);
    if (change.message == 0)
        return tr("response %1").arg(part);
    return tr("interim response %1 %2").arg(change.message).arg(part);
}

} // namespace headrace::ui

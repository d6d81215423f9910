#include "shell/commands.h"

#include <QAction>
#include <QMenu>
#include <QSet>
#include <QWidget>

#include <algorithm>

namespace headrace::ui {

namespace {

QString placeOf(const QWidget *widget)
{
    for (; widget; widget = widget->parentWidget()) {
        const QString place = widget->property("workspace").toString();
        if (!place.isEmpty())
            return place;
    }
    return {};
}

/// 0 is best; -1 does not match.
int rankOf(const Command &command, const QString &query)
{
    const QString text = command.text();
    const QString all = command.place + u' ' + text;
    const QStringList words = query.split(u' ', Qt::SkipEmptyParts);
    const bool hasAll = std::all_of(words.cbegin(), words.cend(),
        [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
    if (!hasAll)
        return -1;
    if (text.startsWith(query, Qt::CaseInsensitive))
        return 0;
    const bool beginsWord = std::all_of(words.cbegin(), words.cend(), [&all](const QString &word) {
        return all.startsWith(word, Qt::CaseInsensitive)
            || all.contains(u' ' + word, Qt::CaseInsensitive);
    });
    return beginsWord ? 1 : 2;
}

} // namespace

QString Command::text() const { return action ? QString(action->text()).remove(u'&') : QString(); }

QString Command::keys() const
{
    return action ? action->shortcut().toString(QKeySequence::NativeText) : QString();
}

QList<Command> commandsOf(const QWidget *window)
{
    QList<Command> commands;
    QSet<const QAction *> seen;
    const auto addFrom = [&](QWidget *widget) {
        if (qobject_cast<QMenu *>(widget))
            return;
        const QList<QAction *> actions = widget->actions();
        for (QAction *action : actions) {
            if (action->text().isEmpty() || action->isSeparator() || action->menu()
                || seen.contains(action))
                continue;
            seen.insert(action);
            commands += Command { action, widget, placeOf(widget) };
        }
    };
    addFrom(const_cast<QWidget *>(window)); // Kept as a pointer only.
    const QList<QWidget *> widgets = window->findChildren<QWidget *>();
    for (QWidget *widget : widgets)
        addFrom(widget);
    return commands;
}

QList<Command> matching(const QList<Command> &commands, const QString &query)
{
    const QString wanted = query.trimmed();
    QList<std::pair<int, Command>> ranked;
    for (const Command &command : commands) {
        if (const int rank = command.action ? rankOf(command, wanted) : -1; rank >= 0)
            ranked.append({ rank, command });
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &one, const auto &other) {
        if (one.first != other.first)
            return one.first < other.first;
        return one.second.text().localeAwareCompare(other.second.text()) < 0;
    });
    QList<Command> found;
    for (const auto &entry : std::as_const(ranked))
        found += entry.second;
    return found;
}

} // namespace headrace::ui

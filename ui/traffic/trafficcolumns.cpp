#include "traffic/trafficcolumns.h"

#include <QCoreApplication>

#include <array>

namespace headrace::ui {

using exchange::SortKey;

namespace {

struct Entry
{
    const char *name;
    const char *title;
    const char *longTitle; // null: as the title
    const char *hint;
    SortKey key;
    bool isShown;
    bool isNumeric;
};

constexpr std::array<Entry, TrafficColumnCount> entries { {
    { "number", "#", QT_TRANSLATE_NOOP("TrafficColumns", "Number"),
        QT_TRANSLATE_NOOP("TrafficColumns", "In order of begin"), SortKey::Number, true, true },
    { "mark", "", QT_TRANSLATE_NOOP("TrafficColumns", "Mark"),
        QT_TRANSLATE_NOOP("TrafficColumns", "The mark that you gave"), SortKey::Mark, true, false },
    { "time", QT_TRANSLATE_NOOP("TrafficColumns", "Time"), nullptr,
        QT_TRANSLATE_NOOP("TrafficColumns", "When the exchange began (wall clock)"), SortKey::Time,
        true, false },
    { "source", "", QT_TRANSLATE_NOOP("TrafficColumns", "Source"),
        QT_TRANSLATE_NOOP("TrafficColumns", "Source: which part of Headrace saw it"),
        SortKey::Source, true, false },
    { "method", QT_TRANSLATE_NOOP("TrafficColumns", "Method"), nullptr, nullptr, SortKey::Method,
        true, false },
    { "scheme", QT_TRANSLATE_NOOP("TrafficColumns", "Scheme"), nullptr, nullptr, SortKey::Scheme,
        false, false },
    { "host", QT_TRANSLATE_NOOP("TrafficColumns", "Host"), nullptr, nullptr, SortKey::Host, true,
        false },
    { "path", QT_TRANSLATE_NOOP("TrafficColumns", "Path"), nullptr, nullptr, SortKey::Path, true,
        false },
    { "status", QT_TRANSLATE_NOOP("TrafficColumns", "Status"), nullptr, nullptr, SortKey::Status,
        true, false },
    { "type", QT_TRANSLATE_NOOP("TrafficColumns", "Type"), nullptr,
        QT_TRANSLATE_NOOP("TrafficColumns", "Media type of the response"), SortKey::Type, true,
        false },
    { "request-size", QT_TRANSLATE_NOOP("TrafficColumns", "Sent"),
        QT_TRANSLATE_NOOP("TrafficColumns", "Request size"),
        QT_TRANSLATE_NOOP("TrafficColumns", "Octets of the request body as they passed"),
        SortKey::RequestSize, false, true },
    { "size", QT_TRANSLATE_NOOP("TrafficColumns", "Size"), nullptr,
        QT_TRANSLATE_NOOP("TrafficColumns", "Octets of the response body as they passed"),
        SortKey::ResponseSize, true, true },
    { "duration", "ms", QT_TRANSLATE_NOOP("TrafficColumns", "Duration"),
        QT_TRANSLATE_NOOP("TrafficColumns", "Milliseconds from begin to end"), SortKey::Duration,
        true, true },
    { "pattern", QT_TRANSLATE_NOOP("TrafficColumns", "Pattern"), nullptr,
        QT_TRANSLATE_NOOP("TrafficColumns",
            "The documented order of events that it followed; interim responses, trailers"),
        SortKey::Pattern, true, false },
    { "note", QT_TRANSLATE_NOOP("TrafficColumns", "Note"), nullptr,
        QT_TRANSLATE_NOOP("TrafficColumns", "What you wrote on it"), SortKey::Note, true, false },
} };

const Entry &entryOf(TrafficColumn column) { return entries.at(std::size_t(column)); }

QString translated(const char *text)
{
    return text ? QCoreApplication::translate("TrafficColumns", text) : QString();
}

} // namespace

QString titleOf(TrafficColumn column) { return translated(entryOf(column).title); }

QString longTitleOf(TrafficColumn column)
{
    const Entry &entry = entryOf(column);
    return translated(entry.longTitle ? entry.longTitle : entry.title);
}

QString hintOf(TrafficColumn column) { return translated(entryOf(column).hint); }

QLatin1StringView nameOf(TrafficColumn column) { return QLatin1StringView(entryOf(column).name); }

std::optional<TrafficColumn> columnNamed(QStringView name)
{
    for (int column = 0; column < TrafficColumnCount; ++column) {
        if (name == nameOf(TrafficColumn(column)))
            return TrafficColumn(column);
    }
    return std::nullopt;
}

bool isShownAtFirst(TrafficColumn column) { return entryOf(column).isShown; }

bool isNumeric(TrafficColumn column) { return entryOf(column).isNumeric; }

SortKey sortKeyOf(TrafficColumn column) { return entryOf(column).key; }

} // namespace headrace::ui

#include "verbs/eventlist.h"

namespace headrace::app {

namespace {
constexpr int timeWidth = 10;
constexpr int objectWidth = 15; // IncomingMessage
constexpr int nameWidth = 17; // trailers received
} // namespace

QString eventLine(const exchange::Event &event)
{
    QString line = QString::number(double(event.time) / 1000.0, 'f', 3).rightJustified(timeWidth)
        + QLatin1String("  ") + event.object.leftJustified(objectWidth) + QLatin1String("  ");
    line += event.detail.isEmpty()
        ? event.name
        : event.name.leftJustified(nameWidth) + QLatin1String("  ") + event.detail;
    for (QChar &character : line) {
        if (character.category() == QChar::Other_Control)
            character = u' '; // a detail may hold what a peer sent: one line stays one line
    }
    return line;
}

} // namespace headrace::app

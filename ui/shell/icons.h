#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

#include <optional>

namespace headrace::ui {

/** The drawing `:/icons/NAME.svg` in the colour of the text around it.

    Drawn when it is painted, from the outline, so it follows the theme and is sharp at any scale. Disabled
    is the palette's disabled text. A name that does not exist gives an icon that paints nothing and is
    logged once (category `ui.icons`). */
QIcon icon(const QString &name);

/// The same in a fixed colour, for what is a status.
QIcon icon(const QString &name, const QColor &color);

} // namespace headrace::ui

#pragma once

#include <exchange/exchange.h>

#include <QColor>
#include <QIcon>
#include <QPalette>

namespace headrace::ui {

/// The colour of a mark: at least 3:1 on the grounds of a list; invalid for None.
QColor markColor(exchange::Mark mark, const QPalette &palette);

/// A dot in that colour, for menus; a ring for None.
QIcon markIcon(exchange::Mark mark, const QPalette &palette);

} // namespace headrace::ui

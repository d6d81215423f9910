#include "traffic/markcolor.h"

#include "shell/theme.h"

#include <QPainter>
#include <QPixmap>

namespace headrace::ui {

using exchange::Mark;

QColor markColor(Mark mark, const QPalette &palette)
{
    const bool isDark = Theme::isDark(palette);
    switch (mark) {
    case Mark::Red:
        return QColor(isDark ? 0xffff6f66 : 0xffd92d20);
    case Mark::Orange:
        return QColor(isDark ? 0xffff9d4d : 0xffc4570a);
    case Mark::Yellow:
        return QColor(isDark ? 0xfff2d34b : 0xff957400);
    case Mark::Green:
        return QColor(isDark ? 0xff5ecb7c : 0xff1f8a3d);
    case Mark::Blue:
        return QColor(isDark ? 0xff6ea8ff : 0xff2468d2);
    case Mark::Violet:
        return QColor(isDark ? 0xffc58cff : 0xff8a3fd1);
    case Mark::None:
        break;
    }
    return {};
}

QIcon markIcon(Mark mark, const QPalette &palette)
{
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    if (const QColor color = markColor(mark, palette); color.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
    } else {
        painter.setPen(QPen(Theme::mutedColor(palette), 3));
    }
    painter.drawEllipse(QRectF(7, 7, 18, 18));
    return QIcon(pixmap);
}

} // namespace headrace::ui

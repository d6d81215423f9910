#include "shell/indicators.h"

#include "shell/icons.h"
#include "shell/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace headrace::ui {

namespace {

constexpr int CrossSize = 10;
constexpr int ArrowSize = 10;

struct Colors
{
    QColor fill;
    QColor frame;
    QColor mark;
};

Colors colorsOf(const QStyleOption &option)
{
    const QPalette &palette = option.palette;
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const bool isOn
        = option.state.testFlag(QStyle::State_On) || option.state.testFlag(QStyle::State_NoChange);
    const QColor faint = palette.color(QPalette::Disabled, QPalette::WindowText);
    if (!isEnabled)
        return { palette.color(QPalette::Window), faint, faint };
    const QColor accent = Theme::accentColor(palette);
    if (isOn)
        return { accent, accent, palette.color(QPalette::BrightText) };
    const bool isUnderMouse = option.state.testFlag(QStyle::State_MouseOver);
    return { palette.color(QPalette::Base), isUnderMouse ? accent : Theme::mutedColor(palette),
        accent };
}

} // namespace

void paintCheckBox(QPainter *painter, const QStyleOption &option)
{
    const Colors colors = colorsOf(option);
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(colors.frame);
    painter->setBrush(colors.fill);
    painter->drawRoundedRect(box, 2.5, 2.5);
    painter->setPen(QPen(colors.mark, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    if (option.state.testFlag(QStyle::State_NoChange)) {
        painter->drawLine(at(0.25, 0.5), at(0.75, 0.5));
    } else if (option.state.testFlag(QStyle::State_On)) {
        const QPointF tick[] { at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.28) };
        painter->drawPolyline(tick, 3);
    }
    painter->restore();
}

void paintRadioButton(QPainter *painter, const QStyleOption &option)
{
    const Colors colors = colorsOf(option);
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(colors.frame);
    painter->setBrush(colors.fill);
    painter->drawEllipse(box);
    if (option.state.testFlag(QStyle::State_On)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.mark);
        painter->drawEllipse(box.center(), box.width() / 5, box.height() / 5);
    }
    painter->restore();
}

void paintInputFrame(QPainter *painter, const QStyleOption &option)
{
    const QPalette &palette = option.palette;
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(hasFocus ? Theme::accentColor(palette) : Theme::separatorColor(palette));
    painter->setBrush(palette.brush(QPalette::Base));
    painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter->restore();
}

void paintInputArrow(
    QPainter *painter, const QStyleOption &option, const QRect &place, bool isUp, bool isActive)
{
    const QPalette &palette = option.palette;
    const QColor color = !option.state.testFlag(QStyle::State_Enabled)
        ? palette.color(QPalette::Disabled, QPalette::WindowText)
        : isActive ? palette.color(QPalette::Text)
                   : Theme::mutedColor(palette);
    QRect arrow(0, 0, ArrowSize, ArrowSize);
    arrow.moveCenter(place.center());
    icon(isUp ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"), color)
        .paint(painter, arrow);
}

void paintTabClose(QPainter *painter, const QStyleOption &option)
{
    const bool isUnderMouse = option.state.testFlag(QStyle::State_MouseOver)
        || option.state.testFlag(QStyle::State_Raised);
    const QColor text = option.palette.color(QPalette::WindowText);
    if (isUnderMouse && option.state.testFlag(QStyle::State_Enabled)) {
        QColor ground = text;
        ground.setAlphaF(option.state.testFlag(QStyle::State_Sunken) ? 0.2F : 0.1F);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(ground);
        painter->drawRoundedRect(option.rect, 3, 3);
        painter->restore();
    }
    QRect cross(0, 0, CrossSize, CrossSize);
    cross.moveCenter(option.rect.center());
    icon(QStringLiteral("cancel"), isUnderMouse ? text : Theme::mutedColor(option.palette))
        .paint(painter, cross);
}

} // namespace headrace::ui

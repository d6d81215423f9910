#include "shell/style.h"

#include "shell/indicators.h"
#include "shell/theme.h"

#include <QAbstractScrollArea>
#include <QComboBox>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOption>
#include <QTabBar>
#include <QWidget>

namespace headrace::ui {

namespace {

constexpr int ScrollBarWidth = 12;
constexpr qreal Radius = 4;

bool isPrimary(const QWidget *widget) { return widget && widget->property("primary").toBool(); }

QColor faded(QColor color, qreal alpha)
{
    color.setAlphaF(float(alpha));
    return color;
}

void drawPanel(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill);
    painter->setPen(border.alpha() == 0 ? QPen(Qt::NoPen) : QPen(border, 1));
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);
    painter->restore();
}

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 8;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 4;
    case PM_SplitterWidth:
        return 1;
    case PM_ScrollBarExtent:
        return ScrollBarWidth;
    case PM_TabBarTabHSpace:
        return 20;
    case PM_TabBarTabVSpace:
        return 10;
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
        return 0;
    case PM_HeaderMargin:
        return 6;
    case PM_FocusFrameHMargin: // The text of a cell stands one pixel more inward.
        return 5;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ToolBarIconSize:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
    QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
        return 0;
    case SH_TabBar_ElideMode:
        return Qt::ElideMiddle;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    case SH_Table_GridLineColor:
        if (option)
            return int(Theme::separatorColor(option->palette).rgb());
        break;
    default:
        break;
    }
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result.setHeight(qMax(result.height(), 28));
        result.rwidth() += 8;
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(qMax(result.height(), 28));
        break;
    case CT_ToolButton:
        result = result.expandedTo({ 24, 24 });
        break;
    case CT_HeaderSection:
        result.setHeight(qMax(result.height(), 24));
        break;
    case CT_MenuItem:
        result.rheight() += 2;
        break;
    default:
        break;
    }
    return result;
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
    SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        // No arrow buttons: the groove is the whole bar.
        if (subControl == SC_ScrollBarAddLine || subControl == SC_ScrollBarSubLine)
            return {};
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (bar) {
            const bool horizontal = bar->orientation == Qt::Horizontal;
            const int length = horizontal ? bar->rect.width() : bar->rect.height();
            const qint64 range = qint64(bar->maximum) - bar->minimum;
            int slider = length;
            if (range > 0)
                slider = qMax(24, int(qint64(length) * bar->pageStep / (range + bar->pageStep)));
            slider = qMin(slider, length);
            const int start = sliderPositionFromValue(
                bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
            const auto part = [&](int from, int size) {
                const QRect rect = horizontal
                    ? QRect(bar->rect.x() + from, bar->rect.y(), size, bar->rect.height())
                    : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), size);
                return visualRect(bar->direction, bar->rect, rect);
            };
            switch (subControl) {
            case SC_ScrollBarSubPage:
                return part(0, start);
            case SC_ScrollBarAddPage:
                return part(start + slider, length - start - slider);
            case SC_ScrollBarSlider:
                return part(start, slider);
            case SC_ScrollBarGroove:
                return bar->rect;
            default:
                break;
            }
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
    const QWidget *widget) const
{
    const QPalette &palette = option->palette;
    const QColor line = Theme::separatorColor(palette);
    const QColor text = palette.color(QPalette::ButtonText);
    const bool enabled = option->state & State_Enabled;
    const bool hovered = enabled && (option->state & State_MouseOver);
    const bool down = option->state & (State_Sunken | State_On);

    switch (element) {
    case PE_FrameTabBarBase:
    case PE_FrameTabWidget: {
        const QRect rect = option->rect;
        const int y = element == PE_FrameTabBarBase ? rect.bottom() : rect.top();
        painter->fillRect(QRect(rect.left(), y, rect.width(), 1), line);
        return;
    }
    case PE_Frame:
    case PE_FrameMenu:
    case PE_FrameGroupBox:
        painter->save();
        painter->setPen(line);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_FrameLineEdit:
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (element == PE_PanelLineEdit && frame && frame->lineWidth <= 0) {
            painter->fillRect(option->rect, palette.brush(QPalette::Base));
            return;
        }
        const bool focused = option->state & State_HasFocus;
        drawPanel(painter, option->rect, palette.color(QPalette::Base),
            focused ? Theme::accentColor(palette) : line);
        return;
    }
    case PE_FrameFocusRect: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(Theme::accentColor(palette), 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter->restore();
        return;
    }
    case PE_PanelButtonCommand: {
        const bool focused = option->state & State_HasFocus;
        if (isPrimary(widget) && enabled) {
            const QColor accent = Theme::accentColor(palette);
            drawPanel(painter, option->rect, down || hovered ? accent.darker(112) : accent,
                focused ? text : Qt::transparent);
            return;
        }
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool flat = button && (button->features & QStyleOptionButton::Flat);
        QColor fill = flat ? QColor(Qt::transparent) : palette.color(QPalette::Button);
        if (down)
            fill = faded(text, 0.14);
        else if (hovered)
            fill = faded(text, 0.07);
        drawPanel(painter, option->rect, fill,
            focused    ? Theme::accentColor(palette)
                : flat ? QColor(Qt::transparent)
                       : line);
        return;
    }
    case PE_PanelButtonTool:
        if (option->state & State_On)
            drawPanel(painter, option->rect, palette.color(QPalette::Highlight), Qt::transparent);
        else if (down || hovered)
            drawPanel(painter, option->rect, faded(text, down ? 0.14 : 0.07), Qt::transparent);
        if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
            proxy()->drawPrimitive(PE_FrameFocusRect, option, painter, widget);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        paintCheckBox(painter, *option);
        return;
    case PE_IndicatorRadioButton:
        paintRadioButton(painter, *option);
        return;
    case PE_IndicatorTabClose:
        paintTabClose(painter, *option);
        return;
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, palette.brush(QPalette::Base));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
    const QWidget *widget) const
{
    const QPalette &palette = option->palette;
    switch (element) {
    case CE_Splitter:
        painter->fillRect(option->rect, Theme::separatorColor(palette));
        return;
    case CE_TabBarTabShape:
        drawTabShape(option, painter);
        return;
    case CE_TabBarTabLabel: {
        const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
        if (!tab)
            break;
        QStyleOptionTab label(*tab);
        label.state &= ~State_HasFocus; // The shape shows the focus.
        if (!(tab->state & State_Selected) && (tab->state & State_Enabled))
            label.palette.setColor(QPalette::WindowText, Theme::mutedColor(palette));
        QProxyStyle::drawControl(element, &label, painter, widget);
        return;
    }
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: {
        const QRect rect = option->rect;
        painter->fillRect(rect, palette.brush(QPalette::Window));
        const QColor line = Theme::separatorColor(palette);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line);
        if (element == CE_HeaderSection)
            painter->fillRect(QRect(rect.right(), rect.top() + 5, 1, rect.height() - 10), line);
        return;
    }
    case CE_HeaderLabel: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (!header)
            break;
        QStyleOptionHeaderV2 label;
        label.QStyleOptionHeader::operator=(*header);
        label.state &= ~State_On; // No bold for the current column.
        label.palette.setColor(QPalette::ButtonText, Theme::mutedColor(palette));
        QProxyStyle::drawControl(element, &label, painter, widget);
        return;
    }
    case CE_PushButtonLabel: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (!button || !isPrimary(widget) || !(option->state & State_Enabled))
            break;
        QStyleOptionButton label(*button);
        label.palette.setColor(QPalette::ButtonText, palette.color(QPalette::BrightText));
        QProxyStyle::drawControl(element, &label, painter, widget);
        return;
    }
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
    QPainter *painter, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        drawScrollBar(option, painter);
        return;
    }
    if (control == CC_ComboBox) {
        const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (combo && !combo->editable) {
            drawComboBox(option, painter, widget);
            return;
        }
        paintInputFrame(painter, *option);
        paintInputArrow(painter, *option,
            proxy()->subControlRect(control, option, SC_ComboBoxArrow, widget), false,
            option->activeSubControls & SC_ComboBoxArrow);
        return;
    }
    if (control == CC_SpinBox) {
        paintInputFrame(painter, *option);
        for (const SubControl arrow : { SC_SpinBoxUp, SC_SpinBoxDown })
            paintInputArrow(painter, *option,
                proxy()->subControlRect(control, option, arrow, widget), arrow == SC_SpinBoxUp,
                option->activeSubControls & arrow);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::polish(QWidget *widget)
{
    if (qobject_cast<QComboBox *>(widget) || qobject_cast<QScrollBar *>(widget)
        || qobject_cast<QTabBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    QProxyStyle::polish(widget);
}

void Style::drawTabShape(const QStyleOption *option, QPainter *painter) const
{
    const QPalette &palette = option->palette;
    const QRect rect = option->rect;
    const bool selected = option->state & State_Selected;
    const bool hovered = (option->state & State_MouseOver) && (option->state & State_Enabled);
    if (hovered && !selected)
        painter->fillRect(rect.adjusted(0, 0, 0, -1), faded(palette.color(QPalette::Text), 0.05));
    painter->fillRect(
        QRect(rect.left(), rect.bottom(), rect.width(), 1), Theme::separatorColor(palette));
    if (selected)
        painter->fillRect(
            QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), Theme::accentColor(palette));
    if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange)) {
        QStyleOption focus(*option);
        focus.rect = rect.adjusted(3, 3, -3, -4);
        proxy()->drawPrimitive(PE_FrameFocusRect, &focus, painter, nullptr);
    }
}

void Style::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const
{
    const QPalette &palette = option->palette;
    painter->fillRect(option->rect, palette.brush(QPalette::Base));
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->maximum <= bar->minimum)
        return;
    QRectF slider = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, nullptr);
    slider.adjust(3, 3, -3, -3);
    const bool active = option->state & (State_MouseOver | State_Sunken);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(faded(palette.color(QPalette::Text), active ? 0.45 : 0.25));
    const qreal radius = qMin(slider.width(), slider.height()) / 2;
    painter->drawRoundedRect(slider, radius, radius);
    painter->restore();
}

void Style::drawComboBox(
    const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const QPalette &palette = option->palette;
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    const bool enabled = option->state & State_Enabled;
    const bool hovered = enabled && (option->state & State_MouseOver);
    const QColor text = palette.color(QPalette::ButtonText);
    QColor fill = combo->frame ? palette.color(QPalette::Button) : QColor(Qt::transparent);
    if (hovered)
        fill = faded(text, 0.07);
    const QColor border = option->state & State_HasFocus ? Theme::accentColor(palette)
        : combo->frame                                   ? Theme::separatorColor(palette)
                                                         : QColor(Qt::transparent);
    drawPanel(painter, option->rect, fill, border);

    QRectF arrow = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    const QPointF middle = arrow.center();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(enabled ? text : palette.color(QPalette::Disabled, QPalette::ButtonText),
        1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF {
        middle + QPointF(-3.5, -1.5), middle + QPointF(0, 2), middle + QPointF(3.5, -1.5) });
    painter->restore();
}

} // namespace headrace::ui

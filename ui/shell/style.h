#pragma once

#include <QProxyStyle>

namespace headrace::ui {

/** Fusion without bevels: flat tabs with an accent line, flat buttons and headers, slim scroll bars,
    one-pixel separators, the 4-pixel grid. Colours come from the palette of what is painted alone.

    A QPushButton that is the one thing to do here is painted in the accent colour when its dynamic
    property `primary` is true. */
class Style : public QProxyStyle
{
    Q_OBJECT

public:
    Style();

    int pixelMetric(
        PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
        const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
        SubControl subControl, const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
        QPainter *painter, const QWidget *widget) const override;
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;

private:
    void drawTabShape(const QStyleOption *option, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const;
    void drawComboBox(
        const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
};

} // namespace headrace::ui
